"""A shop's till tells the stock by itself: keys, and batches of counts that may be sent twice."""

from __future__ import annotations

import json
import secrets
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from stadtplatz.audit.actions import record
from stadtplatz.catalogue import facts, rules
from stadtplatz.catalogue.models import Offer, StockBatch, StockKey
from stadtplatz.kit import clock
from stadtplatz.kit.actors import SYSTEM, Actor
from stadtplatz.kit.refusals import ActionRefused, NotAllowed
from stadtplatz.pools import actions as pools
from stadtplatz.pools.models import Pool
from stadtplatz.shops import rules as shop_rules
from stadtplatz.shops.models import Shop

PREFIX = "sb_"
MOST = 1000
"""Counts in one batch."""
KEPT = timedelta(days=7)
"""How long the answer to a batch is remembered."""
MOST_KEYS = 5


@dataclass(frozen=True)
class Count:
    """So many pieces of what bears this article number, or this barcode, stand on the shelf. With `reason` it cannot be understood."""

    quantity: int
    sku: str = ""
    gtin: str = ""
    reason: str = ""


@transaction.atomic
def make_stock_key(*, shop: Shop, name: str, by: Actor, at: datetime | None = None) -> tuple[StockKey, str]:
    """The till may tell the stock of this shop with the key returned beside it, which is shown here and never again.

    Refused to all but the owner and staff, without a name, and beyond five keys.
    """
    if not shop_rules.may_manage(by, shop):
        raise NotAllowed(_("Only the owner and staff of the shop may change its offers."))
    if not name.strip():
        raise ActionRefused(_("Please give the key a name, such as the name of your till."), code="no-name")
    if StockKey.objects.filter(shop=shop, revoked_at=None).count() >= MOST_KEYS:
        raise ActionRefused(_("There are five keys already. Please withdraw one first."), code="many")
    key = PREFIX + secrets.token_urlsafe(32)
    row = StockKey.objects.create(
        shop=shop, name=name.strip()[:60], digest=_digest(key), start=key[:8], made_at=at or clock.now()
    )
    record(facts.KEYED, subject=row, by=by, at=at, shop=shop.pk, stock_key=row.pk)
    return row, key


@transaction.atomic
def revoke_stock_key(*, key: StockKey, by: Actor, at: datetime | None = None) -> None:
    """The key opens nothing any more. Refused to all but owner and staff."""
    if not shop_rules.may_manage(by, key.shop):
        raise NotAllowed(_("Only the owner and staff of the shop may change its offers."))
    if StockKey.objects.filter(pk=key.pk, revoked_at=None).update(revoked_at=at or clock.now()):
        record(facts.KEYED, subject=key, by=by, at=at, shop=key.shop_id, stock_key=None)


def key_of(text: str) -> StockKey | None:
    """The key with its shop if it is known and not withdrawn."""
    return StockKey.objects.select_related("shop").filter(digest=_digest(text), revoked_at=None).first()


@transaction.atomic
def sync_stock(
    *, key: StockKey, counts: Sequence[Count], token: str = "", at: datetime | None = None
) -> list[dict[str, Any]]:
    """What the counts say stands on the shelves; the answer says of each `set`, `same`, `held`, `unknown` or `invalid`, and what stands there now.

    Each count is judged by itself: one that is unknown or cannot be understood keeps no other from being set. Pieces in baskets stay promised: a count below them is set to them (`held`). With a `token` the same batch sent again changes
    nothing and gets the same answer; refused (ActionRefused) for another batch under the same token, and above 1,000 counts.
    """
    at = at or clock.now()
    if len(counts) > MOST:
        raise ActionRefused(_("At most 1,000 counts fit into one batch."), code="too-many")
    digest = sha256(json.dumps([asdict(count) for count in counts]).encode()).hexdigest()
    StockKey.objects.select_for_update().filter(pk=key.pk).update(used_at=at)
    if token:
        known = StockBatch.objects.filter(key=key, token=token).first()
        if known and known.digest != digest:
            raise ActionRefused(_("Another batch was sent with this token."), code="token-taken")
        if known:
            return known.answer
    answer = _set_all(key.shop, counts, at)
    if token:
        StockBatch.objects.filter(key=key, at__lt=at - KEPT).delete()
        StockBatch.objects.create(key=key, token=token, digest=digest, answer=answer, at=at)
    changed = sum(row["result"] in ("set", "held") for row in answer)
    if changed:
        record(facts.SYNCED, subject=key, by=SYSTEM, at=at, shop=key.shop_id, counts=changed)
    return answer


def _set_all(shop: Shop, counts: Sequence[Count], at: datetime) -> list[dict[str, Any]]:
    ids = _offers_meant(shop, [count for count in counts if not count.reason])
    keys = {pk: rules.stock_key(pk) for pk in ids.values()}
    pools.supply_missing(keys.values())
    Offer.objects.filter(pk__in=keys).update(counted_at=at)
    shelves = {row.key: row for row in Pool.objects.select_for_update().filter(key__in=keys.values()).order_by("key")}
    stood = {key: row.available + row.held for key, row in shelves.items()}
    stands = dict(stood)
    answer = []
    for count in counts:
        row: dict[str, Any] = {"sku": count.sku, "gtin": count.gtin, "quantity": None, "reason": count.reason}
        row["result"] = "invalid" if count.reason else "unknown"
        pk = None if count.reason else ids.get(_name(count))
        if pk:
            shelf = shelves[keys[pk]]
            wanted = max(count.quantity, shelf.held)
            row["result"] = "held" if wanted > count.quantity else "same" if stands[shelf.key] == wanted else "set"
            row["quantity"] = stands[shelf.key] = wanted
        answer.append(row)
    pools.supply_many({key: stands[key] - stood[key] for key in stood if stands[key] != stood[key]})
    return answer


def _name(count: Count) -> str:
    """What the count calls its offer: the article number if there is one; a barcode without the zeros that only fill it up."""
    return f"sku {count.sku}" if count.sku else f"gtin {count.gtin.lstrip('0')}"


def _offers_meant(shop: Shop, counts: Sequence[Count]) -> dict[str, int]:
    """The offers of the shop by what the counts call them."""
    barcodes = {count.gtin.lstrip("0") for count in counts if count.gtin and not count.sku}
    filled = {code.zfill(length) for code in barcodes for length in (8, 12, 13, 14)}
    skus = {count.sku for count in counts if count.sku}
    offers = Offer.objects.filter(Q(sku__in=skus) | Q(gtin__in=filled), shop=shop).order_by("-pk")
    found: dict[str, int] = {}
    for pk, sku, gtin in offers.values_list("pk", "sku", "gtin"):
        if sku:
            found[f"sku {sku}"] = pk
        if gtin:
            found[f"gtin {gtin.lstrip('0')}"] = pk
    return found


def _digest(key: str) -> str:
    """Keys are long and random, so that one round of a plain digest keeps them."""
    return sha256(key.encode()).hexdigest()
