from django.apps import AppConfig


class AppointmentsConfig(AppConfig):
    name = "stadtplatz.appointments"
    label = "appointments"
