from django.apps import AppConfig


class ShellConfig(AppConfig):
    name = "anwang.web.shell"
    label = "shell"
