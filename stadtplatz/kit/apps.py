from django.apps import AppConfig


class KitConfig(AppConfig):
    name = "stadtplatz.kit"
    label = "kit"
