from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "stadtplatz.cases"
    label = "cases"
