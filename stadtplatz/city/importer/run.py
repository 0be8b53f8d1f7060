"""The whole import, in order: read, draw, gather, write, tell."""

import hashlib
import json
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from django.db import transaction

from stadtplatz.audit.actions import record
from stadtplatz.city import facts
from stadtplatz.city.importer import border, documents, reading, streets, writing
from stadtplatz.city.importer.border import Part, Town
from stadtplatz.city.importer.reading import Found, MapBroken
from stadtplatz.city.importer.streets import Road
from stadtplatz.city.models import Address, Asset, District, MapState, Place, Street
from stadtplatz.city.spelling import number_key
from stadtplatz.kit.actors import Actor
from stadtplatz.kit.packs import Report

VERSION = 2
"""Counts up when the importer reads the same extract otherwise."""


@dataclass(frozen=True)
class Told:
    """What a city pack tells the importer: the town's name, other names for it, and how to call the part in the middle."""

    name: str
    names: tuple[str, ...] = ()
    core_district: str = ""
    allow_shrinking: bool = False

    def all_names(self) -> list[str]:
        return [self.name, *self.names]


@dataclass
class Survey:
    """What the extract says about the town."""

    town: Town
    found: Found
    roads: list[Road]
    part_of_road: dict[int, Part | None] = field(default_factory=dict)


def digest(extract: Path, told: Told) -> str:
    """Hash of the extract and of what was told about it."""
    with extract.open("rb") as file:
        content = hashlib.file_digest(file, "sha256").hexdigest()
    said = [VERSION, told.name, *told.names, told.core_district]
    return hashlib.sha256(json.dumps([content, said]).encode()).hexdigest()


def survey(extract: Path, told: Told) -> Survey:
    """Read the extract. MapBroken if it is no extract, or holds nothing of the town."""
    is_town = border.matcher(told.all_names())
    found = reading.read_borders(extract, is_town)
    whole = border.whole_border(found, told.all_names())
    inside = Town(whole.shape).contains if whole else None
    reading.read_houses(extract, found, is_town, inside)
    town = border.draw_town(found, whole, is_town, told.name)
    found.houses = [house for house in found.houses if is_town(house.city) or town.contains(house.lon, house.lat)]
    reading.read_rest(extract, found, town.contains)
    if not (found.houses or found.ways or found.places):
        raise MapBroken("The extract holds no address, street or place of the town.")
    parts = border.draw_parts(town, found, found.houses, told.core_district or told.name)
    return Survey(town, found, streets.gather(town, found, parts))


def write(seen: Survey, extract: Path, told: Told, by: Actor, at: datetime) -> Report:
    """The tables say what the survey saw. One fact for the whole; search knows the names."""
    _guard(seen, told)
    day = reading.header_date(extract) or (seen.found.newest.date() if seen.found.newest else None)
    report = Report()
    tallies = {
        "districts": _districts(seen.town, at),
        "streets": _streets(seen, at),
        "addresses": _addresses(seen, at),
        "places": _places(seen, day, at),
        "assets": _assets(seen, at),
    }
    for name, tally in tallies.items():
        tally.tell(report, name)
    if seen.found.broken:
        report.notes.append(f"{seen.found.broken} broken outlines in the extract were left out.")
    _finish(seen, extract, told, by, at, day, tallies)
    return report


def _guard(seen: Survey, told: Told) -> None:
    known = Address.objects.filter(gone_at=None).count()
    if known > 100 and len(seen.found.houses) < known / 2 and not told.allow_shrinking:
        raise MapBroken(
            f"The extract holds {len(seen.found.houses)} addresses of the town, the map {known}. Nothing was changed. "
            "If that is right, set allow_shrinking: true in city.yaml."
        )


def _districts(town: Town, at: datetime) -> writing.Tally:
    ordered = sorted(town.parts, key=lambda part: (part.level or 99, part.slug))
    tally = writing.Tally()
    wanted: dict = {}
    rows: dict[str, District] = {}
    for with_parent in (False, True):
        for part in ordered:
            parent = rows.get(part.parent.slug) if part.parent and with_parent else None
            wanted[part.slug] = _district(part, parent)
        if with_parent and not any(part.parent for part in ordered):
            break
        step = writing.keep(
            District, _known_parents(wanted, with_parent), lambda row: row.slug, at, written=documents.push_districts,
            gone=documents.withdraw_districts,
        )  # fmt: skip
        tally.created += step.created
        tally.changed = max(tally.changed, step.changed)
        tally.gone += step.gone
        rows = {row.slug: row for row in District.objects.defer("geometry")}
    return tally


def _known_parents(wanted: dict, with_parent: bool) -> dict:
    """In the first round parents are not known yet, so they stay as they are."""
    if with_parent:
        return wanted
    return {key: {name: value for name, value in row.items() if name != "parent"} for key, row in wanted.items()}


def _district(part: Part, parent: District | None) -> dict:
    middle = part.shape.representative_point()
    west, south, east, north = part.shape.bounds
    return {
        "slug": part.slug,
        "name": part.name,
        "parent": parent,
        "level": part.level,
        "source": part.source,
        "approximate": part.source != District.BOUNDARY,
        "osm_type": part.osm[0],
        "osm_id": part.osm[1],
        "geometry": border.geojson(part.shape),
        "lon": round(middle.x, 7),
        "lat": round(middle.y, 7),
        "west": west,
        "south": south,
        "east": east,
        "north": north,
    }


def _streets(seen: Survey, at: datetime) -> writing.Tally:
    districts = _district_ids()
    wanted = {road.key: _street(road, districts) for road in seen.roads}

    def written(rows: list) -> None:
        writing.spell_out(rows)
        documents.push_streets(rows)

    return writing.keep(
        Street,
        wanted,
        lambda row: (row.name_key, row.place_key),
        at,
        second_key=writing.ways_of,
        wanted_second=writing.ways_of,
        written=written,
        gone=documents.withdraw_streets,
    )


def _street(road: Road, districts: dict[str, int]) -> dict:
    lon, lat = road.middle()
    xs, ys = zip(*road.points(), strict=True)
    return {
        "name": road.name,
        "name_key": road.key[0],
        "place_key": road.key[1],
        "district_id": districts.get(road.part.slug) if road.part else None,
        "road_class": road.road_class[:24],
        "postcode": road.postcode,
        "osm_ids": road.osm_ids,
        "lines": road.lines,
        "lon": lon,
        "lat": lat,
        "west": min(xs),
        "south": min(ys),
        "east": max(xs),
        "north": max(ys),
    }


def _addresses(seen: Survey, at: datetime) -> writing.Tally:
    ids = {(name, place): pk for pk, name, place in Street.objects.values_list("pk", "name_key", "place_key")}
    districts = _district_ids()
    wanted: dict = {}
    for road in seen.roads:
        for house in road.houses:
            key = (*house.osm, number_key(house.number))
            wanted[key] = {
                "street_id": ids[road.key],
                "house_number": house.number,
                "number_key": key[2],
                "postcode": house.postcode,
                "district_id": districts.get(road.part.slug) if road.part else None,
                "osm_type": house.osm[0],
                "osm_id": house.osm[1],
                "lon": house.lon,
                "lat": house.lat,
            }
    return writing.keep(
        Address,
        wanted,
        lambda row: (row.osm_type, row.osm_id, row.number_key),
        at,
        second_key=lambda row: (row.street_id, row.number_key),
        wanted_second=lambda values: (values["street_id"], values["number_key"]),
    )


def _places(seen: Survey, day: date | None, at: datetime) -> writing.Tally:
    """Whether people have hidden a place is not the map's business and stays as it is."""
    districts = _district_ids()
    wanted = {}
    for place in seen.found.places:
        values = {name: value for name, value in place.items() if name not in {"osm", "at"}}
        wanted[place["osm"]] = {**values, **_where(seen, place, districts), "data_date": day}
    return writing.keep(
        Place,
        wanted,
        lambda row: (row.osm_type, row.osm_id),
        at,
        written=documents.push_places,
        gone=documents.withdraw_places,
    )


def _assets(seen: Survey, at: datetime) -> writing.Tally:
    districts = _district_ids()
    wanted = {
        asset["osm"]: {"kind": asset["kind"], "ref": asset["ref"], **_where(seen, asset, districts)}
        for asset in seen.found.assets
    }
    return writing.keep(Asset, wanted, lambda row: (row.osm_type, row.osm_id), at)


def _where(seen: Survey, thing: dict, districts: dict[str, int]) -> dict:
    lon, lat = thing["at"]
    part = streets.part_at(seen.town, lon, lat)
    return {
        "osm_type": thing["osm"][0],
        "osm_id": thing["osm"][1],
        "lon": lon,
        "lat": lat,
        "district_id": districts.get(part.slug) if part else None,
    }


def _district_ids() -> dict[str, int]:
    return dict(District.objects.values_list("slug", "pk"))


@transaction.atomic
def _finish(
    seen: Survey,
    extract: Path,
    told: Told,
    by: Actor,
    at: datetime,
    day: date | None,
    tallies: dict[str, writing.Tally],
) -> None:
    state = MapState.objects.order_by("pk").first() or MapState(imported_at=at)
    state.source, state.digest, state.data_date, state.imported_at = extract.name, digest(extract, told), day, at
    state.area, state.area_approximate = border.geojson(seen.town.shape), seen.town.approximate
    state.counts = {
        name: model._default_manager.filter(gone_at=None).count()
        for name, model in zip(tallies, (District, Street, Address, Place, Asset), strict=True)
    }
    state.save()
    record(
        facts.MAP_IMPORTED,
        subject=state,
        by=by,
        at=at,
        created=sum(tally.created for tally in tallies.values()),
        changed=sum(tally.changed for tally in tallies.values()),
        gone=sum(tally.gone for tally in tallies.values()),
        data_date=day.isoformat() if day else "",
    )
