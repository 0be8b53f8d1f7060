"""What OpenStreetMap's tags mean in this town."""

from collections.abc import Mapping

from stadtplatz.city.models import Place

PLACE_KEYS = ("shop", "amenity", "craft", "office", "healthcare", "leisure", "tourism", "place")
SETTLEMENTS = ("suburb", "quarter", "village", "town", "city")
SMALL_SETTLEMENTS = ("neighbourhood", "hamlet")
_NAMED_SPOTS = {*SETTLEMENTS, *SMALL_SETTLEMENTS, "isolated_dwelling", "locality", "farm", "square", "borough"}
_NO_STREETS = {
    "construction",
    "proposed",
    "razed",
    "abandoned",
    "platform",
    "elevator",
    "corridor",
    "raceway",
    "bus_stop",
}
_FURTHER = ("healthcare:speciality", "cuisine", "brand")
_NOT_THERE = {"no", "vacant", "disused", "closed"}

_SHOP_SERVICES = {
    "hairdresser",
    "beauty",
    "massage",
    "tattoo",
    "laundry",
    "dry_cleaning",
    "travel_agency",
    "copyshop",
    "funeral_directors",
    "insurance",
    "car_repair",
    "tailor",
    "shoe_repair",
    "ticket",
    "nails",
    "cosmetics_studio",
    "money_lender",
    "pawnbroker",
    "tyres_service",
}
_AMENITIES = {
    Place.CAFE: "restaurant cafe fast_food pub bar ice_cream biergarten food_court",
    Place.SERVICE: "bank post_office driving_school car_wash car_rental bicycle_rental car_sharing fuel veterinary"
    " nightclub internet_cafe crematorium animal_boarding bureau_de_change post_depot",
    Place.HEALTH: "pharmacy doctors dentist clinic hospital therapist nursing_home",
    Place.PUBLIC: "townhall public_building courthouse police fire_station library community_centre school kindergarten"
    " university college music_school social_facility social_centre prison youth_centre ranger_station",
    Place.MARKET: "marketplace",
    Place.LEISURE: "theatre cinema arts_centre place_of_worship events_venue conference_centre planetarium",
}
_OTHERS = {
    "tourism": {"museum": Place.LEISURE, "gallery": Place.LEISURE}
    | dict.fromkeys(("hotel", "guest_house", "hostel", "motel", "apartment"), Place.SERVICE),
    "leisure": dict.fromkeys(
        ("fitness_centre", "sports_centre", "water_park", "swimming_pool", "stadium", "dance", "bowling_alley"),
        Place.LEISURE,
    ),
}
_AMENITY_KINDS = {word: kind for kind, words in _AMENITIES.items() for word in words.split()}

_FURNITURE = {
    "amenity": {
        "bench",
        "waste_basket",
        "post_box",
        "recycling",
        "bicycle_parking",
        "drinking_water",
        "fountain",
        "grit_bin",
        "toilets",
        "shelter",
        "clock",
        "charging_station",
        "bicycle_repair_station",
        "telephone",
        "waste_disposal",
        "public_bookcase",
    },
    "highway": {"street_lamp", "traffic_signals", "bus_stop", "speed_display", "traffic_mirror"},
    "leisure": {"playground", "picnic_table", "outdoor_seating"},
    "emergency": {"fire_hydrant", "defibrillator"},
    "man_made": {"manhole", "street_cabinet", "bridge", "planter"},
    "barrier": {"bollard", "planter"},
}
ASSET_KEYS = tuple(_FURNITURE)


def place_kind(tags: Mapping[str, str]) -> tuple[str, str] | None:
    """Kind and category of the place these tags describe; None if it is none."""
    shop = tags.get("shop", "")
    if shop and shop not in _NOT_THERE:
        return (Place.SERVICE if shop in _SHOP_SERVICES else Place.SHOP), shop
    amenity = tags.get("amenity", "")
    if amenity in _AMENITY_KINDS:
        return _AMENITY_KINDS[amenity], amenity
    if craft := tags.get("craft"):
        return Place.CRAFT, craft
    if office := tags.get("office"):
        return (Place.PUBLIC if office in {"government", "administrative"} else Place.OFFICE), office
    if healthcare := tags.get("healthcare"):
        return Place.HEALTH, healthcare
    for key, kinds in _OTHERS.items():
        if tags.get(key) in kinds:
            return kinds[tags[key]], tags[key]
    if tags.get("place") in _NAMED_SPOTS:
        return Place.LOCALITY, tags["place"]
    return None


def place_name(tags: Mapping[str, str]) -> str:
    """What people call it: its name, else the brand, else who runs it."""
    return next((tags[key] for key in ("name", "brand", "operator") if tags.get(key)), "")


def further(tags: Mapping[str, str]) -> str:
    """What else is searched for: a doctor's field, a kitchen's country, a brand that is not the name. At most 255 signs, whole values only."""
    name = place_name(tags).casefold()
    values = [value.strip() for key in _FURTHER for value in tags.get(key, "").split(";")]
    kept = ""
    for value in dict.fromkeys(values):
        if value and value.casefold() not in name and len(kept) + len(value) < 255:
            kept = f"{kept};{value}" if kept else value
    return kept


def asset_kind(tags: Mapping[str, str]) -> str:
    """Which street furniture this is; an empty string if none."""
    for key, kinds in _FURNITURE.items():
        if tags.get(key) in kinds:
            return tags[key]
    return "dog_waste_bags" if tags.get("vending") == "excrement_bags" else ""


def road_class(tags: Mapping[str, str]) -> str:
    """The class of a road that can be part of a street; an empty string for everything else."""
    road = tags.get("highway", "")
    if road and road not in _NO_STREETS:
        return road
    return "square" if tags.get("place") == "square" else ""
