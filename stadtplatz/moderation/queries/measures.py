"""Measures against misuse, by whom they concern."""

from __future__ import annotations

from stadtplatz.moderation.models import Measure


def running_measure(subject: str) -> Measure | None:
    """The suspension for misuse that runs for this owner or sender."""
    return Measure.objects.filter(subject=subject, kind=Measure.SUSPENSION, ended_at=None).first()


def measures_of(subject: str) -> list[Measure]:
    """What was decided about misuse by this owner, newest first."""
    return list(Measure.objects.filter(subject=subject))


MEASURE_MAIL = "moderation/mail/measure.html"


def measure_context(row: Measure, what: str) -> dict[str, object]:
    """What the mail about a measure says."""
    kept = ("side", "cases", "total", "gravity", "intention", "reasons", "until", "answer", "end_reason")
    return {"what": what, "upheld": bool(row.upheld), **{name: getattr(row, name) for name in kept}}
