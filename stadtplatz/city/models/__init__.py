"""What the town consists of: its map, and the organisation that looks after it."""

from stadtplatz.city.models.map import Address, Asset, District, MapState, Place, Street, StreetGram
from stadtplatz.city.models.organisation import Absence, Duty, Function, Membership, Unit

__all__ = [
    "Absence",
    "Address",
    "Asset",
    "District",
    "Duty",
    "Function",
    "MapState",
    "Membership",
    "Place",
    "Street",
    "StreetGram",
    "Unit",
]
