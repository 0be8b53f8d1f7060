"""What the search box finds of shops and of entries from the map."""

from collections.abc import Iterable
from hashlib import blake2s

from django.urls import reverse
from django.utils import translation

from stadtplatz.city.models import Place
from stadtplatz.search import actions as search
from stadtplatz.shops import categories
from stadtplatz.shops.models import Branch, Shop

MADE_AS = "1"
"""Counts up when the documents of shops and of entries of the map are made otherwise; then all are pushed anew by a job."""


def made_as() -> str:
    """How these documents are made at present: by this code, from our names of categories and our words for the map's."""
    lists = categories.DATA.read_bytes() + categories.MAP_WORDS.read_bytes()
    return f"{MADE_AS}-{blake2s(lists, digest_size=8).hexdigest()}"


def push_shop(shop: Shop) -> None:
    """The shop can be found while it is listed, and no longer when it is not. Its map entry then steps back behind it."""
    if shop.is_listed:
        search.push_many([_shop_document(shop)])
    else:
        search.withdraw(kind="shop", key=str(shop.pk))
    if shop.place_id:
        push_places([shop.place_id])


def push_places(place_ids: Iterable[int]) -> int:
    """Bring these entries of the map into the search, or out of it when hidden, gone or answered for by a listed shop."""
    wanted = list(place_ids)
    taken = set(Shop.objects.filter(place_id__in=wanted, state__in=Shop.LISTED).values_list("place_id", flat=True))
    listed_branches = Branch.objects.filter(place_id__in=wanted, shop__state__in=Shop.LISTED)
    taken.update(listed_branches.values_list("place_id", flat=True))
    shown: list[Place] = []
    gone: list[Place] = []
    named = Place.objects.filter(pk__in=wanted).exclude(kind=Place.LOCALITY)  # parts of town are pushed by city
    for place in named.select_related("district").defer("district__geometry"):
        away = place.hidden_at or place.gone_at or not place.name or place.pk in taken
        (gone if away else shown).append(place)
    search.withdraw_all(kind="place", keys=[str(place.pk) for place in gone])
    return search.push_many(_place_document(place) for place in shown)


def _shop_document(shop: Shop) -> search.Pushed:
    with translation.override("de"):
        return search.Pushed(
            kind="shop",
            key=str(shop.pk),
            title=shop.name,
            body=shop.description,
            url=reverse("shop", args=[shop.slug]),
            keywords=" ".join([*_names(shop.category), shop.street, shop.district]),
            lon=shop.lon,
            lat=shop.lat,
            weight=1.2,
            payload={
                "category": shop.category,
                "where": _where(shop.street if shop.has_counter else "", shop.district),
            },
            shop=shop.slug,
            category=shop.category,
            district=shop.district,
        )


def _place_document(place: Place) -> search.Pushed:
    with translation.override("de"):
        url = reverse("place", args=[place.pk])
    district = place.district.name if place.district else ""
    return search.Pushed(
        kind="place",
        key=str(place.pk),
        title=place.name,
        url=url,
        keywords=" ".join(
            filter(
                None,
                [
                    *_names(categories.of_map(place.category)),
                    *categories.map_words(place.category, *place.further.split(";")),
                    place.street,
                    district,
                ],
            )
        ),
        lon=place.lon,
        lat=place.lat,
        weight=0.6,
        payload={"category": categories.of_map(place.category), "where": _where(place.street, district)},
        category=categories.of_map(place.category),
        district=district,
    )


def _where(street: str, district: str) -> str:
    """What tells two of the same name apart in a list of results."""
    return ", ".join(part for part in (street, district) if part)


def _names(code: str) -> list[str]:
    found = categories.all_categories().get(code)
    return [found.de, found.en] if found and code != categories.OTHER else []
