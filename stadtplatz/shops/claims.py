"""What people without an account ask about an entry from the map: "this is my business", "please take it off"."""

from datetime import datetime, timedelta
from typing import TypeVar

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from stadtplatz.accounts import actions as accounts
from stadtplatz.accounts import queries as accounts_queries
from stadtplatz.accounts.models import Guest
from stadtplatz.audit.actions import record
from stadtplatz.city import actions as city
from stadtplatz.city.models import Place
from stadtplatz.kit import clock, media
from stadtplatz.kit.actors import SYSTEM, Actor
from stadtplatz.kit.refusals import ActionRefused, NotAllowed
from stadtplatz.shops import categories, documents, facts, rules, sellers, team
from stadtplatz.shops.models import Branch, ClaimRequest, Membership, RemovalRequest, Request, Shop

R = TypeVar("R", bound=Request)


REMOVALS_A_DAY = 20
"""So many entries leave at once within 24 hours in the whole town; after that requests wait for the desk, in case somebody plays."""
BY_RULE = "rule"
"""Who decided, where the rule did."""


@transaction.atomic
def claim(
    *, place: Place | None, name: str, position: str, email: str, phone: str = "", message: str = "", by: Actor,
    way: str = ClaimRequest.CALL, document: str = "", branch_of: Shop | None = None, business: dict[str, str] | None = None,
    language: str = "de", at: datetime | None = None,
) -> ClaimRequest:  # fmt: skip
    """The market desk has a request to make this entry somebody's shop, or, without `place`, to set up a `business` (name, category,
    premises, address) that the map does not know; the contact hears that it arrived.

    `document` is the path of a private file, which goes with the decision. Refused for entries that are hidden or belong to a shop
    already; without a mail address to send the invitation to; without a phone number, a letter's address or a document, as the way
    needs it; as a further place of a shop that `by` does not own.
    """
    if place:
        check_claimable(place)
    if not email.strip():
        raise ActionRefused(_("Please leave a mail address: the invitation goes there."), code="email")
    _check_way(way, phone=phone, document=document, place=place)
    if branch_of and not rules.may_own(by, branch_of):
        raise NotAllowed(_("Only the owner may change the team."))
    contact = accounts.leave_contact(name=name, email=email, phone=phone, language=language)
    row = ClaimRequest.objects.create(
        place=place, contact=contact, position=position[:80], message=message[:2000], created_at=at or clock.now(),
        way=way, document=document, branch_of=branch_of, **(business or {}),
    )  # fmt: skip
    record(facts.CLAIMED, subject=row, by=by, at=at, claim=row.pk, place=place.pk if place else None)
    return row


@transaction.atomic
def decide_claim(
    *, claim: ClaimRequest, approve: bool, reason: str = "", by: Actor, at: datetime | None = None
) -> ClaimRequest:
    """Granted: the shop exists as a draft with a known identity and its owner is invited by mail, or the entry is a further place of
    an existing shop. Declined: the contact hears why. A document that was shown is deleted either way.

    Refused: to everybody but the market desk; to who asked, by account or mail address, and to members of the shop it is to become
    part of; a second decision; granting an entry that became a shop meanwhile; declining without a reason.
    """
    if _asked_by(claim, by):
        raise NotAllowed(_("Nobody decides about a shop of their own."))
    row = _decide(claim, approve, reason, by, at)
    if approve:
        if row.way == ClaimRequest.LETTER:  # granted without the code, so the desk made sure in another way
            row.way = ClaimRequest.CALL
        hand_over(row, by=by, at=at)
    if row.document:
        path, row.document = row.document, ""
        row.save(update_fields=["document"])
        transaction.on_commit(lambda: media.delete(path))
    shop = row.shop.pk if row.shop else None
    record(facts.CLAIM_DECIDED, subject=row, by=by, at=at, claim=row.pk, approved=approve, shop=shop)
    return row


def _asked_by(claim: ClaimRequest, by: Actor) -> bool:
    if claim.branch_of and rules.role_in(by, claim.branch_of):
        return True
    person = accounts_queries.person_of(by.key) if by.is_person else None
    contact = claim.contact
    if person is None or contact is None:
        return False
    return contact.person_id == person.pk or contact.email.casefold() == person.email.casefold()


@transaction.atomic
def ask_removal(
    *, place: Place, message: str = "", email: str = "", by: Actor, at_once: bool = False, brake: bool = True,
    at: datetime | None = None,
) -> RemovalRequest:  # fmt: skip
    """Without account, reason or address, the entry is gone `at_once`, or the market desk has a request to take it off.

    At once only while fewer than REMOVALS_A_DAY entries left the town within a day (`brake`). Refused once it is hidden, and for
    entries that belong to a shop: its owner gives the shop up.
    """
    check_claimable(place)
    now = at or clock.now()
    contact: Guest | None = accounts.leave_contact(email=email) if email.strip() else None
    row = RemovalRequest.objects.create(place=place, contact=contact, message=message[:2000], created_at=now)
    record(facts.REMOVAL_REQUESTED, subject=row, by=by, at=at, removal=row.pk, place=place.pk)
    if at_once and not (brake and _removed_lately(now) >= REMOVALS_A_DAY):
        row.state, row.decided_at, row.decided_by = Request.GRANTED, now, BY_RULE
        row.save()
        _hide(row, at)
        record(facts.REMOVAL_DECIDED, subject=row, by=by, at=at, removal=row.pk, hidden=True)
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
        _hide(row, at)
    record(facts.REMOVAL_DECIDED, subject=row, by=by, at=at, removal=row.pk, hidden=hide)
    return row


@transaction.atomic
def undo_removal(*, removal: RemovalRequest, reason: str, by: Actor, at: datetime | None = None) -> RemovalRequest:
    """The entry is shown again, and whoever left an address hears why.

    Refused: to everybody but the market desk; without a reason; when it was undone already or was never granted.
    """
    if not rules.may_decide(by):
        raise NotAllowed(_("Only the market desk decides this."))
    if not reason.strip():
        raise ActionRefused(_("Please say why, so that the person understands."), code="reason")
    done = RemovalRequest.objects.filter(pk=removal.pk, state=Request.GRANTED).update(
        state=Request.DECLINED, reason=reason.strip()[:300], undone_at=at or clock.now(), undone_by=by.key
    )
    if not done:
        raise ActionRefused(_("This request was decided already."), code="decided")
    row = RemovalRequest.objects.select_related("place").get(pk=removal.pk)
    city.show_place(place=row.place, version=row.place.version, by=SYSTEM, at=at)  # our own rule was asked above
    documents.push_places([row.place_id])
    record(facts.REMOVAL_DECIDED, subject=row, by=by, at=at, removal=row.pk, hidden=False)
    return row


def hand_over(row: ClaimRequest, *, by: Actor, at: datetime | None) -> Shop:
    """As granting does: the business is a shop whose identity is known, with its owner invited, or a further place of one.

    Refused if somebody else has the entry meanwhile.
    """
    if row.place:
        check_claimable(row.place)
    row.shop = _branch_of(row, by, at) if row.branch_of else _shop_of(row, by, at)
    row.save(update_fields=["shop"])
    return row.shop


def check_claimable(place: Place) -> None:
    """Refused for entries that are hidden or belong to a shop, whatever place of it they are."""
    if place.hidden_at or place.gone_at:
        raise ActionRefused(_("This entry is no longer shown."), code="hidden")
    if is_taken(place):
        raise ActionRefused(_("This entry already belongs to a shop."), code="claimed")


def is_taken(place: Place) -> bool:
    """Whether somebody answers for this entry already, even if their page is not public yet."""
    taken = Shop.objects.filter(place=place).exclude(state=Shop.CLOSED).exists()
    return taken or Branch.objects.filter(place=place).exclude(shop__state=Shop.CLOSED).exists()


def _check_way(way: str, *, phone: str, document: str, place: Place | None) -> None:
    if way == ClaimRequest.CALL and not phone.strip():
        raise ActionRefused(_("Please leave a phone number at which we reach you in the business."), code="phone")
    if way == ClaimRequest.DOCUMENT and not document:
        raise ActionRefused(_("Please add the document."), code="document")
    if way == ClaimRequest.LETTER and not (place and place.street and place.house_number):
        raise ActionRefused(_("The map knows no address of this entry to write to."), code="address")


def _removed_lately(now: datetime) -> int:
    since = now - timedelta(days=1)
    return RemovalRequest.objects.filter(state=Request.GRANTED, decided_by=BY_RULE, decided_at__gt=since).count()


def _hide(row: RemovalRequest, at: datetime | None) -> None:
    """Callers have asked their own rule, so the town hides it in the system's name."""
    city.hide_place(place=row.place, version=row.place.version, by=SYSTEM, at=at)
    documents.push_places([row.place_id])


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


def _shop_of(row: ClaimRequest, by: Actor, at: datetime | None) -> Shop:
    from stadtplatz.shops.actions import create_shop  # actions offers this file's functions as its own

    category = categories.of_map(row.place.category) if row.place else row.category
    address = {} if row.place else {"street": row.street, "postcode": row.postcode, "town": row.town}
    shop = create_shop(
        name=row.business_name, category=category, place=row.place, premises=row.premises, by=by, at=at, **address
    )
    shop = sellers.know(shop=shop, way=row.way, by=by, at=at)
    if row.contact and row.contact.email:
        team.send_invitation(
            shop=shop, email=row.contact.email, role=Membership.OWNER, by=by, language=row.contact.language, at=at
        )
    return shop


def _branch_of(row: ClaimRequest, by: Actor, at: datetime | None) -> Shop:
    from stadtplatz.shops.branches import open_branch_at  # which refuses what is claimed, with a function of this file

    if row.branch_of is None or row.place is None:
        raise ActionRefused(_("This entry is no longer shown."), code="hidden")
    open_branch_at(shop=row.branch_of, place=row.place, by=by, at=at)
    return row.branch_of
