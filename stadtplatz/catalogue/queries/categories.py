"""Reading the tree of categories as the operator sees it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Count

from stadtplatz.catalogue import categories, pack, rules, tree
from stadtplatz.catalogue.categories import Category, Tree
from stadtplatz.catalogue.models import CategoryEntry, Offer

MOST_SHOWN = 20


@dataclass(frozen=True)
class Line:
    """A category in the operator's list: how deep it stands, and how many offers lie right in it, on sale or not."""

    category: Category
    depth: int
    offers: int


@dataclass(frozen=True)
class Lacking:
    """Offers on sale that would lack something, and what; `more` are those not named."""

    rows: list[tuple[Offer, list[str]]]
    number: int

    @property
    def more(self) -> int:
        return self.number - len(self.rows)


def lines(wanted: str = "") -> list[Line]:
    """The tree from top to bottom, or those whose names hold these letters. One query."""
    counts = dict(Offer.objects.order_by().values_list("category").annotate(Count("pk")))
    found = [Line(one, len(categories.path_to(one.code)) - 1, counts.get(one.code, 0)) for one in _from_the_top("")]
    letters = wanted.casefold().strip()
    if not letters:
        return found
    return [
        row for row in found if letters in " ".join([row.category.de, row.category.en, *row.category.words]).casefold()
    ]


def entry_of(code: str) -> CategoryEntry | None:
    """The category as the operator edits it; not saved yet while the tree is the shipped one."""
    return next((row for row in _rows() if row.code == code and not row.successor), None)


def if_changed(code: str, changes: dict[str, Any]) -> Lacking:
    """Offers on sale that would lack something if the category were changed like this, with all that stands below it."""
    rows = _rows()
    for row in rows:
        if row.code == code:
            for name, value in changes.items():
                setattr(row, name, value)
    return _lacking(categories.branch(code), tree.grown(rows))


def if_dissolved(code: str, into: str) -> Lacking:
    """Offers on sale that would lack something if they belonged to `into`, or stood below it."""
    rows = _rows()
    for row in rows:
        if row.code == code:
            row.successor = into
        elif row.parent == code:
            row.parent = into
    return _lacking(categories.branch(code), tree.grown(rows))


def _rows() -> list[CategoryEntry]:
    return list(CategoryEntry.objects.order_by("order", "pk")) or pack.shipped_entries()


def _lacking(codes: list[str], after: Tree) -> Lacking:
    """Offers on sale (variants apart) that would lack in the tree `after` what they do not lack now."""
    before = categories.tree()
    offers = Offer.objects.filter(state=Offer.PUBLISHED, variant_of=None, category__in=codes)
    named: list[tuple[Offer, list[str]]] = []
    number = 0
    for offer in offers.select_related("shop").order_by("shop__name", "title").iterator(chunk_size=500):
        then = after.all.get(after.moved.get(offer.category, offer.category))
        now = {lack.field for lack in rules.missing_in(offer, before.all[offer.category])}
        new = [str(lack.label) for lack in rules.missing_in(offer, then) if lack.field not in now]
        number += bool(new)
        if new and len(named) < MOST_SHOWN:
            named.append((offer, new))
    return Lacking(named, number)


def _from_the_top(code: str) -> Iterator[Category]:
    for child in categories.children_of(code):
        yield child
        yield from _from_the_top(child.code)
