"""The map part of city.yaml: which extract, which tiles."""

from pathlib import Path

from django.utils.translation import gettext as _

from stadtplatz.city.actions import import_map
from stadtplatz.city.importer.reading import MapBroken
from stadtplatz.city.importer.run import Told, digest
from stadtplatz.city.models import MapState
from stadtplatz.city.packing import identity
from stadtplatz.kit.actors import Actor
from stadtplatz.kit.packs import PackBroken, Problem, Report


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
    extract, told = _told(folder)
    state = MapState.objects.only("digest").order_by("pk").first()
    return extract is not None and (state is None or state.digest != digest(extract, told))


def load(folder: Path, by: Actor) -> Report:
    """The map is imported when the extract, or what is said about it, has changed."""
    extract, told = _told(folder)
    if extract is None or not is_new(folder):
        return Report()
    try:
        return import_map(extract=extract, told=told, by=by)
    except MapBroken as broken:
        raise PackBroken([Problem(extract.name, 1, str(broken))]) from None


def _told(folder: Path) -> tuple[Path | None, Told]:
    data = identity.read(folder).data
    said = data.get("map", {})
    told = Told(
        name=data["name"],
        names=tuple(said.get("names", ())),
        core_district=said.get("core_district", ""),
        allow_shrinking=said.get("allow_shrinking", False),
    )
    return (folder / said["extract"] if "extract" in said else None), told
