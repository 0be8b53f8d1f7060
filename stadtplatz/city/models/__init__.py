"""What the town consists of: its map, and the organisation that looks after it."""

from stadtplatz.city.models.duty import Conditions, Duty
from stadtplatz.city.models.map import Address, Asset, District, MapState, Place, Street, StreetGram
from stadtplatz.city.models.organisation import Absence, Function, Membership, Unit

__all__ = [
    "Absence",
    "Address",
    "Asset",
    "Conditions",
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
