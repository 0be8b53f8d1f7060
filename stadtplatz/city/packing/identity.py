"""city.yaml: who this city is."""

from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from stadtplatz.city.schemas import CITY
from stadtplatz.domains import SWITCHABLE
from stadtplatz.kit import identity, packs
from stadtplatz.kit.models import CityIdentity
from stadtplatz.kit.packs import Document, Problem, Report

READABLE = 4.5
"""Contrast of text and ground that WCAG 2 asks for (level AA)."""


def read(folder: Path) -> Document:
    """The checked city.yaml."""
    return packs.read(folder / "city.yaml", CITY)


def check(folder: Path) -> list[Problem]:
    """Spelling, colours that can be read on white, domains that exist."""
    document = read(folder)
    problems = []
    for name, colour in document.data.get("colours", {}).items():
        if (ratio := contrast(colour, "#ffffff")) < READABLE:
            message = _("%(colour)s cannot be read on white: contrast %(ratio).1f, at least 4.5 is expected.")
            problems.append(document.problem(message % {"colour": colour, "ratio": ratio}, "colours", name))
    for index, name in enumerate(document.data.get("switched_off", [])):
        if name not in SWITCHABLE:
            message = _("“%(name)s” cannot be switched off. Possible are: %(names)s.")
            values = {"name": name, "names": ", ".join(sorted(SWITCHABLE))}
            problems.append(document.problem(message % values, "switched_off", index))
    return problems


def load(folder: Path) -> Report:
    """The pages carry the pack's name, colours and contacts."""
    document, report = read(folder), Report()
    data = {"legal": {}, **document.data}
    if not _is_known(folder, data["slug"]):
        data["map"] = {**data.get("map", {}), "folder": str(folder)}
    row = CityIdentity.objects.order_by("pk").first()
    if row is None or row.data != data:
        identity.set_identity(data)
        (report.changed if row else report.created).append("city.yaml")
    return report


def _is_known(folder: Path, slug: str) -> bool:
    """Whether the pack lies in one of the folders for packs, where it is found by its slug."""
    return any((root / slug).resolve() == folder.resolve() for root in settings.CITY_PACKS)


def contrast(one: str, other: str) -> float:
    """Contrast of two colours after WCAG 2, from 1 to 21."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
