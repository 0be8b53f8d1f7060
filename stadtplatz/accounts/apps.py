from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "stadtplatz.accounts"
    label = "accounts"

    def ready(self) -> None:
        from stadtplatz.accounts import signins  # noqa: F401 - connects the receivers
