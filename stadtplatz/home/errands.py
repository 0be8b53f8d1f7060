"""Which kinds of errands there are, and where each shows its page."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from stadtplatz.kit import clock, ratelimit
from stadtplatz.kit.actors import Actor
from stadtplatz.kit.codes import read_number
from stadtplatz.kit.identity import is_on
from stadtplatz.kit.templatetags.kit import day, day_and_hour
from stadtplatz.moderation import queries as moderation
from stadtplatz.tickets import queries as tickets

# domain, with the noun where it has a second kind of errand -> name of the page that opens with the secret
KINDS = {
    "tickets": "tickets-page",
    "orders": "orders-page",
    "orders.reservations": "reservations-page",
    "orders.quotes": "quotes-page",
    "moderation": "notice-page",
    "appointments": "appointment",
}
TRIES = 5


@dataclass(frozen=True)
class Line:
    """One errand in a list."""

    kind: str
    number: str
    title: str
    url: str
    at: datetime
    state: str = ""
    badge: str = ""
    next: str = ""
    """What happens next and when, in words; empty when nothing is to come."""
    finished: bool = False
    secret: str = ""
    """Of an errand that only this device remembers."""


def queries_of(kind: str) -> Any | None:
    """The queries of this kind of errand, if the city has it switched on."""
    domain, _dot, noun = kind.partition(".")
    module = f"stadtplatz.{domain}.queries" + (f".{noun}" if noun else "")
    if not is_on(domain) or not find_spec(module):
        return None
    queries = import_module(module)
    return queries if hasattr(queries, "by_secret") else None


def kinds() -> list[tuple[str, Any]]:
    """(domain, its queries) for every kind of errand that works here."""
    return [(domain, queries) for domain in KINDS if (queries := queries_of(domain))]


def page_of(secret: str) -> str | None:
    """The address of the page this secret opens; None if it opens nothing."""
    for domain, queries in kinds():
        if queries.by_secret(secret):
            return reverse(KINDS[domain], args=[secret])
    return None


def secret_for(*, number: str, code: str, address: str) -> str | None:
    """The secret of the errand with this number and typed code; None for a wrong number and a wrong code alike.

    Each try counts, right or wrong: five an hour for the network address and five for the number, then TooOften.
    Every kind is asked whatever the number looks like, so that the time taken tells nothing.
    """
    ratelimit.count("home.find.address", address, limit=TRIES, per=timedelta(hours=1))
    ratelimit.count("home.find.number", read_number(number) or number, limit=TRIES, per=timedelta(hours=1))
    found = [queries.by_number_and_code(number, code) for _domain, queries in kinds()]
    return next((_errand(thing).secret for thing in found if thing), None)


def of_actor(actor: Actor) -> list[Line]:
    """All errands of this person, those still under way first, each newest first; none for somebody without an account."""
    if not actor.is_person:
        return []
    lines = [_line(domain, thing) for domain, queries in kinds() for thing in queries.mine(actor)]
    return sorted(lines, key=lambda line: (line.finished, -line.at.timestamp()))


def of_secrets(secrets: Iterable[str]) -> list[Line]:
    """The errands behind these secrets, those under way first, else in their order; what no longer exists is left out."""
    asked = kinds()
    found = ((secret, domain, queries.by_secret(secret)) for secret in secrets for domain, queries in asked)
    lines = [replace(_line(domain, thing), secret=secret) for secret, domain, thing in found if thing]
    return sorted(lines, key=lambda line: line.finished)


def _errand(thing: Any) -> Any:
    """The row with number and secret: the thing itself, or the case it stands on."""
    return getattr(thing, "case", thing)


def _line(domain: str, thing: Any) -> Line:
    return _LINES[domain](thing)


def _report_line(ticket: Any) -> Line:
    """A report: its state, and by when the next step is promised."""
    case = ticket.case
    until = case.due if case.closed_at is None else None
    return Line(
        kind=pgettext("errand", "Report"),
        number=case.number,
        title=ticket.title,
        url=reverse(KINDS["tickets"], args=[case.secret]),
        at=case.received_at,
        state=str(tickets.state_label(case)),
        badge="warning" if case.state == "waiting" else "info" if until else "",
        next=_("by {day}").format(day=day(until)) if until else "",
        finished=case.closed_at is not None,
    )


def _order_line(order: Any) -> Line:
    """An order: the shops it is from, the states of its parts, and the next collection."""
    parts = list(order.parts.all())
    still = sorted((part for part in parts if part.is_open), key=lambda part: part.starts_at)
    return Line(
        kind=pgettext("errand", "Order"),
        number=order.number,
        title=", ".join(part.shop_name for part in parts),
        url=reverse(KINDS["orders"], args=[order.secret]),
        at=order.placed_at,
        state=", ".join(dict.fromkeys(part.get_state_display() for part in still or parts)),
        badge="success" if any(part.state == "ready" for part in still) else "info" if still else "",
        next=_("collect {moment}").format(moment=day_and_hour(still[0].starts_at)) if still else "",
        finished=not still,
    )


def _reservation_line(reservation: Any) -> Line:
    """Something put aside: what it is, and until when it is kept."""
    running = reservation.is_open and reservation.until > clock.now()
    return Line(
        kind=pgettext("errand", "Put aside"),
        number=reservation.number,
        title=f"{reservation.title}, {reservation.shop.name}",
        url=reverse(KINDS["orders.reservations"], args=[reservation.secret]),
        at=reservation.made_at,
        state=reservation.get_state_display() if running or not reservation.is_open else _("time is over"),
        badge="success" if reservation.state == "ready" else "info" if running else "",
        next=_("kept until {moment}").format(moment=day_and_hour(reservation.until)) if running else "",
        finished=not running,
    )


def _notice_line(notice: Any) -> Line:
    """A notice about content: whether it is decided, and by when it will be."""
    case = notice.matter.case
    until = case.due if case.closed_at is None else None
    return Line(
        kind=pgettext("errand", "Notice"),
        number=notice.number,
        title=notice.matter.title,
        url=reverse(KINDS["moderation"], args=[notice.secret]),
        at=notice.received_at,
        state=str(moderation.state_of(notice.matter).label),
        badge="info" if until else "",
        next=_("by {day}").format(day=day(until)) if until else "",
        finished=case.closed_at is not None,
    )


def _appointment_line(appointment: Any) -> Line:
    """An appointment: what for, where, and when."""
    soon = appointment.is_open
    return Line(
        kind=pgettext("errand", "Appointment"),
        number=appointment.number,
        title=f"{appointment.title}, {appointment.shop.name}",
        url=reverse(KINDS["appointments"], args=[appointment.secret]),
        at=appointment.placed_at,
        state=appointment.get_state_display(),
        badge="success" if appointment.state == "booked" else "warning" if soon else "",
        next=day_and_hour(appointment.starts_at) if soon else "",
        finished=not soon,
    )


def _quote_line(quote: Any) -> Line:
    """A question for a price: what for, and until when the answer holds."""
    named = quote.state == "offered"
    return Line(
        kind=pgettext("errand", "Question for a price"),
        number=quote.number,
        title=f"{quote.title}, {quote.shop.name}",
        url=reverse(KINDS["orders.quotes"], args=[quote.secret]),
        at=quote.asked_at,
        state=quote.get_state_display(),
        badge="success" if quote.state in {"offered", "accepted"} else "info" if quote.is_open else "",
        next=_("answer until {day}").format(day=day(quote.valid_until)) if named and quote.valid_until else "",
        finished=not quote.is_open,
    )


_LINES: dict[str, Callable[[Any], Line]] = {
    "tickets": _report_line,
    "orders": _order_line,
    "orders.reservations": _reservation_line,
    "orders.quotes": _quote_line,
    "moderation": _notice_line,
    "appointments": _appointment_line,
}
