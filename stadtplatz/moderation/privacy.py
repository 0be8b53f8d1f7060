"""What notices keep about a person or guest, and what is left after an erasure."""

from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.functional import Promise

from stadtplatz.accounts.models import Guest, Person
from stadtplatz.kit.actors import Actor
from stadtplatz.moderation.models import ContentNotice


def export(subject: Person | Guest) -> dict[str, Any]:
    """The notices this person or guest gave."""
    rows = [
        {"number": row.number, "about": row.matter.title, "kind": row.ground.name, "text": row.explanation, "at": row.received_at.isoformat()}
        for row in _given_by(subject).select_related("matter", "ground")
    ]  # fmt: skip
    return {"notices": rows} if rows else {}


@transaction.atomic
def erase(subject: Person | Guest, *, by: Actor) -> list[str | Promise]:
    """Nothing leads from a notice to who gave it; the notice itself stays, because the decision rests on it."""
    _given_by(subject).update(contact=None, person=None, sender="")
    return []


def _given_by(subject: Person | Guest):
    if isinstance(subject, Guest):
        return ContentNotice.objects.filter(contact=subject)
    return ContentNotice.objects.filter(Q(person=subject) | Q(contact__person=subject))
