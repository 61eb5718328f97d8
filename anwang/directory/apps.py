from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    name = "anwang.directory"
    label = "directory"
    default_auto_field = "django.db.models.BigAutoField"
