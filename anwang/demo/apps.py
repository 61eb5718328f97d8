from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "anwang.demo"
    label = "demo"
