"""Putting something aside without obligation: made by anybody, kept by the shop, over by itself."""

from datetime import datetime, timedelta
from hmac import compare_digest
from typing import Any

from django.db import transaction
from django.db.models import Q, Sum
from django.utils.translation import gettext_lazy as _

from stadtplatz.accounts import actions as accounts
from stadtplatz.accounts import queries as people
from stadtplatz.audit.actions import record
from stadtplatz.audit.facts import Fact
from stadtplatz.catalogue import queries as catalogue
from stadtplatz.catalogue import rules as catalogue_rules
from stadtplatz.catalogue.queries import Sellable
from stadtplatz.kit import clock, codes, ratelimit
from stadtplatz.kit.actors import SYSTEM, Actor
from stadtplatz.kit.alone import alone
from stadtplatz.kit.refusals import ActionRefused, NotAllowed, Stale
from stadtplatz.orders import facts, reserving, rules
from stadtplatz.orders.models import Reservation
from stadtplatz.orders.snapshot import new_collection_code
from stadtplatz.pools import actions as pools
from stadtplatz.pools.models import Hold
from stadtplatz.pools.rules import HoldEnded, SoldOut
from stadtplatz.shops import queries as shops
from stadtplatz.shops import rules as shop_rules

CODE_TRIES = 5


@transaction.atomic
def reserve(
    *,
    offer_id: int,
    quantity: int,
    name: str,
    email: str = "",
    network: str = "",
    by: Actor,
    language: str = "de",
    at: datetime | None = None,
) -> Reservation:
    """So many pieces lie aside until the shop's moment (`shops.queries.kept_until`); nothing is bought. Shop and citizen are told.

    `network` is the visitor's network address, kept as a keyed hash alone, and only if there is no mail address to count by.
    Refused: without a name; an offer that is not on sale, sold out, or of a shop that puts nothing aside; more than
    MAX_PIECES_ASIDE of it, or more than MAX_ASIDE things for one contact (one thing after NO_SHOWS no-shows).
    """
    at = at or clock.now()
    if not name.strip():
        raise ActionRefused(_("Please give a name or nickname to ask for at the counter."), code="name")
    found = catalogue.to_put_aside(offer_id)
    if found is None or found.obstacle:
        raise ActionRefused(found.obstacle if found else _("This offer does not exist any more."), code="not-on-sale")
    person = people.person_of(by.key) if by.is_person else None
    key = rules.reserver_key(email=email or (person.email if person else ""), network=network)
    _check_caps(key, found, quantity, at)
    until = shops.kept_until(found.offer.shop, at)
    hold = _hold(found, quantity, contact=key, until=until)
    guest = accounts.leave_contact(name=name, email=email, language=language)
    contact = {"guest": guest, "person": person, "contact_key": key, "language": language}
    made = _write(found, quantity, hold, at=at, until=until, **contact)
    made.save()
    actor = by if by.is_person else Actor("guest", guest.key, guest_id=guest.pk)
    record(facts.RESERVED, subject=made, by=actor, at=at, shop=made.shop_id, offer=offer_id)
    return made


@transaction.atomic
def move_reservation(
    reservation: Reservation,
    *,
    move: str,
    by: Actor,
    expected_version: int | None = None,
    reason: str = "",
    gone: bool = False,
    at: datetime | None = None,
) -> Reservation:
    """It is one move further; the only way to change its state. Whoever has to know is told (reactions).

    Moves that end it uncollected put the pieces back on sale, or take them off the count if they are `gone`. Collecting books them,
    also when the time ran out a moment ago and nobody else took them.
    Refused with NotAllowed for anybody but those the move belongs to, with Stale when it was moved since the page was opened, and
    when the move does not start at its state.
    """
    step, at = reserving.MOVES[move], at or clock.now()
    row = _locked(reservation)
    if not rules.may_move_reservation(by, row, step):
        raise NotAllowed(_("This is not yours to change."))
    if expected_version is not None and row.version != expected_version:
        words = _("This was changed since you opened the page. It is now: {state}.")
        raise Stale(words.format(state=row.get_state_display()), current=row)
    if row.state not in step.start:
        words = _("That is no longer possible: {state}.")
        raise ActionRefused(words.format(state=row.get_state_display()), code="wrong-state")
    if step.returns:
        _give_back(row, gone=gone)
    elif step.end == reserving.COLLECTED:
        row.hold = _booked(row)
    row.no_show = step.end == reserving.ENDED and row.state == reserving.READY and _is_known(row)
    row.state, row.state_since, row.version = step.end, at, row.version + 1
    row.reason = reason or row.reason
    row.contact_key = row.contact_key if row.is_open or row.no_show else ""
    row.save(update_fields=["state", "state_since", "version", "reason", "no_show", "contact_key", "hold"])
    record(step.fact, subject=row, by=by, at=at, shop=row.shop_id, offer=row.offer_id)
    return row


def say_not_there(
    reservation: Reservation,
    *,
    reason: str,
    back_on_sale: bool = False,
    by: Actor,
    expected_version: int | None = None,
    at: datetime | None = None,
) -> Reservation:
    """The shop does not have it; the citizen reads the reason. The pieces leave the count unless they go `back_on_sale`. Refused without a reason."""
    if not reason.strip():
        raise ActionRefused(_("Please tell the customer why."), code="reason")
    return move_reservation(
        reservation,
        move="refuse",
        by=by,
        expected_version=expected_version,
        reason=reason.strip(),
        gone=not back_on_sale,
        at=at,
    )


def hand_out(
    reservation: Reservation, *, code: str, by: Actor, expected_version: int | None = None, at: datetime | None = None
) -> Reservation:
    """It is collected, proved by the code. Call it outside a transaction, so that tries count.

    Refused for a wrong code, after five tries in an hour, and for people who do not work in the shop.
    """
    if not shop_rules.may_pack(by, reservation.shop):
        raise NotAllowed(_("This is not yours to change."))
    ratelimit.count("orders.reservation-code", str(reservation.pk), limit=CODE_TRIES, per=timedelta(hours=1))
    if not compare_digest(codes.read_typed_code(code).encode(), reservation.collection_code.encode()):
        words = _("This is not the code that belongs to the number. Please compare it with the customer's.")
        raise ActionRefused(words, code="wrong-code")
    return move_reservation(reservation, move="collect", by=by, expected_version=expected_version, at=at)


@transaction.atomic
def ask_longer(reservation: Reservation, *, by: Actor, at: datetime | None = None) -> Reservation:
    """The shop reads that the citizen would like more time; until it answers the end stays. Refused a second time, and once it is over."""
    at, row = at or clock.now(), _locked(reservation)
    if not rules.is_reserver(by, row):
        raise NotAllowed(_("This is not yours to change."))
    if not rules.may_ask_longer(row, at):
        raise ActionRefused(_("You can ask for longer once, before the time is over."), code="longer")
    return _note_longer(row, Reservation.ASKED, facts.LONGER_ASKED, by=by, at=at)


@transaction.atomic
def answer_longer(reservation: Reservation, *, yes: bool, by: Actor, at: datetime | None = None) -> Reservation:
    """The shop keeps it one more of its days, or not; the citizen is told. Refused to all but its people, unless asked, and once it is over."""
    at, row = at or clock.now(), _locked(reservation)
    if not shop_rules.may_pack(by, row.shop):
        raise NotAllowed(_("This is not yours to change."))
    if row.longer != Reservation.ASKED or not row.is_open or row.until <= at:
        raise ActionRefused(_("Nobody asks for longer here, or the time is over."), code="longer")
    if yes:
        row.until = shops.kept_until(row.shop, row.until)
        pools.extend(row.hold, row.until)
    said = Reservation.GRANTED if yes else Reservation.DECLINED
    return _note_longer(row, said, facts.LONGER_ANSWERED, by=by, at=at, granted=yes)


@transaction.atomic
def forget_reservers(*, at: datetime | None = None, limit: int = 200) -> int:
    """Name, mail address and account leave what has been over for CONTACT_KEPT; the key of a no-show goes after NO_SHOW_KEPT.

    All other keys went when it was over. Returns how many things lost their contact.
    """
    at = at or clock.now()
    over = Reservation.objects.filter(state__in=reserving.FINAL)
    known = Q(guest__isnull=False) | Q(person__isnull=False)
    due = list(over.filter(known, state_since__lt=at - rules.CONTACT_KEPT).select_related("guest")[:limit])
    for row in due:
        if row.guest:
            accounts.erase_guest(row.guest, by=SYSTEM, at=at)
    Reservation.objects.filter(pk__in=[row.pk for row in due]).update(guest=None, person=None)
    over.filter(state_since__lt=at - rules.NO_SHOW_KEPT).exclude(contact_key="").update(contact_key="")
    return len(due)


def _locked(reservation: Reservation) -> Reservation:
    rows = Reservation.objects.select_for_update(of=("self",)).select_related("shop", "hold", "guest")
    return rows.get(pk=reservation.pk)


def _check_caps(key: str, found: Sellable, quantity: int, at: datetime) -> None:
    """How much one contact may have put aside, also with what is being put aside at this moment."""
    alone(f"orders.contact:{key}")
    if not 1 <= quantity <= min(rules.MAX_PIECES_ASIDE, found.available):
        most = min(rules.MAX_PIECES_ASIDE, found.available)
        raise ActionRefused(_("At most {number} of it can be put aside for you.").format(number=most), code="too-many")
    waiting = Reservation.objects.filter(contact_key=key, state__in=reserving.OPEN, until__gt=at)
    missed = Reservation.objects.filter(contact_key=key, no_show=True, state_since__gt=at - rules.NO_SHOW_KEPT).count()
    most = 1 if missed >= rules.NO_SHOWS else rules.MAX_ASIDE
    if waiting.count() >= most:
        words = _("You have {number} things put aside already. Please collect one first, or call it off.")
        raise ActionRefused(words.format(number=waiting.count()), code="cap")
    pieces = waiting.filter(offer=found.offer).aggregate(n=Sum("quantity"))["n"] or 0
    if pieces + quantity > rules.MAX_PIECES_ASIDE:
        words = _("“{title}” is put aside for you already. At most {number} pieces can be.")
        raise ActionRefused(words.format(title=found.offer.full_title, number=rules.MAX_PIECES_ASIDE), code="cap")


def _hold(found: Sellable, quantity: int, *, contact: str, until: datetime) -> Hold:
    key = catalogue_rules.stock_key(found.offer)
    later = max(until, clock.now() + timedelta(minutes=1))
    try:
        return pools.hold({key: quantity}, contact=contact, until=later)
    except SoldOut:
        raise ActionRefused(_("Somebody was quicker: there is not enough left."), code="sold-out") from None


def _write(found: Sellable, quantity: int, hold: Hold, **fields: Any) -> Reservation:
    """What stood on the page, with the contact; not saved yet."""
    offer, at, price = found.offer, fields.pop("at"), found.price_for(quantity)
    return Reservation(
        shop=offer.shop,
        offer=offer,
        stock_key=catalogue_rules.stock_key(offer),
        title=offer.full_title,
        content=price.content_text,
        price=price.total,
        unit_price=price.unit_price_text,
        quantity=quantity,
        age_limit=offer.age_limit,
        hold=hold,
        made_at=at,
        state_since=at,
        collection_code=new_collection_code(),
        **fields,
    )


def _give_back(row: Reservation, *, gone: bool) -> None:
    pools.release(row.hold)
    if gone:
        try:
            pools.supply(row.stock_key, -row.quantity)
        except SoldOut:
            return  # the time had run out before, and somebody has taken them: they are counted there


def _booked(row: Reservation) -> Hold:
    """The pieces leave the shelf; a hold that ran out a moment ago is taken once more."""
    hold = row.hold
    try:
        pools.confirm(hold)
    except HoldEnded:
        try:
            hold = pools.hold({row.stock_key: row.quantity}, contact="", until=clock.now() + timedelta(minutes=1))
        except SoldOut:
            raise ActionRefused(_("The time was over, and somebody else has bought it."), code="sold-out") from None
        pools.confirm(hold)
    return hold


def _is_known(row: Reservation) -> bool:
    """Whether somebody can be counted: a mail address or an account. Behind a network address there may be many people."""
    return row.person_id is not None or bool(row.guest and row.guest.email)


def _note_longer(row: Reservation, said: str, fact: Fact, *, by: Actor, at: datetime, **keys: bool) -> Reservation:
    row.longer, row.version = said, row.version + 1
    row.save(update_fields=["longer", "until", "version"])
    record(fact, subject=row, by=by, at=at, shop=row.shop_id, offer=row.offer_id, **keys)
    return row
