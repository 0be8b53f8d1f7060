from django.apps import AppConfig
from django.core import checks


def every_reaction_hears_something(app_configs, **kwargs) -> list[checks.CheckMessage]:
    """A reaction to a verb nobody declares would wait for ever, mostly because of a slip of the pen."""
    from stadtplatz.audit import facts, reactions

    silent = sorted(reactions.verbs() - set(facts.REGISTRY))
    return [checks.Error(f"Somebody reacts to {verb}, which no facts.py declares.", id="audit.E001") for verb in silent]


class AuditConfig(AppConfig):
    name = "stadtplatz.audit"
    label = "audit"

    def ready(self) -> None:
        from stadtplatz.audit import facts
        from stadtplatz.kit import jobs

        facts.discover()
        jobs.discover()
        checks.register(every_reaction_hears_something)
