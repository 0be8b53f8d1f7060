"""Figures for heads: of units and never of single people, small numbers left out. See docs/figures.md for each definition."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache, cached_property
from statistics import median
from typing import Any

from django.db.models import BooleanField, ExpressionWrapper, F, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from stadtplatz.cases.models import Case, Deadline
from stadtplatz.cases.rules import reach_of
from stadtplatz.city.models import Unit
from stadtplatz.city.queries import parts_of_town, staffing
from stadtplatz.kit import clock, geo
from stadtplatz.kit.actors import Actor
from stadtplatz.tickets.flow import DONE, FIRST_ANSWER
from stadtplatz.tickets.kept import words
from stadtplatz.tickets.models import EchoFeedback, Feedback, Guidance
from stadtplatz.tickets.queries.finding import KIND

PERIODS = {"30": gettext_lazy("30 days"), "90": gettext_lazy("90 days"), "365": gettext_lazy("12 months")}
FEWEST = 5
"""Figures from fewer reports than this are not shown."""
FEWEST_PEOPLE = 3
"""A unit with fewer people is counted with the one above it, so that no figure is about one clerk."""
HOT_SPOTS = 8


@dataclass(frozen=True)
class Figure:
    """One row of a table. None stands for too few reports to tell; `share` figures are percent, `days` calendar days."""

    name: str
    received: int
    open: int
    late: int
    first_answer: float | None = None
    done: float | None = None
    kept: int | None = None
    reopened: int | None = None
    solved: int | None = None
    answers: int = 0


@dataclass(frozen=True)
class Week:
    monday: date
    received: int
    closed: int


@dataclass(frozen=True)
class Part:
    """A district or a channel: how many, and for each 1,000 residents where their number is known."""

    name: str
    received: int
    residents: int | None = None
    invented: bool = False
    """Whether the number of residents was made up, for a demo."""

    @property
    def per_thousand(self) -> float | None:
        return round(self.received * 1000 / self.residents, 1) if self.residents and self.received >= FEWEST else None


@dataclass(frozen=True)
class Spot:
    """A square of the map with many reports."""

    lon: float
    lat: float
    label: str
    count: int
    category: str


@dataclass(frozen=True)
class Dashboard:
    """Everything the page shows, fetched."""

    days: int
    since: datetime
    whole: Figure
    units: list[Figure]
    categories: list[Figure]
    weeks: list[Week]
    districts: list[Part]
    channels: list[Part]
    spots: list[Spot]
    residents_source: str
    town_per_thousand: float | None
    joined_solved: int | None
    """Percent of those who joined and say that it is solved; counted apart from the reporters."""
    joined_answers: int


@dataclass
class _Row:
    """What is known of one report, without its words and without anybody's name."""

    case: int
    unit: int
    category: int
    district: int | None
    channel: str
    received: datetime
    closed: datetime | None
    outcome: str
    lon: float | None
    lat: float | None
    place: str
    late: bool
    reopened: bool
    answered: datetime | None = None
    kept: bool | None = None
    """Whether the promise of completion was kept; None while it can still be kept."""
    solved: str = ""

    @cached_property
    def days_to_answer(self) -> float | None:
        return _days(self.received, self.answered) if self.answered else None

    @cached_property
    def days_to_end(self) -> float | None:
        """None while it is open, and for what its reporter took back."""
        return _days(self.received, self.closed) if self.closed and self.outcome != "withdrawn" else None


_COLUMNS = (
    *("pk", "unit_id", "ticket__category_id", "district_id", "channel", "received_at", "closed_at", "outcome"),
    *("lon", "lat", "place_label", "is_late", "again"),
)


def dashboard(actor: Actor, days: str = "90", at: datetime | None = None) -> Dashboard:
    """What came in within so many days at the units this person heads, how long it took and how it ended. At most ten queries.

    Open and late are as of now, of the reports of that time.
    """
    at = at or clock.now()
    span = int(days) if days in PERIODS else 90
    since = at - timedelta(days=span)
    led = reach_of(actor).led
    rows = _rows(led, since, at)
    names = {row.pk: row.name for row in words().every_category}
    guidance = words().guidance or Guidance()
    residents = guidance.residents or {}
    joined = _said_by_joined(led, since)
    return Dashboard(
        days=span,
        since=since,
        whole=_figure(_("All together"), rows),
        units=_grouped(rows, _unit_names(led), lambda row: row.unit),
        categories=_grouped(rows, names, lambda row: row.category),
        weeks=_weeks(rows, since, at),
        districts=_by_district(rows, residents),
        channels=_by_channel(rows),
        spots=_spots(rows, names),
        residents_source=residents.get("source", ""),
        town_per_thousand=_per_thousand(len(rows), residents.get("town")),
        joined_solved=_share(joined),
        joined_answers=len(joined),
    )


def _rows(units: Iterable[int], since: datetime, at: datetime) -> list[_Row]:
    """The database compares the many moments, so that few of them have to be read."""
    cases = Case.objects.filter(kind=KIND, unit__in=units, received_at__gte=since).annotate(
        is_late=_says(Q(closed_at=None, due__isnull=False, due__lt=at)),
        again=_says(Q(ticket__reopened_at__isnull=False)),
    )
    rows = {row[0]: _Row(*row) for row in cases.values_list(*_COLUMNS).iterator(2_000)}
    promised = Deadline.objects.filter(case__kind=KIND, case__unit__in=units, case__received_at__gte=since)
    for case, met in promised.filter(code=FIRST_ANSWER).exclude(met_at=None).values_list("case_id", "met_at"):
        rows[case].answered = met
    told = promised.filter(Q(met_at__isnull=False) | Q(due__lt=at), code=DONE, due__isnull=False)
    kept = _says(Q(met_at__isnull=False, met_at__lte=F("due")))
    for case, was_kept in told.annotate(was_kept=kept).values_list("case_id", "was_kept"):
        rows[case].kept = was_kept
    said = Feedback.objects.filter(ticket__case__unit__in=units, ticket__case__received_at__gte=since).order_by("at")
    for case, solved, reopened in said.values_list("ticket__case_id", "solved", "reopened"):
        rows[case].solved = solved
        rows[case].reopened |= reopened
    return list(rows.values())


def _grouped(rows: list[_Row], names: dict[int, str], key: Callable[[_Row], int]) -> list[Figure]:
    groups: dict[str, list[_Row]] = defaultdict(list)
    for row in rows:
        groups[names.get(key(row), "?")].append(row)
    return sorted((_figure(name, group) for name, group in groups.items()), key=lambda f: (-f.received, f.name))


def _figure(name: str, rows: list[_Row]) -> Figure:
    closed = [row for row in rows if row.days_to_end is not None]
    answered = [row.days_to_answer for row in rows if row.days_to_answer is not None]
    done = [row.days_to_end for row in closed if row.days_to_end is not None and row.outcome == "done"]
    promised = [row.kept for row in rows if row.kept is not None]
    said = [row.solved == Feedback.YES for row in rows if row.solved]
    return Figure(
        name=name,
        received=len(rows),
        open=sum(row.closed is None for row in rows),
        late=sum(row.late for row in rows),
        first_answer=_median(answered),
        done=_median(done),
        kept=_share(promised),
        reopened=_share([row.reopened for row in closed]),
        solved=_share(said),
        answers=len(said),
    )


def _said_by_joined(units: Iterable[int], since: datetime) -> list[bool]:
    """What those said whom these reports concern too."""
    rows = EchoFeedback.objects.filter(echo__ticket__case__unit__in=units, echo__ticket__case__received_at__gte=since)
    return [solved == Feedback.YES for solved in rows.values_list("solved", flat=True)]


def _says(condition: Q) -> ExpressionWrapper:
    return ExpressionWrapper(condition, output_field=BooleanField())


def _days(start: datetime, end: datetime) -> float:
    return (end - start).total_seconds() / 86_400


def _median(values: list[float]) -> float | None:
    return round(median(values), 1) if len(values) >= FEWEST else None


def _share(values: list[bool]) -> int | None:
    return round(sum(values) * 100 / len(values)) if len(values) >= FEWEST else None


def _per_thousand(count: int, residents: int | None) -> float | None:
    return round(count * 1000 / residents, 1) if residents and count >= FEWEST else None


def _unit_names(led: Iterable[int]) -> dict[int, str]:
    """For each unit the name its figures stand under: its own, or that of the first one above with enough people."""
    held = staffing()
    units, people = held.units, Counter[int]()
    for pk, members in held.members.items():
        for unit in _line(units, pk):
            people[unit.pk] += len(members)
    names = {}
    for pk in led:
        large = next((unit for unit in _line(units, pk) if people[unit.pk] >= FEWEST_PEOPLE), None)
        names[pk] = large.name if large else _("Small units together")
    return names


def _line(units: dict[int, Unit], pk: int | None) -> list[Unit]:
    """The unit and those above it."""
    line: list[Unit] = []
    while pk is not None and pk in units and units[pk] not in line:
        line.append(units[pk])
        pk = units[pk].parent_id
    return line


def _weeks(rows: list[_Row], since: datetime, at: datetime) -> list[Week]:
    received = Counter(_monday(row.received) for row in rows)
    closed = Counter(_monday(row.closed) for row in rows if row.closed)
    first, last = _monday(since), _monday(at)
    mondays = [first + timedelta(weeks=number) for number in range((last - first).days // 7 + 1)]
    return [Week(monday, received[monday], closed[monday]) for monday in mondays]


def _monday(moment: datetime) -> date:
    return _monday_of(clock.local(moment).date())


@cache
def _monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _by_district(rows: list[_Row], residents: dict[str, Any]) -> list[Part]:
    counts = Counter(row.district for row in rows)
    known = {row.pk: row for row in parts_of_town()}
    people, invented = residents.get("districts", {}), residents.get("invented", [])
    parts = [
        Part(row.name, counts[pk], people.get(row.slug), row.slug in invented)
        for pk, row in known.items()
        if counts[pk]
    ]
    if elsewhere := sum(count for pk, count in counts.items() if pk not in known):
        parts.append(Part(_("without district"), elsewhere))
    return sorted(parts, key=lambda part: -part.received)


def _by_channel(rows: list[_Row]) -> list[Part]:
    labels: dict[str, Any] = dict(Case.CHANNELS)
    return [Part(str(labels.get(code, code)), count) for code, count in Counter(r.channel for r in rows).most_common()]


def _spots(rows: list[_Row], names: dict[int, str]) -> list[Spot]:
    cells: dict[int, list[_Row]] = defaultdict(list)
    for row in rows:
        if row.lon is not None and row.lat is not None:
            cells[geo.cell(row.lon, row.lat)].append(row)
    many = sorted(cells.values(), key=len, reverse=True)[:HOT_SPOTS]
    return [_spot(group, names) for group in many if len(group) >= FEWEST]


def _spot(group: list[_Row], names: dict[int, str]) -> Spot:
    count = len(group)
    place = Counter(row.place for row in group).most_common(1)[0][0]
    category = Counter(row.category for row in group).most_common(1)[0][0]
    lon, lat = sum(row.lon or 0 for row in group) / count, sum(row.lat or 0 for row in group) / count
    return Spot(lon, lat, place, count, names.get(category, ""))
