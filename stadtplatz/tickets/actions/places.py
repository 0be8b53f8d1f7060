"""Adding the place to a report that came without one, by mail, phone or letter."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from stadtplatz.audit.actions import record
from stadtplatz.cases import actions as cases
from stadtplatz.city import queries as city
from stadtplatz.kit import clock
from stadtplatz.kit.actors import Actor
from stadtplatz.tickets import facts
from stadtplatz.tickets.actions.opening import check_place, responsible
from stadtplatz.tickets.models import Ticket


@transaction.atomic
def set_place(
    ticket: Ticket,
    *,
    place: tuple[float, float],
    place_label: str = "",
    place_note: str = "",
    by: Actor,
    expected_version: int | None = None,
    at: datetime | None = None,
) -> Ticket:
    """The report has a place, and leaves the list "Place missing"; where another unit answers for that place, it is passed on.

    The deadlines stay: they count from the day of receipt. The reporter reads it on the report's page. Refused outside the town (with
    a hint who helps there), for a closed report, to other units, and when the report changed meanwhile (Stale).
    """
    check_place(place)
    at, spot = at or clock.now(), city.spot(*place)
    case = cases.set_place(
        ticket.case,
        place=place,
        place_label=place_label or spot.label,
        district=spot.district,
        by=by,
        expected_version=expected_version,
        at=at,
    )
    Ticket.objects.filter(pk=ticket.pk).update(place_note=place_note[:200])
    record(facts.PLACE_ADDED, subject=case, by=by, at=at, unit=case.unit.slug)
    duty = ticket.danger.duty if ticket.danger and ticket.danger_at else ticket.category.duty
    hand = responsible(duty, place, at)
    if hand.unit.pk != case.unit_id:
        cases.pass_on(case, to=hand, reason=_("Another unit answers for this place."), by=by, at=at)
    return Ticket.objects.select_related("case__unit", "category").get(pk=ticket.pk)
