"""Counts, medians and shares of some reports; too few of them tell nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median

from stadtplatz.tickets.models import Feedback
from stadtplatz.tickets.queries.dashboard.reports import Report

FEWEST = 5
"""Figures from fewer reports than this are not shown."""


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


def grouped(rows: list[Report], names: dict[int, str], key: Callable[[Report], int]) -> list[Figure]:
    """A figure for each name that occurs, the largest first."""
    groups: dict[str, list[Report]] = defaultdict(list)
    for row in rows:
        groups[names.get(key(row), "?")].append(row)
    return sorted((figure_of(name, group) for name, group in groups.items()), key=lambda f: (-f.received, f.name))


def figure_of(name: str, rows: list[Report]) -> Figure:
    """All there is to say of these reports in numbers."""
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
        kept=share(promised),
        reopened=share([row.reopened for row in closed]),
        solved=share(said),
        answers=len(said),
    )


def _median(values: list[float]) -> float | None:
    return round(median(values), 1) if len(values) >= FEWEST else None


def share(values: list[bool]) -> int | None:
    """Per cent of what is true; None for fewer than FEWEST."""
    return round(sum(values) * 100 / len(values)) if len(values) >= FEWEST else None


def per_thousand(count: int, residents: int | None) -> float | None:
    """For each thousand residents; None where they are not known, or for fewer than FEWEST."""
    return round(count * 1000 / residents, 1) if residents and count >= FEWEST else None
