from django.apps import AppConfig


class ShopsConfig(AppConfig):
    name = "stadtplatz.shops"
    label = "shops"
