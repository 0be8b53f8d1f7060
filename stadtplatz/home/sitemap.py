"""What search engines are told to look at: an index of sections, each in slices that stay small. Nothing that nobody has answered for."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.urls import NoReverseMatch, reverse
from django.utils import translation

from stadtplatz.audit import queries as audit
from stadtplatz.catalogue import queries as catalogue
from stadtplatz.home import texts
from stadtplatz.kit.identity import is_on
from stadtplatz.shops import queries as shops

IN_A_SLICE = 2_000
"""Addresses in one file; the protocol allows 50,000, but a small file is written quickly and kept in memory."""


@dataclass(frozen=True)
class Line:
    """One page: its path, and when what it shows last changed, as far as a fact says so."""

    path: str
    changed: datetime | None = None


@dataclass(frozen=True)
class Section:
    """`count` says how many pages there are, `lines` gives those from one place to another."""

    domain: str
    count: Callable[[], int]
    lines: Callable[[int, int], Iterable[Line]]


def index(size: int = IN_A_SLICE) -> list[tuple[str, int]]:
    """(section, number of the slice from 1) of every file there is."""
    found = [(code, section.count()) for code, section in SECTIONS.items() if is_on(section.domain)]
    return [(code, number + 1) for code, count in found for number in range(-(-count // size))]


def lines(code: str, number: int, size: int = IN_A_SLICE) -> list[Line]:
    """The pages of one file; empty for files that are not there. German addresses: each page names its other languages."""
    section = SECTIONS.get(code)
    if section is None or number < 1 or not is_on(section.domain):
        return []
    with translation.override("de"):
        return list(section.lines((number - 1) * size, number * size))


_FIXED = (
    "start",
    "market",
    "offers",
    "shops",
    "districts",
    "for-shops",
    "search-explanation",
    "notices",
    "tickets",
    "tickets-help",
    "tickets-list",
)


def _fixed() -> list[Line]:
    found = []
    for name in _FIXED:
        try:
            found.append(Line(reverse(name)))
        except NoReverseMatch:
            continue  # a domain that this town has switched off
    return found + [
        Line(reverse(texts.PAGES[slug]))
        for slug in ("impressum", "datenschutz", "barrierefreiheit")
        if texts.exists(slug)
    ]


def _shops(first: int, last: int) -> Iterable[Line]:
    rows = list(shops.listed().order_by("pk")[first:last])
    changed = audit.last_changes("shops.shop", [row.pk for row in rows])
    return (Line(row.get_absolute_url(), changed.get(row.pk)) for row in rows)


def _offers(first: int, last: int) -> Iterable[Line]:
    rows = list(catalogue.on_sale().order_by("pk").values_list("pk", "slug")[first:last])
    changed = audit.last_changes("catalogue.offer", [pk for pk, _slug in rows])
    return (Line(reverse("offer", args=[pk, slug]), changed.get(pk)) for pk, slug in rows)


def _products(first: int, last: int) -> Iterable[Line]:
    return (Line(reverse("product", args=[gtin])) for gtin in catalogue.shared_barcodes()[first:last])


def _categories() -> list[Line]:
    return [Line(reverse("category", args=[row.slug])) for row in catalogue.branches_on_sale()]


def _districts() -> list[Line]:
    return [Line(reverse("district", args=[part.district.slug])) for part in catalogue.parts() if part.shops]


def _whole(domain: str, all_lines: Callable[[], list[Line]]) -> Section:
    """A section that is short enough to be made at once."""
    return Section(domain, lambda: len(all_lines()), lambda first, last: all_lines()[first:last])


SECTIONS: dict[str, Section] = {
    "seiten": _whole("home", _fixed),
    "stadtteile": _whole("catalogue", _districts),
    "kategorien": _whole("catalogue", _categories),
    "geschaefte": Section("shops", lambda: shops.listed().count(), _shops),
    "angebote": Section("catalogue", lambda: catalogue.on_sale().count(), _offers),
    "produkte": Section("catalogue", lambda: catalogue.shared_barcodes().count(), _products),
}
