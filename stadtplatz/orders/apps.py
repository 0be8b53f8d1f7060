from django.apps import AppConfig


class OrdersConfig(AppConfig):
    name = "stadtplatz.orders"
    label = "orders"
