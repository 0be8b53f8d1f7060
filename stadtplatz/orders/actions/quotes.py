"""Asking a shop for a price, naming one, and saying yes or no. No contract is made here."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from stadtplatz.accounts import actions as accounts
from stadtplatz.accounts import queries as people
from stadtplatz.audit.actions import record
from stadtplatz.catalogue.models import Offer
from stadtplatz.kit import clock
from stadtplatz.kit.actors import SYSTEM, Actor
from stadtplatz.kit.money import Money
from stadtplatz.kit.refusals import ActionRefused, NotAllowed, Stale
from stadtplatz.orders import facts, quoting, rules
from stadtplatz.orders.models import Quote

LONGEST = 3_000
"""Characters of a wish or an answer."""


@transaction.atomic
def ask_price(
    *, offer: Offer, wish: str, name: str, email: str = "", by: Actor, language: str = "de", at: datetime | None = None
) -> Quote:
    """The shop reads what is needed and is told; the citizen follows it by link, or number and code.

    Refused without a name or words, and for an offer that is not shown or has a price.
    """
    at = at or clock.now()
    if not name.strip() or not wish.strip():
        raise ActionRefused(_("Please say what you need, and your name."), code="missing")
    if offer.kind != Offer.QUOTE or not offer.is_on_sale:
        raise ActionRefused(_("There is no price to be asked for here."), code="not-on-request")
    guest = accounts.leave_contact(name=name, email=email, language=language)
    made = Quote.objects.create(
        shop=offer.shop,
        offer=offer,
        title=offer.full_title,
        wish=wish.replace("\x00", "").strip()[:LONGEST],
        guest=guest,
        person=people.person_of(by.key) if by.is_person else None,
        language=language,
        state_since=at,
        asked_at=at,
    )
    actor = by if by.is_person else Actor("guest", guest.key, guest_id=guest.pk)
    record(facts.PRICE_ASKED, subject=made, by=actor, at=at, shop=made.shop_id, offer=offer.pk)
    return made


def name_price(
    quote: Quote,
    *,
    price: Money,
    valid_until: date,
    words: str = "",
    by: Actor,
    expected_version: int | None = None,
    at: datetime | None = None,
) -> Quote:
    """The citizen reads the price and until when it holds. Refused for a day that is over or more than a year away, and below nothing."""
    today = clock.local(at or clock.now()).date()
    if not today <= valid_until <= today + timedelta(days=366):
        raise ActionRefused(_("Please choose a last day between today and a year from now."), code="day")
    if price.cents < 0:
        raise ActionRefused(_("Please give a price."), code="price")
    said = {"price": price, "valid_until": valid_until, "answer": words.strip()[:LONGEST]}
    return move_quote(quote, move="offer", by=by, expected_version=expected_version, said=said, at=at)


def refuse_price(
    quote: Quote, *, reason: str, by: Actor, expected_version: int | None = None, at: datetime | None = None
) -> Quote:
    """The citizen reads why the shop names no price. Refused without a reason."""
    if not reason.strip():
        raise ActionRefused(_("Please tell the customer why."), code="reason")
    said: dict[str, object] = {"answer": reason.strip()[:LONGEST]}
    return move_quote(quote, move="refuse", by=by, expected_version=expected_version, said=said, at=at)


@transaction.atomic
def move_quote(
    quote: Quote,
    *,
    move: str,
    by: Actor,
    expected_version: int | None = None,
    said: Mapping[str, object] | None = None,
    at: datetime | None = None,
) -> Quote:
    """It is one move further; the only way to change its state. The other side is told (reactions).

    Refused with NotAllowed for anybody but those the move belongs to, with Stale when it was moved since the page was opened, when
    the move does not start at its state, and a yes or no after the last day.
    """
    step, at = quoting.MOVES[move], at or clock.now()
    row = Quote.objects.select_for_update(of=("self",)).select_related("shop", "guest").get(pk=quote.pk)
    if not rules.may_move_quote(by, row, step):
        raise NotAllowed(_("This is not yours to change."))
    if expected_version is not None and row.version != expected_version:
        words = _("This was changed since you opened the page. It is now: {state}.")
        raise Stale(words.format(state=row.get_state_display()), current=row)
    if row.state not in step.start:
        words = _("That is no longer possible: {state}.")
        raise ActionRefused(words.format(state=row.get_state_display()), code="wrong-state")
    if move in {"accept", "decline"} and row.valid_until and clock.local(at).date() > row.valid_until:
        raise ActionRefused(_("The price no longer holds. Please ask the shop once more."), code="over")
    for field, value in (said or {}).items():
        setattr(row, field, value)
    row.state, row.state_since, row.version = step.end, at, row.version + 1
    row.save()
    record(step.fact, subject=row, by=by, at=at, shop=row.shop_id, offer=row.offer_id)
    return row


@transaction.atomic
def forget_quotes(*, at: datetime | None = None, limit: int = 200) -> int:
    """What has been over for QUOTE_KEPT loses its words and its contact; returns how many."""
    at = at or clock.now()
    known = Q(guest__isnull=False) | Q(person__isnull=False) | ~Q(wish="")
    over = Quote.objects.filter(known, state__in=quoting.FINAL, state_since__lt=at - rules.QUOTE_KEPT)
    rows = list(over.select_related("guest")[:limit])
    for row in rows:
        if row.guest:
            accounts.erase_guest(row.guest, by=SYSTEM, at=at)
    Quote.objects.filter(pk__in=[row.pk for row in rows]).update(guest=None, person=None, wish="", answer="")
    return len(rows)
