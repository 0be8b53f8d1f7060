"""What stands in the weekly letter and on the page of a part of the town: public reports and nothing else."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Count, Q

from stadtplatz.city.models import District
from stadtplatz.kit import clock
from stadtplatz.kit.actors import Actor
from stadtplatz.tickets.models import Category, Publication, WeeklyReader
from stadtplatz.tickets.queries.public import Filters, PublicLine, chosen, lines, newest, with_case

IN_A_LETTER = 15


@dataclass(frozen=True)
class LetterLine:
    """One report as the letter names it."""

    line: PublicLine

    def as_data(self) -> dict[str, str]:
        row = self.line.publication
        return {
            "url": settings.BASE_URL + self.line.url,
            "category": row.category.name,
            "place": row.ticket.case.place_label,
            "text": row.title,
            "state": self.line.state,
        }


@dataclass(frozen=True)
class Letter:
    """The newest of what became public, and of what was closed; the counts are of all."""

    new: list[LetterLine]
    closed: list[LetterLine]
    new_count: int
    closed_count: int


def letter_for(district: District | None, since: datetime, until: datetime) -> Letter:
    """What happened after `since` and up to `until`."""
    rows = chosen(Filters(state="alle", district=district.slug if district else ""))
    new = rows.filter(released_at__gt=since, released_at__lte=until)
    closed = rows.filter(open=False, ticket__case__closed_at__gt=since, ticket__case__closed_at__lte=until)
    return Letter(_lines(new), _lines(closed), new.count(), closed.count())


def _lines(rows: Any) -> list[LetterLine]:
    found: Iterable[Publication] = with_case(rows).order_by("-received_at")[:IN_A_LETTER]
    return [LetterLine(line) for line in lines(found)]


@dataclass(frozen=True)
class DistrictPage:
    """A part of the town: how many public reports are open, and what happened within 30 days."""

    district: District
    still_open: int
    new: int
    closed: int
    kinds: list[tuple[str, int]]
    lines: list[PublicLine]


def district_page(district: District, at: datetime | None = None) -> DistrictPage:
    """What everybody may know of this part of the town."""
    at = at or clock.now()
    lately = at - timedelta(days=30)
    rows = chosen(Filters(state="alle", district=district.slug))
    counts = rows.aggregate(
        still_open=Count("pk", filter=Q(open=True)),
        new=Count("pk", filter=Q(received_at__gte=lately)),
        closed=Count("pk", filter=Q(open=False, ticket__case__closed_at__gte=lately)),
    )
    kinds = rows.filter(Q(open=True) | Q(received_at__gte=lately)).values_list("category").annotate(n=Count("pk"))
    found = newest(Filters(district=district.slug), 10)
    return DistrictPage(district, kinds=_named(list(kinds.order_by("-n")[:6])), lines=found, **counts)


def weekly_of(actor: Actor) -> set[int | None]:
    """The parts of the town this person gets letters about; None is the whole town."""
    return set(WeeklyReader.objects.filter(person_id=actor.person_id).values_list("district_id", flat=True))


def _named(counted: list[tuple[int, int]]) -> list[tuple[str, int]]:
    names = Category.objects.in_bulk([pk for pk, _count in counted])
    return [(names[pk].name, count) for pk, count in counted]
