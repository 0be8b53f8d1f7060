"""What search learns from the map: names of streets, districts and parts of town. Addresses have a search of their own."""

from urllib.parse import quote

from stadtplatz.city.models import District, Place, Street
from stadtplatz.search import actions as search


def push_streets(streets: list[Street]) -> None:
    """These streets can be found by name."""
    names = dict(District.objects.values_list("pk", "name"))
    search.push_many(
        {
            "kind": "street",
            "key": str(street.pk),
            "title": street.name,
            "body": names.get(street.district_id or 0, ""),
            "url": f"/suche/?q={quote(street.name)}",
            "lon": street.lon,
            "lat": street.lat,
            "weight": 0.4,
        }
        for street in streets
    )


def withdraw_streets(streets: list[Street]) -> None:
    """These streets cannot be found any more."""
    search.withdraw_all(kind="street", keys=[str(street.pk) for street in streets])


def push_districts(districts: list[District]) -> None:
    """These districts can be found by name."""
    search.push_many(_spot(f"d{row.pk}", row.name, row) for row in districts)


def withdraw_districts(districts: list[District]) -> None:
    """These districts cannot be found any more."""
    search.withdraw_all(kind="place", keys=[f"d{row.pk}" for row in districts])


def push_places(places: list[Place]) -> None:
    """Parts of town, squares and farms can be found by name. Shops and offices are pushed by `shops`."""
    search.push_many(_spot(str(row.pk), row.name, row) for row in places if _is_named_spot(row))
    search.withdraw_all(kind="place", keys=[str(row.pk) for row in places if not _is_named_spot(row)])


def withdraw_places(places: list[Place]) -> None:
    """These cannot be found any more."""
    search.withdraw_all(kind="place", keys=[str(row.pk) for row in places])


def _is_named_spot(place: Place) -> bool:
    return place.kind == Place.LOCALITY and place.hidden_at is None and bool(place.name)


def _spot(key: str, name: str, row: District | Place) -> dict:
    return {"kind": "place", "key": key, "title": name, "lon": row.lon, "lat": row.lat, "weight": 0.5, "url": ""}
