"""What shops keep about a person or guest, and what is left after an erasure."""

from typing import Any

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from stadtplatz.accounts.models import Guest, Person
from stadtplatz.kit.actors import Actor
from stadtplatz.kit.refusals import ActionRefused
from stadtplatz.shops.actions import team
from stadtplatz.shops.models import ClaimRequest, Enquiry, Membership, RemovalRequest


def export(subject: Person | Guest) -> dict[str, Any]:
    """For people the shops they work in; for guests what they asked about entries of the map."""
    if isinstance(subject, Person):
        rows = Membership.objects.filter(person=subject).values_list("shop__name", "role", "since")
        work = [{"shop": name, "role": role, "since": since.isoformat()} for name, role, since in rows]
        return {"works_in": work} if work else {}
    asked = [
        {
            "place": row.place.name if row.place else getattr(row, "business", ""),
            "message": row.message,
            "at": row.created_at.isoformat(),
            "state": row.state,
        }
        for model in (ClaimRequest, RemovalRequest)
        for row in model._default_manager.filter(contact=subject).select_related("place")
    ]
    questions = [
        {"shop": row.shop.name, "text": row.text, "answer": row.answer, "at": row.created_at.isoformat()}
        for row in Enquiry.objects.filter(contact=subject).select_related("shop")
    ]
    kept = {"requests": asked, "questions": questions}
    return {name: rows for name, rows in kept.items() if rows}


@transaction.atomic
def erase(subject: Person | Guest, *, by: Actor) -> list[str | Promise]:
    """The person works nowhere any more and what a guest wrote is gone; returns what stays and why."""
    if isinstance(subject, Guest):
        for model in (ClaimRequest, RemovalRequest):
            model._default_manager.filter(contact=subject).update(message="", contact=None)
        Enquiry.objects.filter(contact=subject).delete()
        ClaimRequest.objects.filter(contact=None).update(position="")
        return []
    kept: list[str | Promise] = []
    for row in Membership.objects.select_related("shop", "person").filter(person=subject):
        try:
            team.leave(membership=row, by=by)
        except ActionRefused:
            kept.append(_("You are the only owner of a shop: the law asks for its seller data while it is visible."))
    return kept
