"""What a part of the town has to offer."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count

from stadtplatz.catalogue.queries.offers import Card, cards, on_sale
from stadtplatz.city import queries as city
from stadtplatz.city.models import District
from stadtplatz.shops import queries as shops
from stadtplatz.shops.models import Shop
from stadtplatz.shops.queries import OpenState

OFFERS = 12


@dataclass(frozen=True)
class Part:
    """A part of the town in the list of all, with how many shops are there."""

    district: District
    shops: int


@dataclass(frozen=True)
class DistrictPage:
    """The shops of a part of town, open ones first, its newest offers, and how many there are in all."""

    district: District
    shops: list[tuple[Shop, OpenState]]
    open_now: int
    offers: list[Card]
    offer_count: int
    neighbours: list[District]


def parts() -> list[Part]:
    """All parts of the town by name, with the shops of the parts within them. One query."""
    counts: dict[str, int] = dict(shops.listed().order_by().values_list("district").annotate(Count("pk")))
    return [Part(one, sum(counts.get(name, 0) for name in _names(one))) for one in city.parts_of_town()]


def district_page(slug: str) -> DistrictPage | None:
    """The part of the town with this address; None if there is none. Four queries."""
    known = city.parts_of_town()
    found = next((one for one in known if one.slug == slug), None)
    if found is None:
        return None
    names = _names(found)
    rows = [(shop, shops.open_state(shop)) for shop in shops.listed().filter(district__in=names).order_by("name")]
    offers = on_sale().filter(variant_of=None, shop__district__in=names)
    return DistrictPage(
        district=found,
        shops=sorted(rows, key=lambda row: not row[1].is_open),
        open_now=sum(bool(state.is_open) for _shop, state in rows),
        offers=cards(offers[:OFFERS]),
        offer_count=offers.count(),
        neighbours=[one for one in known if one.parent_id == found.parent_id and one.pk != found.pk],
    )


def _names(district: District) -> list[str]:
    """The part of the town and what lies within it: a shop knows only the smallest part it stands in."""
    inside = [district]
    for one in inside:
        inside += [part for part in city.parts_of_town() if part.parent_id == one.pk]
    return [one.name for one in inside]
