"""What the cells of a row promise of the goods: particulars, the maker's guarantee, evidence for environmental claims."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from stadtplatz.catalogue import particulars
from stadtplatz.catalogue.guarantee import Wrong, read_years
from stadtplatz.catalogue.imports import cells
from stadtplatz.catalogue.imports.cells import Fault
from stadtplatz.catalogue.imports.columns import plain

if TYPE_CHECKING:
    from stadtplatz.catalogue.imports.rows import Reader, Understood


def particular(name: str) -> Callable[[Reader, Understood, str, list[str]], None]:
    """Reads one of the particulars as the form does; refused (Fault) where the form would refuse it."""

    def read(reader: Reader, found: Understood, cell: str, row: list[str]) -> None:
        if words := particulars.faults({name: cell}).get(name):
            raise Fault(name, words)
        found.particulars[name] = cell[:1000]

    return read


def guarantee(reader: Reader, found: Understood, cell: str, row: list[str]) -> None:
    """Years for the label. Tills often say the two years of the law there, or a word: no reason to leave the row out."""
    if not cell or plain(cell) in ("keine", "nein", "ohne", "0"):
        found.particulars["guarantee"] = ""
        return
    try:
        found.particulars["guarantee"] = str(read_years(cell)).replace(".", ",")
    except Wrong as wrong:
        found.hints.append(("guarantee", "guarantee", f"{cell[:40]}: {wrong}"))


def guarantee_whole(reader: Reader, found: Understood, cell: str, row: list[str]) -> None:
    """Whether it is free of charge and for the whole product."""
    found.particulars["guarantee_whole"] = particulars.YES if cells.yes(cell, default=False) else ""


GREEN_WORDS = {
    "eu ecolabel": "eu-ecolabel", "eu umweltzeichen": "eu-ecolabel", "euroblume": "eu-ecolabel", "blauer engel": "blue-angel", "der blaue engel": "blue-angel",
    "iso 14024": "type-one", "typ i": "type-one", "nordic swan": "type-one", "nordischer schwan": "type-one", "oesterreichisches umweltzeichen": "type-one",
    "energielabel": "union-law", "energieklasse": "union-law", "erlaeutert": "explained", "erklaert": "explained", "explained": "explained",
}  # fmt: skip


def green_kind(reader: Reader, found: Understood, cell: str, row: list[str]) -> None:
    """The kind of evidence behind an environmental claim; a hint where we know no such evidence."""
    word = plain(cell)
    code = GREEN_WORDS.get(word) or (
        word.replace(" ", "-") if word.replace(" ", "-") in dict(particulars.GREEN_KINDS) else ""
    )
    if word and not code:
        found.hints.append(
            (
                "green_kind",
                "green",
                _(
                    "“{text}” is no evidence we know: Blauer Engel, EU Ecolabel, ISO 14024, Energielabel or erläutert."
                ).format(text=cell[:40]),
            )
        )
    found.particulars["green_kind"] = code
