from django.apps import AppConfig


class PoolsConfig(AppConfig):
    name = "stadtplatz.pools"
    label = "pools"
