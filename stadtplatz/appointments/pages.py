"""What the pages of appointments show, worked out before the template."""

from datetime import UTC, datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from stadtplatz.appointments import flow, rules
from stadtplatz.appointments.actions.booking import too_late
from stadtplatz.appointments.models import Appointment
from stadtplatz.audit import queries as audit
from stadtplatz.kit.templatetags.kit import day, day_and_hour, hour
from stadtplatz.kit.timeline import Timeline, TimelineEntry

BADGES = {
    flow.REQUESTED: "warning",
    flow.BOOKED: "success",
    flow.DECLINED: "danger",
    flow.CANCELLED: "warning",
    flow.DONE: "info",
    flow.MISSED: "warning",
}


def when_words(start: datetime, end: datetime) -> str:
    """`Dienstag, 24. November, 10:00 bis 10:45 Uhr`."""
    begin = hour(start).removesuffix(" Uhr")
    return _("{day}, {start} to {end}").format(day=day(start), start=begin, end=hour(end))


def sentence(row: Appointment) -> str:
    """Where it stands, in one sentence for the customer."""
    when = when_words(row.starts_at, row.ends_at)
    return {
        flow.REQUESTED: _("You asked {shop} for {when}. The shop has still to say yes."),
        flow.BOOKED: _("{shop} expects you on {when}."),
        flow.DECLINED: _("{shop} cannot offer you this time."),
        flow.CANCELLED: _("The appointment at {shop} was cancelled."),
        flow.DONE: _("You were at {shop} on {when}."),
        flow.MISSED: _("{shop} waited for you on {when}."),
    }[row.state].format(shop=row.shop.name, when=when)


def timeline_of(row: Appointment, *, at: datetime, audience: str = audit.APPLICANT) -> Timeline:
    """The shared timeline: one sentence, who has the ball, until when, and all that was recorded."""
    holder = row.shop.name if row.state == flow.REQUESTED else ""
    return Timeline(
        sentence=sentence(row),
        who=holder,
        until=row.starts_at if row.state == flow.REQUESTED else None,
        entries=_entries(row, audience),
        overdue=row.state == flow.REQUESTED and row.starts_at < at,
        finished=not row.is_open,
        number=row.number,
    )


def _entries(row: Appointment, audience: str) -> list[TimelineEntry]:
    found = audit.timeline(row, audience=audience)
    last = next((entry for entry in reversed(found) if entry.keys.get("by_shop") and entry.verb in _WITH_REASON), None)
    return [
        TimelineEntry(
            entry.at,
            _told(entry),
            who=row.shop.name if entry.keys.get("by_shop") else "",
            body=row.reason if entry is last else "",
            kind="fact",
        )
        for entry in found
    ]


_WITH_REASON = {"appointments.declined", "appointments.cancelled", "appointments.moved"}


def _told(entry) -> str:
    if entry.verb == "appointments.moved":
        was, now = (datetime.fromtimestamp(entry.keys[key], UTC) for key in ("was", "now"))
        return _("Moved from {was} to {now}.").format(was=day_and_hour(was), now=day_and_hour(now))
    return str(entry.sentence)


def call_instead(row: Appointment, at: datetime) -> str:
    """Whom to call once the page can change nothing any more; empty while it can, and when there is nothing to change."""
    if row.state != flow.BOOKED or rules.may_change(row, at) or row.ends_at < at:
        return ""
    return too_late(row)


def moved_words(row: Appointment) -> str:
    """What happened when the customer moved it."""
    when = day_and_hour(row.starts_at)
    if row.state == flow.REQUESTED:
        return _("You have asked for {when}. The shop has still to say yes.").format(when=when)
    return _("Your appointment is now on {when}.").format(when=when)


DONE = {
    "confirm": gettext_lazy("You have said yes. The customer has been told."),
    "decline": gettext_lazy("You have said no. The customer reads your reason."),
    "cancel": gettext_lazy("The appointment is cancelled. The customer reads your reason."),
    "done": gettext_lazy("Noted."),
    "missed": gettext_lazy("Noted that nobody came."),
}
"""What the shop reads after each of its moves."""
