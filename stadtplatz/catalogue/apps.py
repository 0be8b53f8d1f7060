from django.apps import AppConfig
from django.core.signals import request_finished, request_started


class CatalogueConfig(AppConfig):
    name = "stadtplatz.catalogue"
    label = "catalogue"

    def ready(self) -> None:
        from stadtplatz.catalogue import signins, tree  # noqa: F401 - signins connects itself

        request_started.connect(tree.request_begins, dispatch_uid="catalogue.tree")
        request_finished.connect(tree.request_ends, dispatch_uid="catalogue.tree")
