"""The file of a seller: filled in by the owner, looked at by two people of the market desk, suspended, complained about."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from stadtplatz.audit.actions import record
from stadtplatz.kit import clock, workdays
from stadtplatz.kit.actors import Actor
from stadtplatz.kit.identity import city
from stadtplatz.kit.refusals import ActionRefused, NotAllowed, Stale
from stadtplatz.moderation.models import MEASURES
from stadtplatz.shops import documents, facts, numbers, rules, steps
from stadtplatz.shops.models import Complaint, Seller, Shop

COMPLAINT_WORKING_DAYS = 10
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


@dataclass(frozen=True)
class Stage:
    """What a file looks like after a decision: its state, and the shop's standing."""

    state: str
    standing: str


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
    if not rules.may_own(by, shop):
        raise NotAllowed(_("Only the owner may change this."))
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
    _empty_approvals(seller)
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
    if not rules.may_own(by, shop):
        raise NotAllowed(_("Only the owner may change this."))
    shop = Shop.objects.get(pk=shop.pk)
    seller = Seller.objects.select_for_update().get(shop=shop)
    if lacks := steps.missing(shop, seller):
        raise StillMissing(_("Before the market desk looks at it, this is missing:"), lacks)
    if seller.state not in {Seller.FILLING, Seller.RETURNED} or shop.standing not in Shop.SHOWING:
        raise ActionRefused(_("This cannot be submitted at the moment."), code="state")
    _empty_approvals(seller)
    seller.state, seller.reasons, seller.digest = Seller.SUBMITTED, "", digest_of(shop, seller)
    seller.submitted_at, seller.submitted_by = at or clock.now(), by.key
    seller.save()
    record(facts.SUBMITTED, subject=shop, by=by, at=at, shop=shop.pk)
    return seller


@transaction.atomic
def approve(*, shop: Shop, digest: str, by: Actor, at: datetime | None = None) -> Seller:
    """The first look is noted; with the second, by somebody else, the shop may sell and its owners hear so.

    `digest` names what was looked at. Refused: to everybody but the market desk and to members of the shop; to the person who looked
    first, at whatever moment and however often they press; when other data stand there meanwhile or the file does not wait.
    """
    _may_judge(shop, by)
    waiting = Seller.objects.filter(shop=shop, state=Seller.SUBMITTED, digest=digest)
    now = at or clock.now()
    if waiting.filter(first_by="").exclude(submitted_by=by.key).update(first_by=by.key, first_at=now):
        record(facts.LOOKED_AT, subject=shop, by=by, at=at, shop=shop.pk)
        return Seller.objects.get(shop=shop)
    second = waiting.exclude(first_by="").exclude(first_by=by.key)
    if not second.update(second_by=by.key, second_at=now, state=Seller.APPROVED, decided_by=by.key, decided_at=now):
        if waiting.filter(first_by=by.key).exists():
            raise NotAllowed(_("You have looked at this file. The second look has to be somebody else's."))
        raise ActionRefused(_("This file is not waiting any more, or was changed meanwhile."), code="state")
    set_standing(Shop.objects.get(pk=shop.pk), Shop.APPROVED, by, at)
    record(facts.APPROVED, subject=shop, by=by, at=at, shop=shop.pk)
    return Seller.objects.get(shop=shop)


@transaction.atomic
def send_back(*, shop: Shop, reasons: str, by: Actor, at: datetime | None = None) -> Seller:
    """The file is back with the owners, who read why and how to complain. Refused: to everybody but the market desk and to members of
    the shop; without reasons; when it does not wait."""
    seller = _judged(shop, reasons, by, at, {Seller.SUBMITTED}, Stage(Seller.RETURNED, Shop.KNOWN))
    record(facts.RETURNED, subject=shop, by=by, at=at, shop=shop.pk)
    return seller


@transaction.atomic
def suspend(*, shop: Shop, reasons: str, by: Actor, at: datetime | None = None) -> Seller:
    """The shop and its offers are no longer shown; orders that exist are still handed out. The owners read why and how to complain
    (Art. 17, 20, 30 (3) DSA; Art. 4 P2B). One person may do this, because danger does not wait.

    Refused: to everybody but the market desk and to members of the shop; without reasons; when it is suspended already.
    """
    states = {code for code, _name in Seller.STATES} - {Seller.SUSPENDED}
    seller = _judged(shop, reasons, by, at, states, Stage(Seller.SUSPENDED, Shop.SUSPENDED))
    record(facts.SUSPENDED, subject=shop, by=by, at=at, shop=shop.pk)
    return seller


@transaction.atomic
def lift(*, shop: Shop, reasons: str, by: Actor, at: datetime | None = None) -> Seller:
    """The suspension is over: the shop is shown and puts aside again; for selling its file is submitted and approved anew.
    Refused as `suspend` is, and for a measure against misuse, which ends on its own page."""
    if Seller.objects.filter(shop=shop, state=Seller.SUSPENDED, notice__startswith=MEASURES).exists():
        raise ActionRefused(
            _("This suspension is a measure against misuse. Please end it on its own page."), code="measure"
        )
    seller = _judged(shop, reasons, by, at, {Seller.SUSPENDED}, Stage(Seller.FILLING, Shop.KNOWN))
    _empty_approvals(seller)
    seller.save()
    record(facts.LIFTED, subject=shop, by=by, at=at, shop=shop.pk)
    return seller


@transaction.atomic
def complain(*, shop: Shop, text: str, by: Actor, at: datetime | None = None) -> Complaint:
    """Somebody else than who decided looks at it within COMPLAINT_WORKING_DAYS. Refused: to everybody but owners; without words; when
    nothing was sent back or suspended; when it was suspended for a notice, which has its own way; while another complaint is open."""
    if not rules.may_own(by, shop):
        raise NotAllowed(_("Only the owner may change this."))
    seller, now = Seller.objects.select_for_update().get(shop=shop), at or clock.now()
    if seller.state not in {Seller.SUSPENDED, Seller.RETURNED}:
        raise ActionRefused(_("There is no decision to complain about."), code="state")
    if seller.notice:
        raise ActionRefused(
            _("This decision goes back to a notice. Please complain on the page of the decisions."), code="notice"
        )
    if not text.strip():
        raise ActionRefused(_("Please say what is wrong with the decision."), code="text")
    if Complaint.objects.filter(shop=shop, upheld=None).exists():
        raise ActionRefused(_("Your complaint is being looked at."), code="open")
    row = Complaint.objects.create(
        shop=shop, text=text.strip()[:4000], created_at=now, against_by=seller.decided_by,
        due_at=workdays.add_working_days(now, COMPLAINT_WORKING_DAYS, city().land),
    )  # fmt: skip
    record(facts.COMPLAINED, subject=shop, by=by, at=at, shop=shop.pk, complaint=row.pk)
    return row


@transaction.atomic
def decide_complaint(
    *, complaint: Complaint, upheld: bool, answer: str, by: Actor, at: datetime | None = None
) -> Complaint:
    """Upheld: what was suspended stands as before, what was sent back waits again. Else the decision stands. The owners read the answer.

    Refused: to everybody but the market desk, to members of the shop and to who took the decision; without an answer; twice.
    """
    _may_judge(complaint.shop, by)
    if by.key == complaint.against_by:
        raise NotAllowed(_("Somebody else than who decided has to look at the complaint."))
    if not answer.strip():
        raise ActionRefused(_("Please say why, so that the person understands."), code="reason")
    decided = Complaint.objects.filter(pk=complaint.pk, upheld=None).update(
        upheld=upheld, answer=answer.strip()[:4000], answered_by=by.key, answered_at=at or clock.now()
    )
    if not decided:
        raise ActionRefused(_("This request was decided already."), code="decided")
    if upheld:
        _restore(complaint.shop, by, at)
    record(
        facts.COMPLAINT_DECIDED, subject=complaint.shop, by=by, at=at, shop=complaint.shop_id, complaint=complaint.pk,
        upheld=upheld,
    )  # fmt: skip
    return Complaint.objects.get(pk=complaint.pk)


def suspend_for(*, shop: Shop, notice: str, reasons: str, by: Actor, at: datetime | None) -> None:
    """As `suspend`, decided about a notice with its own reasons and complaint; a shop that is suspended already stays so. The caller
    has asked its own rule."""
    states = {code for code, _name in Seller.STATES} - {Seller.SUSPENDED}
    done = Seller.objects.filter(shop=shop, state__in=states).update(
        state=Seller.SUSPENDED, reasons=reasons[:4000], notice=notice, decided_by=by.key, decided_at=at or clock.now()
    )
    if done:
        set_standing(Shop.objects.get(pk=shop.pk), Shop.SUSPENDED, by, at)
        record(facts.SUSPENDED, subject=shop, by=by, at=at, shop=shop.pk, notice=notice)


def restore_after(*, shop: Shop, notice: str, by: Actor, at: datetime | None) -> None:
    """The shop stands as before it was suspended for this notice; nothing happens if it is suspended for something else."""
    if Seller.objects.filter(shop=shop, state=Seller.SUSPENDED, notice=notice).update(notice=""):
        _restore(shop, by, at)
        record(facts.LIFTED, subject=shop, by=by, at=at, shop=shop.pk, notice=notice)


def set_standing(shop: Shop, standing: str, by: Actor, at: datetime | None) -> Shop:
    """The shop has this standing, search and offers follow (reactions)."""
    before, shop.standing = shop.standing, standing
    if before != standing:
        Shop.objects.filter(pk=shop.pk).update(standing=standing)
        record(facts.STANDING_CHANGED, subject=shop, by=by, at=at, shop=shop.pk, before=before, after=standing)
        documents.push_shop(shop)
    return shop


def digest_of(shop: Shop, seller: Seller) -> str:
    """What the two people looked at, in one word."""
    rows = [(field, str(getattr(shop, field))) for field in CHECKED_OF_SHOP]
    rows += [(field, str(getattr(seller, field))) for field in CHECKED_OF_SELLER]
    return sha256(repr(rows).encode()).hexdigest()


def _may_judge(shop: Shop, by: Actor) -> None:
    if not rules.may_decide(by) or rules.role_in(by, shop):
        raise NotAllowed(_("Only the market desk decides this, and nobody about a shop of their own."))


def _judged(shop: Shop, reasons: str, by: Actor, at: datetime | None, states: set[str], after: Stage) -> Seller:
    _may_judge(shop, by)
    if not reasons.strip():
        raise ActionRefused(_("Please say why, so that the person understands."), code="reason")
    done = Seller.objects.filter(shop=shop, state__in=states).update(
        state=after.state, reasons=reasons.strip()[:4000], notice="", decided_by=by.key, decided_at=at or clock.now()
    )
    if not done:
        raise ActionRefused(_("This file is not waiting any more, or was changed meanwhile."), code="state")
    set_standing(Shop.objects.get(pk=shop.pk), after.standing, by, at)
    return Seller.objects.get(shop=shop)


def _restore(shop: Shop, by: Actor, at: datetime | None) -> None:
    """As it was before the decision that was wrong; an approval counts again only if two people gave it to these very data."""
    shop = Shop.objects.get(pk=shop.pk)
    seller = Seller.objects.select_for_update().get(shop=shop)
    if seller.state == Seller.RETURNED:
        seller.state, seller.digest = Seller.SUBMITTED, digest_of(shop, seller)
        _empty_approvals(seller)
    elif seller.state == Seller.SUSPENDED:
        whole = bool(seller.second_by) and seller.digest == digest_of(shop, seller)
        seller.state = Seller.APPROVED if whole else Seller.FILLING
        set_standing(shop, Shop.APPROVED if whole else Shop.KNOWN, by, at)
    seller.save()


def _empty_approvals(seller: Seller) -> None:
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
