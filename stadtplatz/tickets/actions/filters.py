"""Lists that somebody keeps."""

from __future__ import annotations

from django.db import transaction
from django.http import QueryDict
from django.utils.translation import gettext as _

from stadtplatz.kit.actors import Actor
from stadtplatz.kit.refusals import ActionRefused, NotAllowed
from stadtplatz.tickets.models import SavedFilter

MOST = 20
KEPT = ("liste", "q", "kategorie", "stadtteil", "einheit", "sort")
"""What of a list's address is kept; everything else is left out."""


@transaction.atomic
def keep_filter(*, by: Actor, name: str, query: str) -> SavedFilter:
    """The list can be opened again by its name; a filter of the same name is replaced. Refused without a name, and beyond twenty."""
    if not by.is_person:
        raise NotAllowed(_("Please sign in first."))
    name = " ".join(name.split())[:60]
    if not name:
        raise ActionRefused(_("Please give the filter a name."), code="no-name")
    others = SavedFilter.objects.filter(person=by.person_id).exclude(name=name)
    if others.count() >= MOST:
        raise ActionRefused(_("You keep twenty filters already. Please remove one first."), code="too-many")
    given, kept = QueryDict(query), QueryDict(mutable=True)
    for key in KEPT:
        if value := given.get(key, "")[:60]:
            kept[key] = value
    row, _new = SavedFilter.objects.update_or_create(
        person_id=by.person_id, name=name, defaults={"query": kept.urlencode()}
    )
    return row


def drop_filter(*, by: Actor, pk: int) -> None:
    """The person's filter is forgotten; other people's are never touched."""
    SavedFilter.objects.filter(pk=pk, person=by.person_id).delete()
