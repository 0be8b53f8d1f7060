from django.apps import AppConfig


class CityConfig(AppConfig):
    name = "stadtplatz.city"
    label = "city"
