"""What becomes of an appointment: confirmed, declined, cancelled, over, forgotten."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from stadtplatz.accounts import actions as accounts
from stadtplatz.appointments import flow, rules
from stadtplatz.appointments.actions.booking import NOT_YOURS, locked, too_late
from stadtplatz.appointments.models import Appointment
from stadtplatz.audit.actions import record
from stadtplatz.kit import clock
from stadtplatz.kit.actors import SYSTEM, Actor
from stadtplatz.kit.refusals import ActionRefused, NotAllowed
from stadtplatz.pools import actions as pools


@transaction.atomic
def advance(
    appointment: Appointment, *, move: str, by: Actor, reason: str = "", expected_version: int | None = None,
    at: datetime | None = None,
) -> Appointment:  # fmt: skip
    """The appointment is one move further (see `flow`); the only way to change its state but for moving it. The other side is told.

    Moves that end it before its time give the five minutes back. Refused with NotAllowed for anybody but those the move belongs
    to, with Stale when it was changed since the page was opened, when the move does not start here, for a customer's cancellation
    after the deadline, and for a declined request without a reason.
    """
    step, at = flow.MOVES[move], at or clock.now()
    row = locked(appointment, expected_version)
    if not rules.may_move(by, row, step):
        raise NotAllowed(NOT_YOURS)
    if row.state not in step.start:
        text = _("That is no longer possible: the appointment is {state}.")
        raise ActionRefused(text.format(state=row.get_state_display()), code="wrong-state")
    by_shop = rules.may_keep_calendars(by, row.shop)
    if move == "cancel" and not by_shop and not rules.may_change(row, at):
        raise ActionRefused(too_late(row), code="too-late")
    if move == "missed" and at < row.starts_at:
        raise ActionRefused(_("The appointment has not begun yet."), code="early")
    if by_shop and move in {"decline", "cancel"} and not reason.strip():
        raise ActionRefused(_("Please tell the customer why."), code="reason")
    if step.returns and row.hold is not None:
        pools.give_back(row.hold)
    row.state, row.state_since, row.version = step.end, at, row.version + 1
    row.reason = reason.strip()[:500] or row.reason
    row.save(update_fields=["state", "state_since", "version", "reason"])
    record(step.fact, subject=row, by=by, at=at, shop=row.shop_id, by_shop=by_shop)
    return row


@transaction.atomic
def set_reminder(appointment: Appointment, *, remind: bool, by: Actor) -> Appointment:
    """The customer is reminded by mail the day before, or not. Refused to everybody else; nothing is recorded."""
    if not rules.is_customer(by, appointment):
        raise NotAllowed(NOT_YOURS)
    Appointment.objects.filter(pk=appointment.pk).update(remind=remind)
    appointment.remind = remind
    return appointment


@transaction.atomic
def forget_cells(appointment: Appointment) -> None:
    """The pools of a past appointment go; it stays."""
    if (hold := appointment.hold) is not None:
        Appointment.objects.filter(pk=appointment.pk).update(hold=None)
        pools.forget(hold)


@transaction.atomic
def forget_contact(appointment: Appointment, *, at: datetime | None = None) -> None:
    """Name, contact and words of a past appointment go; shop, service, time and outcome stay."""
    guest = appointment.guest
    Appointment.objects.filter(pk=appointment.pk).update(
        note="", reason="", contact_key="", form_key=None, guest=None, person=None, forgotten_at=at or clock.now()
    )
    if guest is not None:
        accounts.erase_guest(guest, by=SYSTEM, at=at)
