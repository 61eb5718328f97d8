from django.apps import AppConfig


class EnactmentsConfig(AppConfig):
    name = "anwang.enactments"
    label = "enactments"
    default_auto_field = "django.db.models.BigAutoField"
