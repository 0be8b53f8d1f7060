"""What follows for pick-up points when a shop opens or changes."""

from stadtplatz.audit.models import Record
from stadtplatz.audit.reactions import reacts_to
from stadtplatz.delivery import actions
from stadtplatz.kit.actors import SYSTEM
from stadtplatz.shops.models import Shop


@reacts_to("shops.moved")
def open_point(record: Record) -> None:
    """A shop that opens hands out at its own counter."""
    shop = Shop.objects.filter(pk=record.subject_id).first()
    if shop is not None and shop.state == Shop.OPEN:
        actions.open_point_of(shop, by=SYSTEM)


@reacts_to("shops.edited")
def follow_shop(record: Record) -> None:
    """Name, address and hours of the counter follow the shop's."""
    shop = Shop.objects.filter(pk=record.subject_id).first()
    if shop is not None:
        actions.follow_shop(shop)
