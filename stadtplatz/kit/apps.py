from django.apps import AppConfig
from django.db.models.signals import post_migrate


class KitConfig(AppConfig):
    name = "stadtplatz.kit"
    label = "kit"

    def ready(self) -> None:
        from stadtplatz.kit import kept, statistics  # noqa: F401 - the timer of statistics is known from then on

        post_migrate.connect(kept.after_migrate, sender=self)
