"""“This is my business”: somebody takes an entry of the map over, or sets up what the map does not know."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from stadtplatz.accounts import actions as accounts
from stadtplatz.accounts import queries as accounts_queries
from stadtplatz.audit.actions import record
from stadtplatz.city.models import Place
from stadtplatz.kit import clock, media
from stadtplatz.kit.actors import Actor
from stadtplatz.kit.refusals import ActionRefused, NotAllowed
from stadtplatz.shops import categories, facts, rules
from stadtplatz.shops.actions.branches import open_branch_at
from stadtplatz.shops.actions.files import know
from stadtplatz.shops.actions.requests import check_claimable, decide_request
from stadtplatz.shops.actions.shops import create_shop
from stadtplatz.shops.actions.team import send_invitation
from stadtplatz.shops.models import ClaimRequest, Membership, Shop


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
    row = decide_request(claim, approve, reason, by, at)
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


def hand_over(row: ClaimRequest, *, by: Actor, at: datetime | None) -> Shop:
    """As granting does: the business is a shop whose identity is known, with its owner invited, or a further place of one.

    Refused if somebody else has the entry meanwhile.
    """
    if row.place:
        check_claimable(row.place)
    row.shop = _branch_of(row, by, at) if row.branch_of else _shop_of(row, by, at)
    row.save(update_fields=["shop"])
    return row.shop


def _asked_by(claim: ClaimRequest, by: Actor) -> bool:
    if claim.branch_of and rules.role_in(by, claim.branch_of):
        return True
    person = accounts_queries.person_of(by.key) if by.is_person else None
    contact = claim.contact
    if person is None or contact is None:
        return False
    return contact.person_id == person.pk or contact.email.casefold() == person.email.casefold()


def _check_way(way: str, *, phone: str, document: str, place: Place | None) -> None:
    if way == ClaimRequest.CALL and not phone.strip():
        raise ActionRefused(_("Please leave a phone number at which we reach you in the business."), code="phone")
    if way == ClaimRequest.DOCUMENT and not document:
        raise ActionRefused(_("Please add the document."), code="document")
    if way == ClaimRequest.LETTER and not (place and place.street and place.house_number):
        raise ActionRefused(_("The map knows no address of this entry to write to."), code="address")


def _shop_of(row: ClaimRequest, by: Actor, at: datetime | None) -> Shop:
    category = categories.of_map(row.place.category) if row.place else row.category
    address = {} if row.place else {"street": row.street, "postcode": row.postcode, "town": row.town}
    shop = create_shop(
        name=row.business_name, category=category, place=row.place, premises=row.premises, by=by, at=at, **address
    )
    shop = know(shop=shop, way=row.way, by=by, at=at)
    if row.contact and row.contact.email:
        send_invitation(
            shop=shop, email=row.contact.email, role=Membership.OWNER, by=by, language=row.contact.language, at=at
        )
    return shop


def _branch_of(row: ClaimRequest, by: Actor, at: datetime | None) -> Shop:
    if row.branch_of is None or row.place is None:
        raise ActionRefused(_("This entry is no longer shown."), code="hidden")
    open_branch_at(shop=row.branch_of, place=row.place, by=by, at=at)
    return row.branch_of
