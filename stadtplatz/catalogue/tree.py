"""The tree of categories in the memory of each process, and how it gets there from the database.

Pages, forms and imports ask for categories hundreds of times; so the tree is looked after where work begins (a request, an import, a
command), at most every two seconds, and one short statement tells whether it changed.
"""

from __future__ import annotations

import logging
import time
from typing import Any

from django.db import DatabaseError

from stadtplatz.catalogue import categories
from stadtplatz.catalogue.categories import Tree
from stadtplatz.catalogue.kept import CATEGORIES
from stadtplatz.catalogue.models import CategoryAddress, CategoryEntry

log = logging.getLogger("stadtplatz.catalogue")
LOOK_EVERY = 2.0
_looked: float | None = None
_mark: str | None = None


def request_begins(**_signal: Any) -> None:
    """If it was not looked after within two seconds, the first who asks for the tree in this request does so. Pages that have nothing
    to do with it ask for nothing."""
    if _looked is None or time.monotonic() - _looked > LOOK_EVERY:
        categories.look_first(_look)


def request_ends(**_signal: Any) -> None:
    """What nobody asked for is not looked after."""
    categories.look_first(None)


def _look() -> None:
    """A database that cannot be asked leaves the tree as it is."""
    try:
        look_now()
    except DatabaseError:
        log.warning("The tree of categories could not be read.")


def look_now() -> Tree:
    """The tree of this process is what the database says now, within the running transaction too."""
    global _looked, _mark
    mark = CATEGORIES.mark()
    if mark is None or mark != _mark:
        categories.use(_read())
        _mark = mark
    _looked = time.monotonic()
    return categories.tree()


def forget() -> None:
    """The next look reads the tree anew; until then the shipped one counts (tests, and after a load)."""
    global _looked, _mark
    _looked = _mark = None
    categories.look_first(None)
    categories.use(None)


def grown(rows: list[CategoryEntry], former: dict[str, str] | None = None) -> Tree:
    """The tree of these entries."""
    used = [row for row in rows if not row.successor]
    below: dict[str, list[CategoryEntry]] = {}
    for row in used:
        below.setdefault(row.parent, []).append(row)
    nested = [_nested(row, below) for row in below.get("", [])]
    gone = {row.code: row.successor for row in rows if row.successor}
    old = {row.slug: row.code for row in rows if row.successor}
    return Tree({category.code: category for category in categories.grow(nested)}, gone, {**old, **(former or {})})


def _read() -> Tree | None:
    rows = list(CategoryEntry.objects.order_by("order", "pk"))
    return grown(rows, dict(CategoryAddress.objects.values_list("slug", "code"))) if rows else None


def _nested(row: CategoryEntry, below: dict[str, list[CategoryEntry]]) -> dict[str, Any]:
    said = {"code": row.code, "slug": row.slug, "de": row.de, "en": row.en, "google": row.google, "words": row.words}
    return {**said, **row.own, "children": [_nested(child, below) for child in below.get(row.code, [])]}
