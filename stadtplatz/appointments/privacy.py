"""What appointments keep about a person or guest, and what stays after an erasure."""

from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from stadtplatz.accounts.models import Guest, Person
from stadtplatz.appointments.models import Appointment
from stadtplatz.kit.actors import Actor


def export(subject: Person | Guest) -> dict[str, Any]:
    """Every appointment with its shop, service, time and words; nothing if there is none."""
    rows = _of(subject).select_related("shop", "resource").order_by("placed_at")
    found = [
        {
            "number": row.number,
            "shop": row.shop.name,
            "service": row.title,
            "with": row.resource.name,
            "starts_at": row.starts_at.isoformat(),
            "ends_at": row.ends_at.isoformat(),
            "state": row.state,
            "made_at": row.placed_at.isoformat(),
            "entered_by_shop": row.by_shop,
            "note": row.note,
            "reason": row.reason,
        }
        for row in rows
    ]
    return {"appointments": found} if found else {}


@transaction.atomic
def erase(subject: Person | Guest, *, by: Actor) -> list[str | Promise]:
    """The appointments no longer lead to the person, words are gone; shop, service and time stay so that the time stays taken."""
    kept = _of(subject).update(contact_key="", form_key=None, person=None, note="", reason="")
    if not kept:
        return []
    return [_("Shop, service and time of appointments, without name and contact, for three years.")]


def _of(subject: Person | Guest) -> QuerySet[Appointment]:
    if isinstance(subject, Guest):
        return Appointment.objects.filter(guest=subject)
    rows = Appointment.objects.filter(Q(person=subject) | Q(guest__person=subject))
    return Appointment.objects.filter(pk__in=list(rows.values_list("pk", flat=True)))
