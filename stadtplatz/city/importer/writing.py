"""From what was found to rows: new ones, changed ones, and those that are gone. Ids stay, so that others may point at them."""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from django.db import models, transaction

from stadtplatz.city.models import Street, StreetGram
from stadtplatz.city.models.map import OnMap
from stadtplatz.city.spelling import grams
from stadtplatz.kit.packs import Report

BATCH = 500
"""Rows per transaction, so that others get their turn at the write lock."""

Thing = TypeVar("Thing", bound=OnMap)


@dataclass
class Tally:
    """How many rows of one kind were written."""

    created: int = 0
    changed: int = 0
    gone: int = 0

    def tell(self, report: Report, name: str) -> None:
        """Add the figures to a report."""
        for title in ("created", "changed"):
            if n := getattr(self, title):
                getattr(report, title).append(f"{name}: {n}")
        if self.gone:
            report.removed.append(f"{name}: {self.gone}")


def keep(
    model: type[Thing],
    wanted: Mapping[Any, dict],
    key_of: Callable[[Thing], Hashable],
    at: datetime,
    *,
    second_key: Callable[[Thing], Hashable] | None = None,
    wanted_second: Callable[[dict], Hashable] | None = None,
    written: Callable[[list[Thing]], None] = lambda rows: None,
    gone: Callable[[list[Thing]], None] = lambda rows: None,
) -> Tally:
    """Make the table say what is wanted. Rows are known by their key, else by the second key among those that would go.

    `written` and `gone` are called with each batch inside its transaction.
    """
    tally = Tally()
    known = {key_of(row): row for row in model._default_manager.order_by("pk").iterator()}
    leaving = {key: row for key, row in known.items() if key not in wanted}
    seconds = {second_key(row): key for key, row in leaving.items()} if second_key else {}
    fresh: list[Thing] = []
    altered: list[Thing] = []
    for key, values in wanted.items():
        row = known.get(key)
        if row is None and wanted_second and (old := seconds.pop(wanted_second(values), None)) is not None:
            row = leaving.pop(old)
        if row is None:
            fresh.append(model(**values))
        elif _differs(row, values):
            altered.append(row)
    left = [row for row in leaving.values() if row.gone_at is None]
    names = list(next(iter(wanted.values()), {}))
    _in_batches(left, lambda rows: _mark_gone(model, rows, at, gone))
    _in_batches(altered, lambda rows: _change(model, rows, names, written))
    _in_batches(fresh, lambda rows: written(model._default_manager.bulk_create(rows)))
    tally.created, tally.changed, tally.gone = len(fresh), len(altered), len(left)
    return tally


def spell_out(streets: Iterable[Street]) -> None:
    """Write the three-letter pieces of these streets' names anew."""
    streets = list(streets)
    StreetGram.objects.filter(street__in=streets).delete()
    pieces = [StreetGram(gram=gram, street=street) for street in streets for gram in grams(street.name_key)]
    StreetGram.objects.bulk_create(pieces, batch_size=2_000)


def _differs(row: Any, values: dict) -> bool:
    """Take the values over; whether any of them is new to the row."""
    new = {name: value for name, value in values.items() if _plain(getattr(row, name)) != _plain(value)}
    for name, value in new.items():
        setattr(row, name, value)
    if row.gone_at is not None:
        row.gone_at = None
        return True
    return bool(new)


def _plain(value: Any) -> Any:
    if isinstance(value, models.Model):
        return value.pk
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {name: _plain(item) for name, item in value.items()}
    return value


def _in_batches(rows: list[Thing], write: Callable[[list[Thing]], None]) -> None:
    for batch in batches(rows):
        with transaction.atomic():
            write(batch)


def batches(rows: list) -> Iterator[list]:
    """Pieces of at most 500."""
    for start in range(0, len(rows), BATCH):
        yield rows[start : start + BATCH]


def _mark_gone(model: type[models.Model], rows: list, at: datetime, gone: Callable[[list], None]) -> None:
    model._default_manager.filter(pk__in=[row.pk for row in rows]).update(gone_at=at)
    gone(rows)


def _change(model: type[models.Model], rows: list, names: list[str], written: Callable[[list], None]) -> None:
    model._default_manager.bulk_update(rows, [*names, "gone_at"])
    written(rows)


def ways_of(street: Street | dict) -> Hashable:
    """The oldest piece of road of a street: a street that was renamed is known by it."""
    ids = street["osm_ids"] if isinstance(street, dict) else street.osm_ids
    return min(ids) if ids else object()
