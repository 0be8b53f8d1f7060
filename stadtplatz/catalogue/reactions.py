"""What follows in the catalogue when a shop opens, pauses or is renamed."""

from django.conf import settings
from django.urls import reverse

from stadtplatz.audit.models import Record
from stadtplatz.audit.reactions import reacts_to
from stadtplatz.catalogue import actions
from stadtplatz.catalogue.models import Watch
from stadtplatz.kit.actors import SYSTEM
from stadtplatz.notifications import actions as notifications
from stadtplatz.shops.models import Shop


@reacts_to("shops.moved", "shops.edited", "shops.standing_changed")
def follow_shop(record: Record) -> None:
    """The shop's offers can be found, or no longer, and under its present name."""
    renamed = {"name", "lon", "lat"} & set(record.keys.get("fields", ()))
    if record.verb == "shops.edited" and not renamed:
        return
    if shop := Shop.objects.filter(pk=record.keys["shop"]).first():
        actions.reindex(shop=shop)


@reacts_to("catalogue.watched")
def ask_to_confirm(record: Record) -> None:
    """Whoever reads mail at the address is asked to confirm; nothing else is sent before."""
    watch = Watch.objects.select_related("guest", "offer__shop").filter(pk=record.keys["watch"]).first()
    if watch and watch.guest:
        notifications.notify(
            to=watch.guest,
            template="catalogue/mail/watch",
            context={"offer": watch.offer},
            link=reverse("watch", args=[watch.secret]),
            kind="security",
            sender="market",
            once=f"{record.pk}:watch",
            at=record.at,
        )


@reacts_to("catalogue.stocked", "catalogue.synced", "catalogue.imported", "catalogue.published")
def look_who_waits(record: Record) -> None:
    """Who waits for something that is there again is told at once."""
    actions.tell_who_waits()


@reacts_to("catalogue.back")
def tell_it_is_back(record: Record) -> None:
    """One mail to each who waited."""
    rows = Watch.objects.select_related("guest__person", "person", "offer__shop").filter(pk__in=record.keys["watches"])
    for watch in rows:
        if contact := watch.person or watch.guest:
            notifications.notify(
                to=contact,
                template="catalogue/mail/back",
                context={"offer": watch.offer, "offer_url": f"{settings.BASE_URL}{watch.offer.get_absolute_url()}"},
                link=reverse("watch", args=[watch.secret]),
                sender="market",
                caused_by=SYSTEM,
                once=f"{record.pk}:{watch.pk}",
                at=record.at,
            )
