"""The tree of categories a town begins with: `categories.yaml` of its pack, or the one shipped for all."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from stadtplatz.catalogue import categories, particulars, tree, units, vat
from stadtplatz.catalogue.models import CategoryEntry, Offer
from stadtplatz.kit import pagecache
from stadtplatz.kit.actors import Actor
from stadtplatz.kit.names import slugify_german
from stadtplatz.kit.packs import Document, PackBroken, Part, Problem, Report, fingerprint, keep_row, read, rehearse

FILE = "categories.yaml"
_NAMES = {"type": "array", "items": {"type": "string"}}
_CATEGORY = {
    "type": "object",
    "required": ["code", "de", "en"],
    "additionalProperties": False,
    "properties": {
        "code": {"type": "string", "pattern": "^[a-z0-9-]{2,40}$", "description": "a code of small letters, digits and dashes"},
        "slug": {"type": "string", "pattern": "^[a-z0-9-]{2,80}$", "description": "a word of small letters, digits and dashes"},
        "de": {"type": "string", "minLength": 2, "maxLength": 80},
        "en": {"type": "string", "minLength": 2, "maxLength": 80},
        "drawing": {"type": "string"},
        "food": {"type": "boolean"},
        "origin": {"type": "boolean"},
        "safety": {"type": "boolean"},
        "energy": {"type": "boolean"},
        "scale": {"type": "string", "pattern": r"^A\+{0,3}-[B-G]$", "description": "best and worst class like A-G"},
        "wants": {**_NAMES, "items": {"enum": sorted(particulars.BY_NAME)}},
        "age": {"enum": [age for age, _label in Offer.AGES]},
        "vat": {"enum": [code for code, _label in vat.CLASSES]},
        "per": {"enum": ["", *units.CUSTOMARY]},
        "kinds": {**_NAMES, "items": {"enum": [kind for kind, _label in Offer.KINDS]}},
        "google": {"type": "integer", "minimum": 0},
        "words": _NAMES,
        "children": {"type": "array", "items": {"$ref": "#/$defs/category"}},
    },
}  # fmt: skip
SCHEMA = {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/category"}, "$defs": {"category": _CATEGORY}}


def check(folder: Path) -> list[Problem]:
    """Everything that must be mended before a tree of the pack can be loaded: doubles, unknown words, more than three steps."""
    return _check(folder / FILE) if (folder / FILE).is_file() else []


@transaction.atomic
def load(folder: Path, by: Actor) -> Report:
    """The tree is what the file says, except where the operator changed it. What the file no longer names stays, and is named in the
    notes: offers may lie in it, so it is the operator who says what takes its place."""
    if problems := check(folder):
        raise PackBroken(problems)
    report = Report()
    rows = _numbered(read(folder / FILE).data if (folder / FILE).is_file() else categories.rows())
    present = set(CategoryEntry.objects.values_list("code", flat=True))
    if not present:
        CategoryEntry.objects.bulk_create(_fresh(*one) for one in rows)
        report.created += [row["de"] for row, _above, _place in rows]
    else:
        for row, above, place in rows:
            keep_row(CategoryEntry, {"code": row["code"]}, _values(row, above, place), report, name=row["de"])
    named = {row["code"] for row, _above, _place in rows}
    for gone in CategoryEntry.objects.filter(successor="").exclude(from_pack="").exclude(code__in=named):
        report.notes.append(_("The category “%(name)s” is no longer in the file and stays.") % {"name": gone.de})
    if not report.is_empty:
        pagecache.changed()
    tree.look_now()
    return report


def shipped_entries() -> list[CategoryEntry]:
    """The rows of the shipped tree as a first load would write them; nothing is written."""
    return [_fresh(*one) for one in _numbered(categories.rows())]


def diff(folder: Path, by: Actor) -> Report:
    """What `load` would do."""
    report = rehearse(load, folder, by)
    tree.look_now()
    return report


def _check(file: Path) -> list[Problem]:
    try:
        return list(_problems(read(file, SCHEMA)))
    except PackBroken as broken:
        return broken.problems


def _numbered(rows: list[dict[str, Any]]) -> list[tuple[dict[str, Any], str, int]]:
    """Each row with the code of the one above it and its place."""
    return [(row, above, place) for place, (_at, row, above) in enumerate(_walk(rows), 1)]


def _walk(rows: list[dict[str, Any]], above: str = "", at: Part = ()) -> Iterator[tuple[Part, dict[str, Any], str]]:
    """Each row with where it stands in the file and the code of the one above it."""
    for index, row in enumerate(rows):
        here = (*at, index)
        yield here, row, above
        yield from _walk(row.get("children", []), row["code"], (*here, "children"))


def _values(row: dict[str, Any], above: str, place: int) -> dict[str, Any]:
    return {
        "slug": row.get("slug") or slugify_german(row["de"]),
        "parent": above,
        "order": place * 10,
        "de": row["de"],
        "en": row["en"],
        "own": {name: row[name] for name in categories.INHERITED if name in row},
        "google": row.get("google", 0),
        "words": row.get("words", []),
    }


def _fresh(row: dict[str, Any], above: str, place: int) -> CategoryEntry:
    wanted = {"code": row["code"], **_values(row, above, place)}
    return CategoryEntry(**wanted, from_pack=fingerprint(wanted))


def _problems(document: Document) -> Iterator[Problem]:
    seen: dict[str, set[str]] = {"code": set(), "slug": set(), "de": set()}
    for at, row, _above in _walk(document.data):
        if len(at) > 2 * categories.DEPTH - 1:
            yield document.problem(_("The tree has at most three steps."), *at)
        for name, known in seen.items():
            value = row.get(name) or slugify_german(row["de"])
            if value in known:
                yield document.problem(_("“%(text)s” stands here twice.") % {"text": value}, *at, name)
            known.add(value)
