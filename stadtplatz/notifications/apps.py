from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "stadtplatz.notifications"
    label = "notifications"
