"""Telling each story of the demo through the real actions, at its real hour."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import datetime, timedelta

from stadtplatz.accounts import actions as accounts
from stadtplatz.accounts.demo import CITIZEN
from stadtplatz.accounts.models import Person
from stadtplatz.accounts.visitors import actor_for
from stadtplatz.cases.rules import link_holder
from stadtplatz.city import queries as city
from stadtplatz.city.models import Address, Membership, Unit
from stadtplatz.kit import clock, workdays
from stadtplatz.kit.actors import ANONYMOUS, Actor
from stadtplatz.kit.identity import city as identity
from stadtplatz.kit.uploads import AcceptedImage
from stadtplatz.tickets import actions
from stadtplatz.tickets.demo import post
from stadtplatz.tickets.demo.pictures import draw
from stadtplatz.tickets.demo.publications import publish
from stadtplatz.tickets.demo.stories import ANSWERS, DONE_STORIES, OPEN_STORIES, Story
from stadtplatz.tickets.models import Category, Ticket

SEED = "stadtplatz"


def build(now: datetime) -> Teller | None:
    """About sixty reports of the last four months exist, as if they had been worked on. None, and nothing done, if there are any."""
    if Ticket.objects.exists() or not Category.objects.exists():
        return None
    rng = random.Random(SEED)  # noqa: S311 - a story, not a secret
    teller = Teller(now, rng)
    for number, story in enumerate(sorted([*OPEN_STORIES, *DONE_STORIES], key=lambda s: -s.days)):
        teller.tell(number, story)
    post.build(now)
    publish(now)
    return teller


class Teller:
    """Knows places, categories and the hours of the office."""

    def __init__(self, now: datetime, rng: random.Random):
        self.now, self.rng = now, rng
        self.categories = {row.code: row for row in Category.objects.all()}
        self.places = _places(rng, len(OPEN_STORIES) + len(DONE_STORIES))
        self.pictures: dict[tuple[str, int], AcceptedImage] = {}

    def tell(self, number: int, story: Story) -> None:
        """Report it, then let the office do what the story says."""
        at = self._reported_at(story)
        place, label = self.places[number]
        contact = None
        if story.contact:
            contact = accounts.leave_contact(
                email=CITIZEN if number % 12 == 0 else f"person{number + 1}@example.org", language=story.language
            )
        ticket = actions.open_ticket(
            text=story.text,
            place=place,
            place_label=label,
            place_note=story.note,
            category=self.categories.get(story.category) or self.rng.choice(list(self.categories.values())),
            photos=[self.picture(story.category, i + number % 2) for i in range(story.photos)],
            contact=contact,
            by=ANONYMOUS,
            channel="web" if number % 9 else "phone",
            language=story.language,
            at=at,
        )
        if story.german:
            actions.keep_translation(ticket, text=story.german, by=worker_of(ticket), at=at + timedelta(minutes=40))
        WAYS[story.way](self, ticket, at)

    def hour(self, at: datetime, days: float) -> datetime:
        """An hour of the office so many working days later, never in the future."""
        later = workdays.add_working_days(at, int(days), identity().land) if days >= 1 else at
        opened = clock.local(later).replace(hour=8 + self.rng.randint(0, 7), minute=self.rng.randint(0, 59), second=0)
        moment = opened if opened > at else at + timedelta(minutes=self.rng.randint(20, 90))
        return min(moment, self.now - timedelta(minutes=2))

    def _reported_at(self, story: Story) -> datetime:
        if story.days == 0:
            return self.now - timedelta(minutes=self.rng.randint(25, 200))
        day = clock.local(self.now - timedelta(days=story.days))
        return day.replace(hour=self.rng.randint(7, 21), minute=self.rng.randint(0, 59), second=0, microsecond=0)

    def picture(self, category: str, seed: int) -> AcceptedImage:
        if (category, seed) not in self.pictures:
            self.pictures[category, seed] = draw(category, seed)
        return self.pictures[category, seed]


def _places(rng: random.Random, wanted: int) -> list[tuple[tuple[float, float], str]]:
    """Real addresses of the town; without a map, points around its middle."""
    pks = list(Address.objects.filter(gone_at=None).order_by("pk").values_list("pk", flat=True))
    rows = Address.objects.filter(pk__in=rng.sample(pks, min(len(pks), wanted * 3))).select_related(
        "street", "district"
    )
    chosen = [row for row in rows.order_by("pk") if city.inside_town(row.lon, row.lat)]
    rng.shuffle(chosen)
    places = [((row.lon, row.lat), ", ".join(filter(None, [str(row), str(row.district or "")]))) for row in chosen]
    lon, lat = identity().centre
    while len(places) < wanted:
        places.append(((lon + rng.uniform(-0.002, 0.002), lat + rng.uniform(-0.002, 0.002)), ""))
    return places[:wanted]


def worker_of(ticket: Ticket) -> Actor:
    """Whoever has it, else somebody of the unit, else the head of a unit above."""
    case = ticket.case
    if case.assignee:
        return actor_for(case.assignee)
    unit: Unit | None = case.unit
    while unit is not None:
        member = Membership.objects.filter(unit=unit, ended=False).select_related("person").order_by("id").first()
        if member:
            return actor_for(member.person)
        unit = unit.parent
    return actor_for(Person.objects.filter(unit_memberships__role=Membership.LEAD).order_by("id")[0])


def _new(t: Teller, ticket: Ticket, at: datetime) -> None:
    """It lies there, as it should for an hour or a day."""


def _accepted(t: Teller, ticket: Ticket, at: datetime) -> Ticket:
    return actions.accept(ticket, by=worker_of(ticket), at=t.hour(at, 1))


def _in_progress(t: Teller, ticket: Ticket, at: datetime) -> Ticket:
    ticket = _accepted(t, ticket, at)
    return actions.start(ticket, by=worker_of(ticket), words=ANSWERS["start"], at=t.hour(ticket.case.changed_at, 1))


def _waiting(t: Teller, ticket: Ticket, at: datetime) -> None:
    ticket = _accepted(t, ticket, at)
    actions.ask(ticket, words=ANSWERS["waiting"], by=worker_of(ticket), at=t.hour(ticket.case.changed_at, 0))


def _passed_on(t: Teller, ticket: Ticket, at: datetime) -> None:
    by, own = worker_of(ticket), ticket.case.unit_id
    others = Unit.objects.filter(closed=False, memberships__isnull=False).exclude(pk=own).distinct()
    other = others.filter(slug__in=["bauhof", "stadtreinigung"]).first() or others.first()
    if other:
        actions.pass_on(ticket, unit=other, reason=ANSWERS["pass_on"], by=by, at=t.hour(at, 1))


def _late_accepted(t: Teller, ticket: Ticket, at: datetime) -> None:
    ticket = _accepted(t, ticket, at)
    later = t.hour(ticket.case.changed_at, 1)
    actions.write(ticket, body=ANSWERS["note"], internal=True, by=worker_of(ticket), at=later)


def _closed(outcome: str) -> Callable[[Teller, Ticket, datetime], Ticket]:
    def way(t: Teller, ticket: Ticket, at: datetime) -> Ticket:
        ticket = _accepted(t, ticket, at)
        original = None
        if outcome == "duplicate":
            earlier = Ticket.objects.filter(category=ticket.category, duplicate_of=None).exclude(pk=ticket.pk)
            original = earlier.order_by("pk").first() or Ticket.objects.exclude(pk=ticket.pk).first()
        photos = [t.picture(ticket.category.code, 7)] if outcome == "done" and ticket.pk % 4 == 0 else []
        return actions.close(
            ticket,
            outcome=outcome,
            words=ANSWERS[outcome],
            duplicate_of=original,
            said_by="Landratsamt (erfunden), telefonisch" if outcome == "not_our_duty" else "",
            forwarded_to="Straßenmeisterei (erfunden)" if outcome == "not_our_duty" else "",
            photos=photos,
            by=worker_of(ticket),
            at=t.hour(ticket.case.changed_at, t.rng.randint(1, 4)),
        )

    return way


def _reopened(t: Teller, ticket: Ticket, at: datetime) -> None:
    ticket = _closed("done")(t, ticket, at)
    later = min(ticket.case.changed_at + timedelta(days=2, hours=1), t.now - timedelta(minutes=30))
    actions.reopen(ticket, words=ANSWERS["reopened"], by=link_holder(ticket.case), at=later)


def _withdrawn(t: Teller, ticket: Ticket, at: datetime) -> None:
    actions.withdraw(ticket, by=link_holder(ticket.case), at=at + timedelta(hours=5))


WAYS: dict[str, Callable] = {
    "new": _new,
    "late_new": _new,
    "accepted": _accepted,
    "in_progress": _in_progress,
    "waiting": _waiting,
    "passed_on": _passed_on,
    "late_accepted": _late_accepted,
    "reopened": _reopened,
    "withdrawn": _withdrawn,
    "done": _closed("done"),
    "declined": _closed("declined"),
    "not_our_duty": _closed("not_our_duty"),
    "duplicate": _closed("duplicate"),
}
