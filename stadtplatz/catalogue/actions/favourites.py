"""Marking offers and shops to find them again, with an account."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from stadtplatz.catalogue.models import Favourite, Offer
from stadtplatz.kit import clock
from stadtplatz.kit.actors import Actor
from stadtplatz.kit.refusals import ActionRefused, NotAllowed
from stadtplatz.shops.models import Shop

MOST = 200
Marks = Iterable[tuple[str, int]]
"""("offer" or "shop", id) of what is marked."""


@transaction.atomic
def mark(*, marks: Marks, by: Actor, at: datetime | None = None) -> int:
    """The person finds these offers and shops under "Gemerkt"; returns how many are new. Nobody is told, nothing is counted.

    What does not exist is left out. Refused without an account, and above MOST.
    """
    if not by.is_person:
        raise NotAllowed(_("Please sign in first."))
    at, wanted = at or clock.now(), set(marks)
    own = Favourite.objects.filter(person_id=by.person_id)
    known = {("offer", row.offer_id) if row.offer_id else ("shop", row.shop_id) for row in own}
    offers = Offer.objects.filter(pk__in=[pk for what, pk in wanted - known if what == "offer"])
    shops = Shop.objects.filter(pk__in=[pk for what, pk in wanted - known if what == "shop"])
    rows = [Favourite(person_id=by.person_id, offer=offer, at=at) for offer in offers]
    rows += [Favourite(person_id=by.person_id, shop=shop, at=at) for shop in shops]
    if len(known) + len(rows) > MOST:
        raise ActionRefused(_("You have marked {number} things. Please forget some first.").format(number=len(known)))
    Favourite.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


@transaction.atomic
def unmark(*, marks: Marks | None = None, by: Actor) -> None:
    """The person no longer finds these; without `marks` all are forgotten."""
    own = Favourite.objects.filter(person_id=by.person_id or 0)
    if marks is None:
        own.delete()
        return
    for what, pk in marks:
        own.filter(**{f"{what}_id": pk}).delete()
