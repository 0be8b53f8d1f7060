"""The invented shops for the demo, at real addresses of the loaded town."""

from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.db import transaction
from stdnum.iso7064 import mod_11_10

from stadtplatz.accounts.visitors import actor_for
from stadtplatz.city.models import Address
from stadtplatz.kit.actors import SYSTEM
from stadtplatz.kit.identity import city
from stadtplatz.shops import actions
from stadtplatz.shops.demo import agreement, notices, showing, stories
from stadtplatz.shops.demo.stories import person
from stadtplatz.shops.models import Membership, Shop

DATA = Path(__file__).resolve().parents[1] / "data" / "demo.yaml"
_TEXTS = ("legal_form", "represented_by", "register_entry", "small_business", "hours", "pickup_note", "description")


@cache
def invented() -> list[dict[str, Any]]:
    """The shops as the data file tells them."""
    return yaml.safe_load(DATA.read_text(encoding="utf-8"))


@transaction.atomic
def build(now: datetime) -> None:
    """The invented shops are open (one pauses), with owners and teams at example.org; nothing happens if they exist already."""
    if Shop.objects.filter(slug=invented()[0]["slug"]).exists():
        return
    places = _addresses(len(invented()))
    for number, (row, address) in enumerate(zip(invented(), places, strict=False)):
        _shop(row, address, number, now - timedelta(days=150 - 7 * number))
    stories.build(now)
    showing.build(now - timedelta(days=9))
    notices.build(now)
    agreement.build(now)


def _shop(row: dict[str, Any], address: Address, number: int, at: datetime) -> None:
    made = actions.create_shop(
        name=row["name"],
        category=row["category"],
        by=SYSTEM,
        at=at,
        legal_name=row.get("legal_name", f"{row['owner']} (erfunden)"),
        street=f"{address.street.name} {address.house_number}",
        postcode=address.postcode or address.street.postcode,
        town=city().name,
        lon=address.lon,
        lat=address.lat,
        phone=f"07000 000{number:03d}",
        email=f"{row['slug']}@example.org",
        vat_id="" if row.get("small_business") else _vat_id(number),
        **{field: row[field] for field in _TEXTS if field in row},
    )
    Shop.objects.filter(pk=made.pk).update(slug=row["slug"])
    made.refresh_from_db()
    owner = person(row["owner"])
    actions.add_member(shop=made, person=owner, role=Membership.OWNER, by=SYSTEM, at=at)
    for name, role in row.get("team", []):
        actions.add_member(shop=made, person=person(name), role=role, by=SYSTEM, at=at + timedelta(days=3))
    if number == 0:
        later = at + timedelta(days=149)
        by = actor_for(owner)
        actions.invite(shop=made, email="benno.brotzeit@example.org", role=Membership.STAFF, by=by, at=later)
    actions.know(shop=made, way="visit", by=stories.desk()[0], at=at)
    stories.fill_in(made, owner, number, at + timedelta(hours=2))
    stories.approve(made, owner, at + timedelta(days=1))
    actions.move_shop(shop=made, to=Shop.OPEN, by=actor_for(owner), at=at + timedelta(days=1))
    if "paused" in row:
        later = at + timedelta(days=20)
        actions.move_shop(shop=made, to=Shop.PAUSED, note=row["paused"], by=actor_for(owner), at=later)


def _vat_id(number: int) -> str:
    """An invented VAT ID with a right check digit."""
    digits = str(90_000_000 + number)
    return f"DE{digits}{mod_11_10.calc_check_digit(digits)}"


def _addresses(wanted: int) -> list[Address]:
    """Addresses near the middle of the town, each in another street, spread over its centre."""
    lon, lat = city().centre
    near = Address.objects.filter(
        gone_at=None, lon__range=(lon - 0.02, lon + 0.02), lat__range=(lat - 0.013, lat + 0.013)
    ).select_related("street")
    rows = sorted(near, key=lambda row: ((row.lon - lon) * 0.66) ** 2 + (row.lat - lat) ** 2)
    by_street: dict[str, Address] = {}
    for row in rows:
        if row.postcode or row.street.postcode:
            by_street.setdefault(row.street.name, row)
    streets = list(by_street.values())[: wanted * 3]
    return streets[:: max(1, len(streets) // wanted)][:wanted]
