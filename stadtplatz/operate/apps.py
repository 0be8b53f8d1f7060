from django.apps import AppConfig


class OperateConfig(AppConfig):
    name = "stadtplatz.operate"
    label = "operate"
