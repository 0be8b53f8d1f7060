"""What the catalogue keeps about a person or guest: what they marked, and what they wait for."""

from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.functional import Promise

from stadtplatz.accounts.models import Guest, Person
from stadtplatz.catalogue.models import Favourite, Watch
from stadtplatz.kit.actors import Actor


def export(subject: Person | Guest) -> dict[str, Any]:
    """Marked offers and shops, and offers somebody wants to be told about; nothing if there is none."""
    waits = [
        {"offer": row.offer.title, "asked_at": row.asked_at.isoformat(), "until": row.expires_at.isoformat()}
        for row in _watches(subject).select_related("offer")
    ]
    marks = []
    if isinstance(subject, Person):
        rows = Favourite.objects.filter(person=subject).select_related("offer", "shop")
        marks = [{"marked": str(row.offer or row.shop), "at": row.at.isoformat()} for row in rows]
    found = {"waits_for": waits, "marked": marks}
    return {name: rows for name, rows in found.items() if rows}


@transaction.atomic
def erase(subject: Person | Guest, *, by: Actor) -> list[str | Promise]:
    """Nothing is left."""
    _watches(subject).delete()
    if isinstance(subject, Person):
        Favourite.objects.filter(person=subject).delete()
    return []


def _watches(subject: Person | Guest) -> QuerySet[Watch]:
    if isinstance(subject, Guest):
        return Watch.objects.filter(guest=subject)
    return Watch.objects.filter(
        pk__in=list(Watch.objects.filter(Q(person=subject) | Q(guest__person=subject)).values_list("pk", flat=True))
    )
