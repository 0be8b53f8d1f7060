"""A town with very many reports, the same ones for the same seed.

    VAR=... python -m benchmarks.tickets_load [COUNT]     fills the installation there (its city pack must be loaded)
    load(count=100_000, seed=1)                           the same from Python, with Django set up

About 20 a day up to today, in all states, at the real addresses of the loaded map; three of four are public. Facts are written
too, so that timelines and the table of facts are as large as they would be.
"""

from __future__ import annotations

import os
import random
import sys
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

A_DAY = 20
CHANNELS = ["web"] * 78 + ["phone"] * 12 + ["mail"] * 7 + ["counter"] * 3
OUTCOMES = ["done"] * 80 + ["declined"] * 8 + ["not_our_duty"] * 7 + ["duplicate"] * 5
OPENINGS = (
    "Seit einer Woche ist hier etwas nicht in Ordnung",
    "Mir ist auf dem Schulweg aufgefallen",
    "Bitte einmal ansehen",
    "Hallo, schon wieder das Gleiche",
    "Gestern Abend bemerkt",
    "Beim Spazierengehen gesehen",
)
DETAILS = (
    "Ältere Leute kommen nicht mehr vorbei.",
    "Die Kinder spielen direkt daneben.",
    "Es wird jeden Tag schlimmer.",
    "Vor zwei Monaten war es schon einmal repariert.",
    "Die Stelle liegt gegenüber der Bushaltestelle.",
    "Bei Regen läuft alles auf den Gehweg.",
    "Nachts ist es dort sehr dunkel.",
    "Danke für Ihre Mühe.",
)


def load(count: int = 100_000, seed: int = 1, *, facts: bool = True) -> None:
    """So many reports more; the newest were received within the last hours."""
    from stadtplatz.kit.actors import SYSTEM
    from stadtplatz.tickets.actions import import_reports
    from stadtplatz.tickets.models import Ticket

    before = Ticket.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    import_reports(_Town(seed).reports(count), source="benchmark", by=SYSTEM)
    if facts:
        _write_facts(before)


class _Town:
    """What reports are drawn from."""

    def __init__(self, seed: int) -> None:
        from stadtplatz.accounts.models import Guest
        from stadtplatz.city.models import Address
        from stadtplatz.kit import clock
        from stadtplatz.tickets.actions.opening import responsible
        from stadtplatz.tickets.models import Category

        self.dice, self.now = random.Random(seed), clock.now()
        rows = Address.objects.filter(gone_at=None).select_related("street", "district").defer("district__geometry")
        self.addresses = list(rows.order_by("pk"))
        self.categories = list(Category.objects.filter(active=True).order_by("order", "code"))
        self.hands = {category.pk: responsible(category.duty, None, self.now) for category in self.categories}
        names = [f"bench-{seed}-{number}@example.org" for number in range(2_000)]
        Guest.objects.bulk_create([Guest(email=name) for name in names])
        self.guests = list(Guest.objects.filter(email__in=names))

    def reports(self, count: int) -> Iterator[Any]:
        for number in range(count):
            ago = timedelta(days=(count - number - self.dice.random()) / A_DAY)
            yield self._report(self.now - ago)

    def _report(self, received: datetime) -> Any:
        from stadtplatz.tickets.actions import PastReport

        dice, address = self.dice, self.dice.choice(self.addresses)
        category = dice.choices(self.categories, weights=range(len(self.categories) + 4, 4, -1))[0]
        text = f"{category.name}. {dice.choice(OPENINGS)}. {' '.join(dice.sample(DETAILS, dice.randint(1, 3)))}"
        accepted, closed = self._way(received)
        return PastReport(
            text=text,
            category=category,
            to=self.hands[category.pk],
            received_at=received,
            place=(address.lon + dice.gauss(0, 0.0003), address.lat + dice.gauss(0, 0.0002)),
            place_label=str(address),
            district=address.district,
            state="new" if accepted is None else dice.choice(["accepted", "in_progress", "in_progress"]),
            accepted_at=accepted,
            closed_at=closed,
            outcome=dice.choice(OUTCOMES) if closed else "",
            channel=dice.choice(CHANNELS),
            contact=dice.choice(self.guests) if dice.random() < 0.6 else None,
            pass_ons=dice.choices([0, 1, 2], weights=[90, 8, 2])[0],
            public_text=text if dice.random() < 0.75 and not category.accuses else "",
        )

    def _way(self, received: datetime) -> tuple[datetime | None, datetime | None]:
        """Answered after a day or two, closed after a week or two; one in a hundred stays open for long."""
        accepted = received + timedelta(days=self.dice.expovariate(1 / 1.4))
        closed = accepted + timedelta(days=self.dice.expovariate(1 / (120 if self.dice.random() < 0.04 else 9)))
        forgotten = self.dice.random() < 0.005
        return accepted if accepted < self.now else None, closed if closed < self.now and not forgotten else None


def _write_facts(after: int) -> None:
    """For each new report: opened, accepted, and how it ended."""
    from stadtplatz.audit.models import Record
    from stadtplatz.tickets.models import Ticket

    rows = Ticket.objects.filter(pk__gt=after).select_related("case__unit", "category").order_by("pk")
    stream = rows.iterator(chunk_size=2_000)
    while batch := list(islice(stream, 2_000)):
        Record.objects.bulk_create([record for ticket in batch for record in _facts(Record, ticket)])


def _facts(record: Any, ticket: Any) -> Iterator[Any]:
    case = ticket.case
    about = {"subject_kind": "cases.case", "subject_id": case.pk}
    keys = {"unit": case.unit.slug}
    opened = keys | {"category": ticket.category.code, "channel": case.channel, "photos": 0}
    yield record(verb="tickets.opened", actor="anonymous", at=case.received_at, keys=opened, **about)
    if case.accepted_at:
        yield record(verb="tickets.accepted", actor="system", at=case.accepted_at, keys=keys, **about)
    if case.closed_at:
        yield record(verb=f"tickets.{case.outcome}", actor="system", at=case.closed_at, keys=keys, **about)


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "stadtplatz.settings")
    import django

    django.setup()
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    started = time.perf_counter()
    load(count)
    print(f"{count} reports in {time.perf_counter() - started:.0f} s")


if __name__ == "__main__":
    main()
