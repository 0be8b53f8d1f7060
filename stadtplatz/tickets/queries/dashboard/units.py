"""Under which name the figures of a unit stand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from django.utils.translation import gettext as _

from stadtplatz.city.models import Unit
from stadtplatz.city.queries import staffing

FEWEST_PEOPLE = 3
"""A unit with fewer people is counted with the one above it, so that no figure is about one clerk."""


def unit_names(led: Iterable[int]) -> dict[int, str]:
    """For each unit the name its figures stand under: its own, or that of the first one above with enough people."""
    held = staffing()
    units, people = held.units, Counter[int]()
    for pk, members in held.members.items():
        for unit in _line(units, pk):
            people[unit.pk] += len(members)
    names = {}
    for pk in led:
        large = next((unit for unit in _line(units, pk) if people[unit.pk] >= FEWEST_PEOPLE), None)
        names[pk] = large.name if large else _("Small units together")
    return names


def _line(units: dict[int, Unit], pk: int | None) -> list[Unit]:
    """The unit and those above it."""
    line: list[Unit] = []
    while pk is not None and pk in units and units[pk] not in line:
        line.append(units[pk])
        pk = units[pk].parent_id
    return line
