"""The file of a seller: filled in and submitted by the owner."""

from datetime import datetime
from hashlib import sha256
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from stadtplatz.audit.actions import record
from stadtplatz.kit import clock
from stadtplatz.kit.actors import Actor
from stadtplatz.kit.refusals import ActionRefused, Stale
from stadtplatz.shops import facts, numbers, rules
from stadtplatz.shops.actions.permission import must_own
from stadtplatz.shops.actions.standing import set_standing
from stadtplatz.shops.models import Seller, Shop
from stadtplatz.shops.queries.progress import missing

CHECKED_OF_SHOP = (
    "legal_name", "legal_form", "represented_by", "register_entry", "vat_id", "small_business", "street", "postcode", "town",
)  # fmt: skip
CHECKED_OF_SELLER = ("account_holder", "iban", "packaging", "lucid", "safety_name", "safety_contact", "certified_at")
EDITABLE = frozenset(
    [
        "account_holder",
        "iban",
        "packaging",
        "lucid",
        "safety_name",
        "safety_contact",
        "handing_over",
        "imprint",
        "terms",
        "withdrawal",
        "privacy",
    ]
)


class StillMissing(ActionRefused):
    """Something is missing; `missing` names it field by field."""

    def __init__(self, message: object, missing: list[rules.Missing]):
        super().__init__(message, code="missing")
        self.missing = missing


def seller_of(shop: Shop) -> Seller:
    """The file of this shop."""
    return Seller.objects.get_or_create(shop=shop)[0]


@transaction.atomic
def know(*, shop: Shop, way: str, by: Actor, at: datetime | None = None) -> Shop:
    """Somebody made sure who stands behind the shop: it may show offers and put things aside. The caller has asked its own rule."""
    seller = seller_of(shop)
    seller.identity_way, seller.identity_by, seller.identity_at = way, by.key, at or clock.now()
    seller.save()
    return set_standing(shop, Shop.KNOWN, by, at) if shop.standing == Shop.NEW else shop


@transaction.atomic
def edit_seller(
    *, shop: Shop, version: int, changes: dict[str, Any], by: Actor, certify: bool = False, texts_read: bool = False,
    at: datetime | None = None,
) -> Seller:  # fmt: skip
    """The file says what `changes` say; with `certify` the seller has declared to keep to the law, with `texts_read` looked through
    the four texts. An approval of other data than these is void: the shop puts aside, but does not sell, until the file was submitted
    and approved again.

    Refused: to everybody but owners; numbers that cannot be right; Stale; fields that are not the file's to edit (ValueError).
    """
    must_own(by, shop)
    if unknown := set(changes) - EDITABLE:
        raise ValueError(f"Not to be edited: {sorted(unknown)}")
    changes = _checked(changes)
    if not Seller.objects.filter(shop=shop, version=version).update(version=F("version") + 1):
        message = _("Somebody else changed this shop in the meantime. Nothing was saved; please compare.")
        raise Stale(message, current=seller_of(shop))
    seller, now = Seller.objects.get(shop=shop), at or clock.now()
    for field, value in changes.items():
        setattr(seller, field, value)
    if certify:
        seller.certified_at, seller.certified_by = now, by.key
    if texts_read:
        seller.texts_at = now
    seller.save()
    fields = sorted(changes) + ["certified"] * certify + ["texts"] * texts_read
    record(facts.FILE_EDITED, subject=shop, by=by, at=at, shop=shop.pk, fields=fields)
    return notice_changes(shop, by, at)


def notice_changes(shop: Shop, by: Actor, at: datetime | None) -> Seller:
    """After any edit: if what was approved or submitted is no longer what stands there, the file has to be submitted again."""
    seller = Seller.objects.select_for_update().get_or_create(shop=shop)[0]
    if seller.state not in {Seller.SUBMITTED, Seller.APPROVED} or seller.digest == digest_of(shop, seller):
        return seller
    empty_approvals(seller)
    seller.state = Seller.FILLING
    seller.save()
    if shop.standing == Shop.APPROVED:
        set_standing(shop, Shop.KNOWN, by, at)
    return seller


@transaction.atomic
def submit(*, shop: Shop, by: Actor, at: datetime | None = None) -> Seller:
    """The file waits for two people of the market desk, as it stands now.

    Refused: to everybody but owners; StillMissing; when it waits already, is approved or suspended, or nobody checked the identity.
    """
    must_own(by, shop)
    shop = Shop.objects.get(pk=shop.pk)
    seller = Seller.objects.select_for_update().get(shop=shop)
    if lacks := missing(shop, seller):
        raise StillMissing(_("Before the market desk looks at it, this is missing:"), lacks)
    if seller.state not in {Seller.FILLING, Seller.RETURNED} or shop.standing not in Shop.SHOWING:
        raise ActionRefused(_("This cannot be submitted at the moment."), code="state")
    empty_approvals(seller)
    seller.state, seller.reasons, seller.digest = Seller.SUBMITTED, "", digest_of(shop, seller)
    seller.submitted_at, seller.submitted_by = at or clock.now(), by.key
    seller.save()
    record(facts.SUBMITTED, subject=shop, by=by, at=at, shop=shop.pk)
    return seller


def digest_of(shop: Shop, seller: Seller) -> str:
    """What the two people looked at, in one word."""
    rows = [(field, str(getattr(shop, field))) for field in CHECKED_OF_SHOP]
    rows += [(field, str(getattr(seller, field))) for field in CHECKED_OF_SELLER]
    return sha256(repr(rows).encode()).hexdigest()


def empty_approvals(seller: Seller) -> None:
    """Nobody has looked at this file; the caller saves it."""
    seller.first_by = seller.second_by = ""
    seller.first_at = seller.second_at = None


def _checked(changes: dict[str, Any]) -> dict[str, Any]:
    """The changes with numbers as they are kept. Refused: numbers that cannot be right, and unknown ways of handing over."""
    changes = dict(changes)
    for field, check in (("iban", numbers.iban), ("lucid", numbers.lucid)):
        if changes.get(field):
            try:
                changes[field] = check(changes[field])
            except ValueError as refusal:
                raise ActionRefused(str(refusal), code=field) from refusal
    if set(changes.get("handing_over", ())) - set(dict(Seller.HANDING_OVER)):
        raise ActionRefused(_("Please choose how the goods reach people."), code="handing_over")
    return changes
