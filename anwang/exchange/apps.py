from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "anwang.exchange"
    label = "exchange"
