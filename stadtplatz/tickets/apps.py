from django.apps import AppConfig


class TicketsConfig(AppConfig):
    name = "stadtplatz.tickets"
    label = "tickets"
