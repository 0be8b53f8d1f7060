from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "stadtplatz.home"
    label = "home"
