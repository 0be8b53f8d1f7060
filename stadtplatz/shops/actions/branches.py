"""Further places of a shop: one profile, several doors."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from stadtplatz.audit.actions import record
from stadtplatz.city import queries as city
from stadtplatz.city.models import Place
from stadtplatz.kit.actors import Actor
from stadtplatz.kit.refusals import ActionRefused
from stadtplatz.shops import documents, facts, hours
from stadtplatz.shops.actions.permission import must_manage
from stadtplatz.shops.models import Branch, Shop

MOST = 20


@transaction.atomic
def open_branch_at(*, shop: Shop, place: Place, by: Actor, at: datetime | None = None) -> Branch:
    """The entry of the map is a further place of the shop, with what the map knows of it. Who may is decided before (a claim)."""
    known_hours = place.opening_hours if hours.readable(place.opening_hours) else ""
    return _open(
        shop, by, at, place=place, name=place.name[:80], street=f"{place.street} {place.house_number}".strip()[:120],
        postcode=place.postcode[:5] or shop.postcode, town=shop.town, lon=place.lon, lat=place.lat,
        phone=place.phone[:40], hours=known_hours,
    )  # fmt: skip


@transaction.atomic
def add_branch(*, shop: Shop, by: Actor, at: datetime | None = None, **fields: Any) -> Branch:
    """The shop has a further place with name, street, postcode, town, phone and hours; it stands where the address is.

    Refused: to all but owner and staff; hours that cannot be read; more than MOST places.
    """
    _check(shop, by, fields.get("hours", ""))
    hits = city.find_addresses(f"{fields['street']}, {fields['postcode']} {fields['town']}", limit=1)
    spot = {"lon": hits[0].lon, "lat": hits[0].lat} if hits else {}
    return _open(shop, by, at, **fields, **spot)


@transaction.atomic
def remove_branch(*, branch: Branch, by: Actor, at: datetime | None = None) -> None:
    """The shop no longer has this place; an entry of the map that it answered for is listed by itself again."""
    must_manage(by, branch.shop)
    place_id, shop = branch.place_id, branch.shop
    branch.delete()
    if place_id:
        documents.push_places([place_id])
    record(facts.EDITED, subject=shop, by=by, at=at, shop=shop.pk, fields=["branches"])


def _open(shop: Shop, by: Actor, at: datetime | None, **fields: Any) -> Branch:
    if Branch.objects.filter(shop=shop).count() >= MOST:
        raise ActionRefused(_("A shop can have at most {most} further places.").format(most=MOST), code="many")
    row = Branch.objects.create(shop=shop, **fields)
    if row.place_id:
        documents.push_places([row.place_id])
    record(facts.EDITED, subject=shop, by=by, at=at, shop=shop.pk, fields=["branches"])
    return row


def _check(shop: Shop, by: Actor, expression: str) -> None:
    must_manage(by, shop)
    if expression and not hours.readable(expression):
        raise ActionRefused(_("These opening hours cannot be read. Please check the days and times."), code="hours")
