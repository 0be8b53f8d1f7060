from django.apps import AppConfig


class QuestionnairesConfig(AppConfig):
    name = "stadtplatz.questionnaires"
    label = "questionnaires"
