"""What the town itself takes from a city pack: who it is, its map, its organisation, its duties."""

from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from stadtplatz.audit.actions import record
from stadtplatz.city import facts
from stadtplatz.city.models import MapState
from stadtplatz.city.packing import identity, organisation, townmap
from stadtplatz.city.packing.duties import load_duties
from stadtplatz.kit.actors import Actor
from stadtplatz.kit.models import CityIdentity
from stadtplatz.kit.packs import PackBroken, Problem, Report, rehearse


def check(folder: Path) -> list[Problem]:
    """Everything that must be mended before the pack can be loaded. Nothing is changed."""
    problems: list[Problem] = []
    for look in (identity.check, townmap.check, organisation.check):
        try:
            problems += look(folder)
        except PackBroken as broken:
            problems += broken.problems
    return list(dict.fromkeys(problems))


def load(folder: Path, by: Actor) -> Report:
    """The town is what the pack says, except where staff have changed it. PackBroken if `check` finds anything.

    The map is imported in batches of its own first (only when extract or settings changed), the rest is one transaction.
    """
    _insist(folder)
    report = townmap.load(folder, by)
    report += _load_rest(folder, by)
    return report


def diff(folder: Path, by: Actor) -> Report:
    """What `load` would do. The map is only compared by its fingerprint, not imported."""
    _insist(folder)
    report = rehearse(_load_rest, folder, by)
    if townmap.is_new(folder):
        report.notes.append(_("The map would be imported."))
    return report


@transaction.atomic
def _load_rest(folder: Path, by: Actor) -> Report:
    report = identity.load(folder)
    report += organisation.load(folder, by)
    report += load_duties(folder)
    subject = CityIdentity.objects.order_by("pk").first() or MapState.objects.first()
    if not report.is_empty and subject:
        counts: dict[str, Any] = {n: len(getattr(report, n)) for n in ("created", "changed", "removed", "kept")}
        record(facts.PACK_LOADED, subject=subject, by=by, **counts)
    return report


def _insist(folder: Path) -> None:
    if problems := check(folder):
        raise PackBroken(problems)
