from django.apps import AppConfig


class MinutesConfig(AppConfig):
    name = "anwang.minutes"
    label = "minutes"
    default_auto_field = "django.db.models.BigAutoField"
