from django.apps import AppConfig


class ModerationConfig(AppConfig):
    name = "stadtplatz.moderation"
    label = "moderation"
