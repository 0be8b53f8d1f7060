"""What appointments do by the clock."""

from datetime import datetime, timedelta

from stadtplatz.appointments import actions, flow, reactions, rules
from stadtplatz.appointments.actions import outside
from stadtplatz.appointments.models import Appointment, Block, ForeignCalendar
from stadtplatz.kit import clock
from stadtplatz.kit.actors import SYSTEM
from stadtplatz.kit.jobs import every, job
from stadtplatz.kit.refusals import ActionRefused
from stadtplatz.pools import actions as pools

BATCH = 200
FIRST_REMINDER_HOUR = 8


@every(timedelta(minutes=15))
@job(max_attempts=3)
def close_what_is_over() -> None:
    """A request nobody answered lapses when its time comes; an agreed appointment is over twelve hours after its end."""
    now = clock.now()
    _advance_all(Appointment.objects.filter(state=flow.REQUESTED, starts_at__lt=now), "lapse")
    _advance_all(Appointment.objects.filter(state=flow.BOOKED, ends_at__lt=now - timedelta(hours=12)), "done")


@every(timedelta(minutes=30))
@job(max_attempts=3)
def remind_of_tomorrow() -> None:
    """Who wants it is reminded once, the day before from eight in the morning on; not of what was made a few hours ago."""
    for row in _to_remind(clock.now()):
        reactions.remind(row)
        Appointment.objects.filter(pk=row.pk, reminded_at=None).update(reminded_at=clock.now())


@every(timedelta(hours=6))
@job(max_attempts=3)
def forget_what_is_past() -> None:
    """The five minutes go after a week, contact and words after 90 days, the bare row after three years."""
    now = clock.now()
    past = Appointment.objects.filter(ends_at__lt=now - rules.CELLS_KEPT, hold__isnull=False).select_related("hold")
    for row in past.exclude(state__in=flow.OPEN).order_by("pk")[:BATCH]:
        actions.forget_cells(row)
    blocks = Block.objects.filter(ends_at__lt=now - rules.CELLS_KEPT).select_related("hold")
    for block in blocks.order_by("pk")[:BATCH]:
        hold = block.hold
        block.delete()
        if hold is not None:
            pools.forget(hold)
    told = Appointment.objects.filter(ends_at__lt=now - rules.CONTACT_KEPT, forgotten_at=None)
    for row in told.exclude(state__in=flow.OPEN).select_related("guest").order_by("pk")[:BATCH]:
        actions.forget_contact(row, at=now)
    old = Appointment.objects.filter(ends_at__lt=now - rules.ROWS_KEPT, hold=None)
    old.filter(pk__in=list(old.order_by("pk").values_list("pk", flat=True)[:BATCH])).delete()


def _to_remind(now: datetime) -> list[Appointment]:
    local = clock.local(now)
    if local.hour < FIRST_REMINDER_HOUR:
        return []
    tomorrow = (local + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
    rows = Appointment.objects.filter(
        state=flow.BOOKED,
        remind=True,
        reminded_at=None,
        starts_at__gte=tomorrow,
        starts_at__lt=tomorrow + timedelta(days=1),
        placed_at__lt=now - timedelta(hours=6),
    )
    return list(rows.select_related("shop", "resource", "guest", "person").order_by("pk")[:BATCH])


def _advance_all(rows, move: str) -> None:
    for row in rows.order_by("pk")[:BATCH]:
        try:
            actions.advance(row, move=move, by=SYSTEM, expected_version=row.version)
        except ActionRefused:
            continue  # somebody moved it at this very moment


@job(max_attempts=1)
def read_one_calendar(calendar_id: int) -> None:
    """Read a calendar from elsewhere; what goes wrong stands on its page, and the next quarter of an hour tries again."""
    outside.sync(calendar_id)


@every(timedelta(minutes=15))
@job(max_attempts=3)
def read_foreign_calendars() -> None:
    """One job for each calendar from elsewhere, so that a slow one holds nobody up."""
    for pk in ForeignCalendar.objects.order_by("pk").values_list("pk", flat=True):
        read_one_calendar.enqueue(pk, key=f"foreign-calendar:{pk}")
