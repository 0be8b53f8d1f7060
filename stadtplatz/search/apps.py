from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "stadtplatz.search"
    label = "search"
