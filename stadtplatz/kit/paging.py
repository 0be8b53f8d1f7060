"""Lists on pages."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.utils.functional import cached_property

REACHABLE = 1_000
"""So many rows of a narrowed list are counted and can be paged through: whoever looks further chooses one more condition."""


class Pages(Paginator):
    """Pages of rows whose number is known already (`known`), or is counted up to REACHABLE and no further."""

    def __init__(self, rows: Any, per_page: int, *, known: int | None = None) -> None:
        super().__init__(rows, per_page)
        self._rows, self._known = rows, known

    @cached_property
    def count(self) -> int:
        """How many rows can be reached."""
        return self._known if self._known is not None else min(self._counted, REACHABLE)

    @cached_property
    def _counted(self) -> int:
        return self._rows[: REACHABLE + 1].count()

    @property
    def has_more(self) -> bool:
        """Whether there are rows that cannot be reached."""
        return self._known is None and self._counted > REACHABLE
