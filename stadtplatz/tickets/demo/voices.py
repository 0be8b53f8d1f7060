"""Others in the demo town: a danger at night, neighbours whom it concerns too, answers to the two questions."""

from __future__ import annotations

from datetime import datetime, timedelta

from stadtplatz.cases.rules import link_holder
from stadtplatz.kit.actors import ANONYMOUS
from stadtplatz.tickets import actions
from stadtplatz.tickets.demo.building import Teller, worker_of
from stadtplatz.tickets.models import DangerKind, Echo, Ticket

NIGHT = timedelta(days=2)


def build(teller: Teller, now: datetime) -> None:
    """Two dangers (one still open), a dozen voices of others, a neighbour who is asked, and feedback on what is done."""
    for number, (code, text, days) in enumerate(DANGERS):
        kind = DangerKind.objects.filter(code=code, active=True).first()
        if kind:
            _danger(teller, kind, text, now - days, taken=number > 0)
    open_ones = Ticket.objects.filter(case__closed_at=None, category__accuses=False).select_related("case", "category")
    for number, ticket in enumerate(open_ones.order_by("-pk")[2:8]):
        for voice in range(1 + number % 3):
            at = ticket.case.received_at + timedelta(hours=3 + voice)
            actions.join(ticket, kind=Echo.ME_TOO, by=ANONYMOUS, browser=f"demo-{number}-{voice}", at=min(at, now))
    _neighbour(teller, now - timedelta(days=6))
    done = Ticket.objects.filter(case__state="done").select_related("case").order_by("-pk")[:5]
    for ticket, (solved, score) in zip(done, ANSWERS, strict=False):
        at = min((ticket.case.closed_at or now) + timedelta(hours=20), now)
        actions.give_feedback(ticket, solved=solved, score=score, by=link_holder(ticket.case), at=at)


def _neighbour(teller: Teller, at: datetime) -> None:
    """Somebody whom it concerned too, who left an address, and is asked now whether it is solved."""
    place, label = teller.places[-3]
    category = teller.categories.get("street-light") or next(iter(teller.categories.values()))
    text = "Zwei Lampen am Fußweg sind seit Tagen dunkel."
    ticket = actions.open_ticket(text=text, place=place, place_label=label, category=category, by=ANONYMOUS, at=at)
    ticket = actions.accept(ticket, by=worker_of(ticket), at=at + timedelta(hours=3))
    email = "nina.nachbarin@example.org"
    actions.join(ticket, kind=Echo.ME_TOO, by=ANONYMOUS, email=email, at=at + timedelta(hours=5))
    words = "Beide Lampen haben ein neues Leuchtmittel und brennen wieder."
    actions.close(ticket, outcome="done", words=words, by=worker_of(ticket), at=at + timedelta(days=2))


def _danger(teller: Teller, kind: DangerKind, text: str, at: datetime, *, taken: bool) -> None:
    place, label = teller.places[-1 - int(taken)]
    category = teller.categories.get(kind.category) or next(iter(teller.categories.values()))
    ticket = actions.open_ticket(
        text=text, place=place, place_label=label, category=category, danger=kind, by=ANONYMOUS, at=at
    )
    if taken:
        ticket = actions.accept(ticket, by=worker_of(ticket), at=at + timedelta(minutes=9))
        actions.give_all_clear(ticket, by=worker_of(ticket), at=at + timedelta(minutes=70))


DANGERS = [
    ("shaft", "Auf dem Gehweg fehlt ein Kanaldeckel, das Loch ist offen!", timedelta(minutes=25)),
    ("tree", "Ein Baum neigt sich über die Straße und droht umzustürzen.", NIGHT),
]
ANSWERS = [("yes", 5), ("yes", 4), ("partly", 3), ("yes", None)]
