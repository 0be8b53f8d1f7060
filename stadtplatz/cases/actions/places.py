"""Where a case is about, if that becomes known only later."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from stadtplatz.cases import rules
from stadtplatz.cases.actions.locking import lock, save_changed
from stadtplatz.cases.models import Case
from stadtplatz.city.models import District
from stadtplatz.kit import clock
from stadtplatz.kit.actors import Actor
from stadtplatz.kit.refusals import ActionRefused, NotAllowed


@transaction.atomic
def set_place(
    case: Case,
    *,
    place: tuple[float, float],
    place_label: str,
    district: District | None = None,
    by: Actor,
    expected_version: int | None = None,
    at: datetime | None = None,
) -> Case:
    """The case has this place. Kinds record it and see to who is responsible there. Refused to outsiders, and once it is closed."""
    case, at = lock(case, expected_version=expected_version), at or clock.now()
    if not rules.may_handle(by, case):
        raise NotAllowed(_("Only the responsible unit can do this."))
    if case.closed_at:
        raise ActionRefused(_("This is closed, so that its place cannot be changed any more."), code="closed")
    (case.lon, case.lat), case.place_label, case.district = place, place_label[:200], district
    save_changed(case, at, "lon", "lat", "place_label", "district")
    return case
