"""The reports that the figures are about, without their words and without anybody's name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.db.models import BooleanField, ExpressionWrapper, F, Q

from stadtplatz.cases.models import Case, Deadline
from stadtplatz.tickets.flow import DONE, FIRST_ANSWER
from stadtplatz.tickets.models import EchoFeedback, Feedback
from stadtplatz.tickets.queries.finding import KIND


@dataclass
class Report:
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


def reports_of(units: Iterable[int], since: datetime, at: datetime) -> list[Report]:
    """The database compares the many moments, so that few of them have to be read."""
    cases = Case.objects.filter(kind=KIND, unit__in=units, received_at__gte=since).annotate(
        is_late=_says(Q(closed_at=None, due__isnull=False, due__lt=at)),
        again=_says(Q(ticket__reopened_at__isnull=False)),
    )
    rows = {row[0]: Report(*row) for row in cases.values_list(*_COLUMNS).iterator(2_000)}
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


def said_by_joined(units: Iterable[int], since: datetime) -> list[bool]:
    """What those said whom these reports concern too."""
    rows = EchoFeedback.objects.filter(echo__ticket__case__unit__in=units, echo__ticket__case__received_at__gte=since)
    return [solved == Feedback.YES for solved in rows.values_list("solved", flat=True)]


def _says(condition: Q) -> ExpressionWrapper:
    return ExpressionWrapper(condition, output_field=BooleanField())


def _days(start: datetime, end: datetime) -> float:
    return (end - start).total_seconds() / 86_400
