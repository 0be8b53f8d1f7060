"""What people without an account ask about an entry from the map: "this is my business", "please take it off"."""

from datetime import datetime
from typing import TypeVar

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from stadtplatz.accounts import actions as accounts
from stadtplatz.accounts.models import Guest
from stadtplatz.audit.actions import record
from stadtplatz.city import actions as city
from stadtplatz.city.models import Place
from stadtplatz.kit import clock
from stadtplatz.kit.actors import SYSTEM, Actor
from stadtplatz.kit.refusals import ActionRefused, NotAllowed
from stadtplatz.shops import categories, documents, facts, rules, team
from stadtplatz.shops.models import ClaimRequest, Membership, RemovalRequest, Request, Shop

R = TypeVar("R", bound=Request)


@transaction.atomic
def claim(
    *, place: Place, name: str, position: str, email: str, phone: str, message: str = "", by: Actor,
    language: str = "de", at: datetime | None = None,
) -> ClaimRequest:  # fmt: skip
    """The market desk has a request to make this entry somebody's shop; the contact hears that it arrived.

    Refused for entries that are hidden or belong to a shop already, and without a mail address to send the invitation to.
    """
    _check_claimable(place)
    if not email.strip():
        raise ActionRefused(_("Please leave a mail address: the invitation goes there."), code="email")
    contact = accounts.leave_contact(name=name, email=email, phone=phone, language=language)
    row = ClaimRequest.objects.create(
        place=place, contact=contact, position=position[:80], message=message[:2000], created_at=at or clock.now()
    )
    record(facts.CLAIMED, subject=row, by=by, at=at, claim=row.pk, place=place.pk)
    return row


@transaction.atomic
def decide_claim(
    *, claim: ClaimRequest, approve: bool, reason: str = "", by: Actor, at: datetime | None = None
) -> ClaimRequest:
    """Granted: the shop exists as a draft and its owner is invited by mail. Declined: the contact hears why.

    Refused: to everybody but the market desk; a second decision; granting an entry that became a shop meanwhile; declining
    without a reason.
    """
    row = _decide(claim, approve, reason, by, at)
    if approve:
        _check_claimable(row.place)
        row.shop = _shop_of(row, by, at)
        row.save(update_fields=["shop"])
    shop = row.shop.pk if row.shop else None
    record(facts.CLAIM_DECIDED, subject=row, by=by, at=at, claim=row.pk, approved=approve, shop=shop)
    return row


@transaction.atomic
def ask_removal(
    *, place: Place, message: str = "", email: str = "", by: Actor, at: datetime | None = None
) -> RemovalRequest:
    """The market desk has a request to take the entry off. Needs no account, no reason and no address. Refused once it is hidden."""
    if place.hidden_at or place.gone_at:
        raise ActionRefused(_("This entry is no longer shown."), code="hidden")
    contact: Guest | None = accounts.leave_contact(email=email) if email.strip() else None
    row = RemovalRequest.objects.create(
        place=place, contact=contact, message=message[:2000], created_at=at or clock.now()
    )
    record(facts.REMOVAL_REQUESTED, subject=row, by=by, at=at, removal=row.pk, place=place.pk)
    return row


@transaction.atomic
def decide_removal(
    *, removal: RemovalRequest, hide: bool, reason: str = "", by: Actor, at: datetime | None = None
) -> RemovalRequest:
    """Hidden: the entry is gone from lists and search, also after the next import. Kept: the contact hears why.

    Refused: to everybody but the market desk; a second decision; keeping the entry without a reason.
    """
    row = _decide(removal, hide, reason, by, at)
    if hide:
        city.hide_place(place=row.place, version=row.place.version, by=SYSTEM, at=at)  # our own rule was asked above
        documents.push_places([row.place_id])
    record(facts.REMOVAL_DECIDED, subject=row, by=by, at=at, removal=row.pk, hidden=hide)
    return row


def _decide(row: R, grant: bool, reason: str, by: Actor, at: datetime | None) -> R:
    if not rules.may_decide(by):
        raise NotAllowed(_("Only the market desk decides this."))
    if not grant and not reason.strip():
        raise ActionRefused(_("Please say why, so that the person understands."), code="reason")
    taken = (
        type(row)
        ._default_manager.filter(pk=row.pk, state=Request.NEW)
        .update(
            state=Request.GRANTED if grant else Request.DECLINED,
            reason=reason.strip()[:300],
            decided_at=at or clock.now(),
            decided_by=by.key,
        )
    )
    if not taken:
        raise ActionRefused(_("This request was decided already."), code="decided")
    row.refresh_from_db()
    return row


def _check_claimable(place: Place) -> None:
    if place.hidden_at or place.gone_at:
        raise ActionRefused(_("This entry is no longer shown."), code="hidden")
    if Shop.objects.filter(place=place).exclude(state=Shop.CLOSED).exists():
        raise ActionRefused(_("This entry already belongs to a shop."), code="claimed")


def _shop_of(row: ClaimRequest, by: Actor, at: datetime | None) -> Shop:
    from stadtplatz.shops.actions import create_shop  # actions offers this file's functions as its own

    place = row.place
    shop = create_shop(name=place.name, category=categories.of_map(place.category), place=place, by=by, at=at)
    if row.contact and row.contact.email:
        team.send_invitation(
            shop=shop, email=row.contact.email, role=Membership.OWNER, by=by, language=row.contact.language, at=at
        )
    return shop
