"""Reading files that were taken in and what came of them."""

from collections.abc import Iterable, Iterator

from django.db.models import QuerySet

from stadtplatz.catalogue.imports.columns import BY_NAME
from stadtplatz.catalogue.models import Import, ImportRow
from stadtplatz.shops.models import Shop


def imports_of(shop: Shop) -> list[Import]:
    """The files of this shop, newest first."""
    return list(Import.objects.filter(shop=shop).order_by("-created_at")[:20])


def told_rows(run: Import) -> QuerySet[ImportRow]:
    """The rows that were not taken in or have a hint, in the order of the file."""
    return run.rows.exclude(faults=[]).order_by("line")


def with_labels(rows: Iterable[ImportRow]) -> list[tuple[ImportRow, list[tuple[str, str]]]]:
    """Each row with the names of its columns and the words about them."""
    return [(row, [(_label(name), words) for name, _code, words in row.faults]) for row in rows]


def report_rows(run: Import) -> Iterator[list[str | int]]:
    """Line, title, column, words: one for each fault and hint."""
    for row in told_rows(run).iterator(chunk_size=500):
        for name, _code, words in row.faults:
            yield [row.line, row.title, _label(name), words]


def _label(name: str) -> str:
    return str(BY_NAME[name].label) if name in BY_NAME else ""
