"""Ringing the devices that asked to be told of a report. They learn that there is news, never what."""

from __future__ import annotations

from stadtplatz.audit.models import Record
from stadtplatz.audit.reactions import reacts_to
from stadtplatz.cases.models import Case
from stadtplatz.notifications import actions as notifications
from stadtplatz.tickets.queries.post import PREFIX

NEWS = (
    "tickets.accepted",
    "tickets.started",
    "tickets.asked",
    "tickets.done",
    "tickets.declined",
    "tickets.not_our_duty",
    "tickets.duplicate",
    "tickets.reopened",
    "cases.message_sent",
    "cases.passed_on",
)
OVER = ("tickets.archived", "tickets.withdrawn", "tickets.anonymised", "cases.applicant_forgotten")


@reacts_to(*NEWS)
def ring(record: Record) -> None:
    """Every device that asked for it rings; twice for the same news is no harm, because the second replaces the first."""
    if about := _about(record):
        notifications.ring(about)


@reacts_to(*OVER)
def fall_silent(record: Record) -> None:
    """A report that is over, or no longer anybody's, rings nowhere."""
    if about := _about(record):
        notifications.take_bells_down(about)


def _about(record: Record) -> str:
    if record.subject_kind != "cases.case":
        return ""
    number = Case.objects.filter(pk=record.subject_id, kind="ticket").values_list("number", flat=True).first()
    return f"{PREFIX}{number}" if number else ""
