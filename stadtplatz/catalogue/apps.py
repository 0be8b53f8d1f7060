from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    name = "stadtplatz.catalogue"
    label = "catalogue"
