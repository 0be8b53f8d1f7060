from django.apps import AppConfig


class DeliveryConfig(AppConfig):
    name = "stadtplatz.delivery"
    label = "delivery"
