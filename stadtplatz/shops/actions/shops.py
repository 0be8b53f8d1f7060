"""A shop is set up, edited and found."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from stadtplatz.audit.actions import record
from stadtplatz.city import queries as city
from stadtplatz.city.models import Place
from stadtplatz.kit import clock, identity, media
from stadtplatz.kit.actors import Actor
from stadtplatz.kit.names import slugify_german
from stadtplatz.kit.refusals import ActionRefused, Stale
from stadtplatz.kit.uploads import AcceptedImage
from stadtplatz.moderation.queries import green_look
from stadtplatz.shops import categories, documents, facts, hours, numbers, rules
from stadtplatz.shops.actions.files import notice_changes
from stadtplatz.shops.actions.permission import must_manage
from stadtplatz.shops.models import Seller, Shop

EDITABLE = frozenset(
    [
        "name",
        "category",
        "premises",
        "description",
        "legal_name",
        "legal_form",
        "represented_by",
        "register_entry",
        "vat_id",
        "small_business",
        "street",
        "postcode",
        "town",
        "lon",
        "lat",
        "phone",
        "email",
        "website",
        "hours",
        "pause_note",
        "pickup_note",
        "reserve_hours",
    ]
)


@transaction.atomic
def create_shop(
    *, name: str, category: str, by: Actor, place: Place | None = None, at: datetime | None = None, **details: Any
) -> Shop:
    """A shop exists as a draft that only its team sees; what the map knows of the place is taken over, its hours included.

    Who may do this is decided before (a granted claim, the operator). Refused for an unknown category.
    """
    if not categories.is_known(category):
        raise ActionRefused(_("Please choose a category."), code="category")
    _no_false_claims(details.get("description", ""))
    known = _from_map(place) if place else {}
    shop = Shop(
        name=name.strip()[:80], category=category, place=place, created_at=at or clock.now(), **{**known, **details}
    )
    shop.slug = free_slug(shop.name)
    if not shop.has_counter:
        shop.lon = shop.lat = None
    elif shop.lon is None and shop.street:
        _find_on_map(shop)
    shop.district = _district(shop)
    shop.save()
    Seller.objects.create(shop=shop)
    record(facts.CREATED, subject=shop, by=by, at=at, shop=shop.pk, place=place.pk if place else None)
    return shop


@transaction.atomic
def edit_shop(*, shop: Shop, version: int, changes: dict[str, Any], by: Actor, at: datetime | None = None) -> Shop:
    """The shop says what `changes` say, search included; `version` is the one the person started from.

    Refused: to everybody but owner and staff; Stale with the present shop if somebody else changed it meanwhile; opening hours
    that cannot be read; a visible shop without name or category; fields that are not the shop's to edit (ValueError).
    """
    must_manage(by, shop)
    if unknown := set(changes) - EDITABLE:
        raise ValueError(f"Not to be edited: {sorted(unknown)}")
    if changes.get("hours") and not hours.readable(changes["hours"]):
        raise ActionRefused(_("These opening hours cannot be read. Please check the days and times."), code="hours")
    if changes.get("reserve_hours") not in dict(rules.KEEPING):
        raise ActionRefused(_("Please choose how long you put things aside."), code="reserve-hours")
    if changes.get("description", shop.description) != shop.description:
        _no_false_claims(changes["description"])
    changes = _with_checked_numbers(shop, changes)
    if "name" in changes and not changes["name"].strip():
        raise ActionRefused(_("A shop needs a name."), code="name")
    fresh = _locked(shop, version)
    changed = sorted(field for field, value in changes.items() if getattr(fresh, field) != value)
    if not changed:
        return fresh
    for field in changed:
        setattr(fresh, field, changes[field])
    _place_on_map(fresh, changed, moved_by_hand=bool({"lon", "lat"} & set(changes)))
    fresh.version += 1
    fresh.save()
    record(facts.EDITED, subject=fresh, by=by, at=at, shop=fresh.pk, fields=changed)
    notice_changes(fresh, by, at)
    documents.push_shop(fresh)
    return fresh


@transaction.atomic
def set_picture(*, shop: Shop, image: AcceptedImage | None, by: Actor, at: datetime | None = None) -> Shop:
    """The shop shows this picture, or with None the one drawn for its category. Refused to all but owner and staff."""
    must_manage(by, shop)
    fresh = Shop.objects.select_for_update().get(pk=shop.pk)
    old = (fresh.picture, fresh.picture_small)
    fresh.picture = media.save_public("shop.jpg", image.jpeg) if image else ""
    fresh.picture_small = media.save_public("shop.jpg", image.small) if image else ""
    fresh.preview = image.preview if image else ""
    fresh.version += 1
    fresh.save()
    record(facts.EDITED, subject=fresh, by=by, at=at, shop=fresh.pk, fields=["picture"])
    documents.push_shop(fresh)
    transaction.on_commit(lambda: media.delete_all(old))
    return fresh


def _no_false_claims(description: str) -> None:
    """Refused: what no evidence helps, such as a seal of one's own. General claims are kept, and the desk for notices looks at them, because they
    may be explained in the same text and only people can tell."""
    if wrong := [found for found in green_look(description) if found.never]:
        words = _("“{word}” may not stand here ({source}). {instead}")
        raise ActionRefused(
            words.format(word=wrong[0].word, source=wrong[0].source, instead=wrong[0].instead), code="description"
        )


def reindex() -> int:
    """Bring all listed shops and all entries of the map into the search, 500 at a time; returns how many. For after an import."""
    for shop in Shop.objects.filter(state__in=Shop.LISTED).iterator(chunk_size=500):
        documents.push_shop(shop)
    ids = list(Place.objects.exclude(name="").values_list("pk", flat=True).order_by("pk"))
    return sum(documents.push_places(ids[start : start + 500]) for start in range(0, len(ids), 500))


def free_slug(name: str) -> str:
    """A word for the address that no other shop has."""
    base = slugify_german(name)[:70] or "geschaeft"
    taken = set(Shop.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    return next(slug for slug in (base, *(f"{base}-{n}" for n in range(2, 10_000))) if slug not in taken)


def _with_checked_numbers(shop: Shop, changes: dict[str, Any]) -> dict[str, Any]:
    """The changes with VAT ID and register entry as they are kept. Refused: numbers that cannot be right."""
    legal_form = changes.get("legal_form", shop.legal_form)
    checks = {"vat_id": numbers.vat_id, "register_entry": lambda typed: numbers.register_entry(typed, legal_form)}
    checked = dict(changes)
    for field, check in checks.items():
        if changes.get(field) and changes[field] != getattr(shop, field):
            try:
                checked[field] = check(changes[field])
            except ValueError as refusal:
                raise ActionRefused(str(refusal), code=field) from refusal
    return checked


def _locked(shop: Shop, version: int) -> Shop:
    if not Shop.objects.filter(pk=shop.pk, version=version).update(version=F("version")):
        raise Stale(
            _("Somebody else changed this shop in the meantime. Nothing was saved; please compare."),
            current=Shop.objects.get(pk=shop.pk),
        )
    return Shop.objects.get(pk=shop.pk)


def _from_map(place: Place) -> dict[str, Any]:
    return {
        "street": f"{place.street} {place.house_number}".strip()[:120],
        "postcode": place.postcode[:5],
        "town": identity.city().name,
        "lon": place.lon,
        "lat": place.lat,
        "phone": place.phone[:40],
        "hours": place.opening_hours if hours.readable(place.opening_hours) else "",
    }


def _place_on_map(shop: Shop, changed: list[str], *, moved_by_hand: bool) -> None:
    """Put the shop where its address is; what the map does not know stays where it was. Without a counter it is nowhere on the map:
    the address of somebody's kitchen stands in the imprint, because the law wants it there, and not among the doors to walk into."""
    if not shop.has_counter:
        shop.lon = shop.lat = None
        shop.district = ""
        return
    if {"street", "postcode", "town", "premises"} & set(changed) and not moved_by_hand:
        _find_on_map(shop)
    if {"lon", "lat", "street", "premises"} & set(changed):
        shop.district = _district(shop)


def _find_on_map(shop: Shop) -> None:
    if hits := city.find_addresses(shop.address, limit=1):
        shop.lon, shop.lat = hits[0].lon, hits[0].lat


def _district(shop: Shop) -> str:
    if shop.lon is None or shop.lat is None:
        return ""
    line = city.district_line(shop.lon, shop.lat)
    return line[0].name if line else ""
