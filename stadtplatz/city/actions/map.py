"""The map: importing it, hiding places."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from stadtplatz.audit.actions import record
from stadtplatz.city import facts, rules
from stadtplatz.city.importer import documents
from stadtplatz.city.models import Place
from stadtplatz.kit import clock
from stadtplatz.kit.actors import SYSTEM, Actor
from stadtplatz.kit.packs import Report
from stadtplatz.kit.refusals import NotAllowed, Stale

if TYPE_CHECKING:
    from stadtplatz.city.importer.run import Told


def import_map(*, extract: Path, told: Told, by: Actor, at: datetime | None = None) -> Report:
    """The map is what the extract shows of the town; what was on it before and is not any more is marked gone.

    Places that people have hidden stay hidden. Written in batches of 500 rows; running it again changes nothing.
    MapBroken if the file is no extract, shows nothing of the town, or lacks more than half of the known addresses.
    """
    from stadtplatz.city.importer import run  # brings libraries that no web process should hold

    return run.write(run.survey(extract, told), extract, told, by, at or clock.now())


@transaction.atomic
def hide_place(*, place: Place, by: Actor, version: int, at: datetime | None = None) -> Place:
    """The place is shown nowhere any more, and no later import brings it back. Only the operator may."""
    return _show(place, by, version, hidden_at=at or clock.now())


@transaction.atomic
def show_place(*, place: Place, by: Actor, version: int, at: datetime | None = None) -> Place:
    """The place is shown again. Only the operator may."""
    return _show(place, by, version, hidden_at=None)


def _show(place: Place, by: Actor, version: int, *, hidden_at: datetime | None) -> Place:
    if by != SYSTEM and not rules.is_operator(by):
        raise NotAllowed(_("Only the operator may hide places."))
    row = Place.objects.select_for_update().get(pk=place.pk)
    if row.version != version:
        raise Stale(_("Somebody else changed this place in the meantime."), current=row)
    row.hidden_at, row.version = hidden_at, row.version + 1
    row.save(update_fields=["hidden_at", "version"])
    documents.push_places([row])
    record(facts.PLACE_HIDDEN if hidden_at else facts.PLACE_SHOWN, subject=row, by=by, place=row.pk)
    return row
