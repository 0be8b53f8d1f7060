"""Taking a row for change, if it is still what the person saw."""

from typing import Any, TypeVar

from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from stadtplatz.kit.refusals import Stale

Row = TypeVar("Row", bound=Model)


def locked(row: Row, version: int) -> Row:
    """The row, locked until the end of the transaction. Stale if somebody changed it since `version`."""
    current: Any = type(row)._default_manager.select_for_update().get(pk=row.pk)
    if current.version != version:
        raise Stale(
            _("Somebody else changed this in the meantime. Please look at the new version and change it again."),
            current=current,
        )
    return current


def take_over(row: Any, values: dict) -> list[str]:
    """Set the values of a row that has a version and count that up; returns the names of those that were new. Not saved."""
    changed = [name for name, value in values.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, values[name])
    if changed:
        row.version += 1
    return changed
