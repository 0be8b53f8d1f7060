from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "stadtplatz.audit"
    label = "audit"

    def ready(self) -> None:
        from stadtplatz.audit import facts
        from stadtplatz.kit import jobs

        facts.discover()
        jobs.discover()
