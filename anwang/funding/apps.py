from django.apps import AppConfig


class FundingConfig(AppConfig):
    name = "anwang.funding"
    label = "funding"
    default_auto_field = "django.db.models.BigAutoField"
