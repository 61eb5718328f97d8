from django.apps import AppConfig


class SteeringConfig(AppConfig):
    name = "anwang.steering"
    label = "steering"
    default_auto_field = "django.db.models.BigAutoField"
