"""About eighty invented offers for the demo's shops, with prices that changed and shelves that run empty."""

from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml
from django.db import transaction

from stadtplatz.accounts.visitors import actor_for
from stadtplatz.catalogue import actions, categories
from stadtplatz.catalogue.demo import notices
from stadtplatz.catalogue.models import Offer
from stadtplatz.catalogue.rules import read_availability
from stadtplatz.kit.actors import ANONYMOUS, Actor
from stadtplatz.kit.money import Money
from stadtplatz.search import actions as search
from stadtplatz.shops.models import Membership, Shop

SOUGHT = {"hafermilch": 6, "linzer torte": 4, "nordic-walking-stöcke": 3, "seltenes wort": 1}
"""What people of the demo looked for in vain, and how often."""
DATA = Path(__file__).resolve().parents[1] / "data" / "demo.yaml"


@transaction.atomic
def build(now: datetime) -> None:
    """Every invented shop has its offers on sale; nothing happens if there are offers already."""
    if Offer.objects.exists():
        return
    day = 100
    for slug, rows in yaml.safe_load(DATA.read_text(encoding="utf-8")).items():
        shop = Shop.objects.filter(slug=slug).first()
        if shop is None:
            continue
        owner = Membership.objects.select_related("person").filter(shop=shop, role=Membership.OWNER).first()
        if owner is None:
            continue
        for row in rows:
            day = (day * 37 + 11) % 89 + 2
            _offer(shop, row, actor_for(owner.person), now, now - timedelta(days=day, hours=day % 9))
    notices.build(now)
    _waited_for(now)
    for text, times in SOUGHT.items():
        for time in range(times):
            search.count_empty(typed=text, on=now.date() - timedelta(days=time % 3))


def _waited_for(now: datetime) -> None:
    """Somebody wants to be told when the mustard is there again, and has not pressed the link of the mail yet."""
    if offer := Offer.objects.filter(title="Kräutersenf").first():
        actions.watch(offer=offer, email="wanda.wartegern@example.org", by=ANONYMOUS, at=now - timedelta(hours=3))


def _said(row: dict[str, Any], category: categories.Category, shop: Shop) -> dict[str, str]:
    said = dict(row.get("said", {}))
    if category.safety:
        said.setdefault("maker", f"{shop.name}, {shop.address}, {shop.email}")
    if category.origin:
        said.setdefault("origin", "Deutschland")
    return said


def _offer(shop: Shop, row: dict[str, Any], by: Actor, now: datetime, at: datetime) -> None:
    category = categories.all_categories()[row["category"]]
    amount, _space, unit = row.get("content", "1 piece").partition(" ")
    begin = min(at, now - timedelta(days=60)) if "was" in row else at
    offer = actions.create_offer(
        shop=shop,
        title=row["title"],
        price=Money(row.get("was", row["price"])),
        category=row["category"],
        quantity=row["stock"],
        by=by,
        at=begin,
        kind=row.get("kind", Offer.GOODS),
        description=row.get("text", ""),
        vat_class=category.vat,
        deposit=Money(row["deposit"]) if "deposit" in row else None,
        content_amount=Decimal(amount),
        content_unit=unit,
        drained_amount=Decimal(row["drained"]) if "drained" in row else None,
        withdrawal=row["withdrawal"],
        age_limit=category.age,
        food_info=row.get("food", ""),
        particulars=_said(row, category, shop),
        lead_days=row.get("days", 0),
        window=row.get("window", ""),
        cooled=row.get("cooled", False),
        brand=row.get("brand", ""),
        gtin=row.get("gtin", ""),
        allergens=row.get("allergens", ""),
    )
    offer = actions.publish(offer=offer, by=by, at=begin)
    if "when" in row:
        when = read_availability(row["when"])
        offer = actions.set_availability(offer=offer, version=offer.version, when=when, by=by, at=at)
    if "was" in row:
        reduced = now - timedelta(days=4, hours=2)
        actions.change_price(
            offer=offer, version=offer.version, price=Money(row["price"]), announce=True, by=by, at=reduced
        )
    for number, (word, price, stock) in enumerate(row.get("variants", [])):
        if number:
            actions.add_variant(offer=offer, variant=word, price=Money(price), quantity=stock, by=by, at=at)
        else:
            offer = actions.name_variant(offer=offer, variant=word, by=by, at=at)
    if "steps" in row:
        offer = actions.set_steps(offer=offer, version=offer.version, steps=row["steps"], by=by, at=at)
    if "soon" in row:
        begin = (now + timedelta(days=2)).replace(hour=7, minute=0, second=0, microsecond=0)
        actions.plan_price(
            offer=offer, price=Money(row["soon"]), starts_at=begin, ends_at=begin + timedelta(days=6), announce=True,
            by=by, at=now,
        )  # fmt: skip
