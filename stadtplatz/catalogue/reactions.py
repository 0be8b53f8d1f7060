"""What follows in the catalogue when a shop opens, pauses or is renamed."""

from stadtplatz.audit.models import Record
from stadtplatz.audit.reactions import reacts_to
from stadtplatz.catalogue import actions
from stadtplatz.shops.models import Shop


@reacts_to("shops.moved", "shops.edited", "shops.standing_changed")
def follow_shop(record: Record) -> None:
    """The shop's offers can be found, or no longer, and under its present name."""
    renamed = {"name", "lon", "lat"} & set(record.keys.get("fields", ()))
    if record.verb == "shops.edited" and not renamed:
        return
    if shop := Shop.objects.filter(pk=record.keys["shop"]).first():
        actions.reindex(shop=shop)
