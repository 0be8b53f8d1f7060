from django.apps import AppConfig
from django.core.signals import request_started


class CatalogueConfig(AppConfig):
    name = "stadtplatz.catalogue"
    label = "catalogue"

    def ready(self) -> None:
        from stadtplatz.catalogue import signins, tree  # noqa: F401 - signins connects itself

        request_started.connect(tree.look, dispatch_uid="catalogue.tree")
