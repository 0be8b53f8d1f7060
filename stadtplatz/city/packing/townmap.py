"""The map part of city.yaml: which extract, which tiles."""

from pathlib import Path

from django.utils.translation import gettext as _

from stadtplatz.city.packing import identity
from stadtplatz.kit.actors import Actor
from stadtplatz.kit.packs import Problem, Report


def check(folder: Path) -> list[Problem]:
    """The files that city.yaml names are there."""
    document = identity.read(folder)
    problems = []
    for name in ("extract", "tiles"):
        path = document.data.get("map", {}).get(name)
        if path and not (folder / path).is_file():
            problems.append(document.problem(_("There is no file “%(path)s”.") % {"path": path}, "map", name))
    return problems


def is_new(folder: Path) -> bool:
    """Whether `load` would import the map."""
    return False


def load(folder: Path, by: Actor) -> Report:
    """The map is imported when the extract, or what is said about it, has changed."""
    return Report()
