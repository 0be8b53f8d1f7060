"""Writing understood rows, some hundred in one transaction: offers, shelves, price intervals, search, report."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from stadtplatz.catalogue import categories, documents, guarantee, rules, units
from stadtplatz.catalogue.actions.products import learn_products
from stadtplatz.catalogue.imports.rows import Understood
from stadtplatz.catalogue.models import Import, ImportRow, Offer, PriceInterval
from stadtplatz.kit.kept import steady
from stadtplatz.kit.money import Money
from stadtplatz.pools import actions as pools
from stadtplatz.pools import queries as levels
from stadtplatz.shops import rules as shop_rules
from stadtplatz.shops.models import Shop

BATCH = 500
UPDATED = [
    "sku", "gtin", "brand", "title", "slug", "description", "category", "kind", "vat_class", "deposit", "content_amount",
    "content_unit", "drained_amount", "withdrawal", "age_limit", "allergens", "food_info", "particulars", "price", "state", "published_at",
    "version", "reduced_since", "reference_price", "price_before",
]  # fmt: skip
_FOLLOWING = {"slug", "version", "age_limit", "published_at", "reduced_since", "reference_price", "price_before"}
"""What changes along with others."""


@dataclass
class Outcome:
    """What a batch did."""

    rows: list[ImportRow] = field(default_factory=list)
    created: int = 0
    changed: int = 0
    unchanged: int = 0
    faulty: int = 0
    hinted: int = 0


@dataclass
class _Plan:
    """One row with the offer it makes or changes."""

    row: Understood
    offer: Offer
    before: dict[str, Any] = field(default_factory=dict)
    after: dict[str, Any] = field(default_factory=dict)
    is_new: bool = False
    publish: bool = False
    withdraw: bool = False
    stock_before: int = 0


def write(run: Import, batch: list[Understood], *, at: datetime, dry: bool = False) -> Outcome:
    """The batch is in the catalogue, or with `dry` only counted. Rows with faults do nothing. Must run inside a transaction."""
    outcome = Outcome()
    good = [row for row in batch if not row.faults]
    known = _existing(run.shop, good)
    good = [row for row in good if _is_known(row, known)]
    may_sell = not shop_rules.missing_for_showing(run.shop)
    with steady():
        plans = [_plan(run, row, known, at, may_sell=may_sell) for row in good]
    _plan_stock(plans)
    for row in batch:
        if row.faults:
            outcome.faulty += 1
            outcome.rows.append(_report(run, row, ImportRow.FAULTY))
    for plan in plans:
        outcome.hinted += bool(plan.row.hints)
        if plan.is_new:
            outcome.created += 1
        elif plan.after:
            outcome.changed += 1
        else:
            outcome.unchanged += 1
    if not dry:
        _save(plans, at)
    for plan in plans:
        if plan.is_new or plan.after or plan.row.hints or plan.row.picture:
            kind = ImportRow.CREATED if plan.is_new else ImportRow.CHANGED
            outcome.rows.append(_report(run, plan.row, kind, plan if not dry else None))
    return outcome


def _is_known(row: Understood, known: dict[tuple[str, str], Offer]) -> bool:
    """A row without a title is about an offer that exists; if there is none, that is told and nothing is taken in."""
    if row.title or _same(row, known):
        return True
    row.faults.append(("sku", "unknown", _("The shop has no offer with this number.")))
    return False


def _existing(shop: Shop, rows: list[Understood]) -> dict[tuple[str, str], Offer]:
    """Offers of the shop these rows can mean, by article number, barcode and title."""
    wanted: dict[str, set[str]] = {
        name: {row.values[name] for row in rows if row.values.get(name)} for name in ("sku", "gtin", "title")
    }
    any_of = Q(sku__in=wanted["sku"]) | Q(gtin__in=wanted["gtin"]) | Q(title__in=wanted["title"])
    found: dict[tuple[str, str], Offer] = {}
    for offer in Offer.objects.select_for_update().filter(any_of, shop=shop).order_by("-pk"):
        offer.shop = shop
        for name in ("sku", "gtin", "title"):
            if getattr(offer, name):
                found[name, getattr(offer, name)] = offer
    return found


def _plan(run: Import, row: Understood, known: dict, at: datetime, *, may_sell: bool) -> _Plan:
    offer = _same(row, known)
    plan = _Plan(row, offer or _new(run, row, at), is_new=offer is None)
    said = {**plan.offer.particulars, **row.particulars}
    _apply(plan, {**row.values, "particulars": {name: words for name, words in said.items() if words}})
    if "guarantee" in row.particulars:
        row.hints += [
            (name, "guarantee", _("No label is shown yet. {words}").format(words=words))
            for name, words in guarantee.faults(plan.offer.particulars, plan.offer.brand).items()
        ]
    _decide_sale(plan, at, may_sell=may_sell)
    return plan


def _same(row: Understood, known: dict[tuple[str, str], Offer]) -> Offer | None:
    """The offer this row means: by article number if it has one, else by barcode, else by the very same title."""
    for name in ("sku", "gtin", "title"):
        key = row.values.get(name)
        found = known.get((name, key)) if key else None
        if found is None:
            continue
        if name != "sku" and row.values.get("sku") and found.sku and found.sku != row.values["sku"]:
            continue  # another article that only shares the barcode or the title
        return found
    return None


def _new(run: Import, row: Understood, at: datetime) -> Offer:
    category = categories.all_categories().get(row.values.get("category", ""))
    offer = Offer(shop=run.shop, created_at=at, price=row.values["price"], title="", content_unit=units.PIECE)
    offer.content_amount = Decimal(1)
    if category:
        offer.vat_class, offer.age_limit = category.vat, category.age
    return offer


def _apply(plan: _Plan, values: dict[str, Any]) -> None:
    for name, value in values.items():
        now = getattr(plan.offer, name)
        if now != value:
            if not plan.is_new:
                plan.before[name], plan.after[name] = as_json(now), as_json(value)
            setattr(plan.offer, name, value)
    if "price" in plan.after and plan.offer.pk:
        plan.offer.reduced_since = plan.offer.reference_price = plan.offer.price_before = None


def _decide_sale(plan: _Plan, at: datetime, *, may_sell: bool) -> None:
    """On sale unless the row says no; what lacks something stays or becomes a draft, with a hint that says what."""
    offer, wanted = plan.offer, plan.row.visible
    category = categories.all_categories().get(offer.category)
    if category and offer.age_limit < category.age:
        offer.age_limit = category.age
    missing = rules.missing_for_publishing(offer)
    on_sale = offer.state == Offer.PUBLISHED
    if on_sale and (wanted is False or missing):
        plan.withdraw = True
        _move(plan, Offer.WITHDRAWN)
    elif not on_sale and wanted is not False and not missing and may_sell and (plan.is_new or wanted):
        plan.publish = True
        _move(plan, Offer.PUBLISHED)
        offer.published_at = at
    if wanted is not False and missing:
        names = ", ".join(str(lack.label) for lack in missing)
        plan.row.hints.append(("", "incomplete", _("Not on sale yet, this is missing: {names}.").format(names=names)))
    elif wanted is not False and not may_sell and not on_sale:
        plan.row.hints.append(("", "shop", _("Not on sale yet: the shop still lacks details about the seller.")))


def _move(plan: _Plan, state: str) -> None:
    if not plan.is_new:
        plan.before["state"], plan.after["state"] = plan.offer.state, state
    plan.offer.state = state


def _plan_stock(plans: list[_Plan]) -> None:
    """What stands on the shelf now and after; what lies in baskets stays promised."""
    told = [plan for plan in plans if plan.row.stock is not None and not plan.is_new and plan.offer.pk]
    stands = levels.levels([rules.stock_key(plan.offer) for plan in told])
    for plan in told:
        level = stands[rules.stock_key(plan.offer)]
        count, wanted = level.available + level.held, plan.row.stock or 0
        if wanted < level.held:
            words = _("{held} pieces lie in baskets at the moment, so the stock was set to {held}.")
            plan.row.hints.append(("stock", "held", words.format(held=level.held)))
            wanted = level.held
        if wanted != count:
            plan.before["stock"], plan.after["stock"] = count, wanted
            plan.stock_before = count


def _save(plans: list[_Plan], at: datetime) -> None:
    new: dict[int, _Plan] = {}
    changed: dict[int, _Plan] = {}
    for plan in plans:
        if plan.is_new:
            new[id(plan.offer)] = plan
    for plan in plans:
        if not plan.is_new and plan.after and id(plan.offer) not in new:
            changed[plan.offer.pk] = plan
            plan.offer.version += 1
    Offer.objects.bulk_create([plan.offer for plan in new.values()], batch_size=BATCH)
    touched = {name for plan in changed.values() for name in plan.after} - {"stock"}
    if touched:
        fields = [name for name in UPDATED if name in touched | _FOLLOWING]
        Offer.objects.bulk_update([plan.offer for plan in changed.values()], fields, batch_size=100)
    counted = [plan.offer.pk for plan in (*changed.values(), *new.values()) if plan.row.stock is not None]
    Offer.objects.filter(pk__in=counted).update(counted_at=at)
    learn_products([plan.offer for plan in new.values() if plan.publish])
    pools.supply_new({rules.stock_key(plan.offer): plan.row.stock or 0 for plan in new.values()})
    restocked = {
        rules.stock_key(plan.offer): plan.after["stock"] - plan.stock_before
        for plan in changed.values()
        if "stock" in plan.after
    }
    pools.supply_missing(restocked)
    pools.supply_many(restocked)
    _keep_intervals(new.values(), changed.values(), at)
    documents.push_offers([plan.offer for plan in (*new.values(), *changed.values())])


def _keep_intervals(new: Iterable[_Plan], changed: Iterable[_Plan], at: datetime) -> None:
    ended, begun = [], [plan.offer for plan in new if plan.publish]
    for plan in changed:
        was_on_sale = plan.offer.state == Offer.PUBLISHED and not plan.publish
        if plan.withdraw or (was_on_sale and "price" in plan.after):
            ended.append(plan.offer.pk)
        if plan.publish or (was_on_sale and "price" in plan.after):
            begun.append(plan.offer)
    if ended:
        PriceInterval.objects.filter(offer__in=ended, ends_at=None).update(ends_at=at)
    PriceInterval.objects.bulk_create(
        [PriceInterval(offer=offer, price=offer.price, starts_at=at) for offer in begun], batch_size=BATCH
    )


def _report(run: Import, row: Understood, outcome: str, plan: _Plan | None = None) -> ImportRow:
    return ImportRow(
        run=run,
        line=row.line,
        outcome=outcome,
        offer=plan.offer if plan else None,
        title=row.title,
        faults=[list(told) for told in (*row.faults, *row.hints)],
        before=plan.before if plan else {},
        after=plan.after if plan else {},
        picture=row.picture if plan else "",
    )


def as_json(value: Any) -> Any:
    """A field as a report keeps it."""
    if isinstance(value, Money):
        return value.cents
    return str(value.normalize()) if isinstance(value, Decimal) else value
