from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "stadtplatz.accounts"
    label = "accounts"
