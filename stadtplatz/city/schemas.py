"""What the files of a city pack look like. `description` is what an error message says is expected."""

from collections.abc import Mapping
from typing import Any

_TEXT = {"type": "string", "minLength": 1}
_SLUG = {"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$", "description": "small letters, digits and hyphens"}
_EMAIL = {"type": "string", "pattern": r"^[^@\s]+@[^@\s]+\.[^@\s]+$", "description": "a mail address"}
_COLOUR = {"type": "string", "pattern": "^#[0-9a-fA-F]{6}$", "description": 'a colour like "#1f4e79"'}
_DAY = {
    "description": "a day like 2027-05-31, or a number of days from today like -3",
    "oneOf": [{"type": "integer"}, {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"}],
}
LANDS = ["BW", "BY", "BE", "BB", "HB", "HH", "HE", "MV", "NI", "NW", "RP", "SL", "SN", "ST", "SH", "TH"]


def _block(required: str, **properties: Mapping[str, object]) -> dict[str, Any]:
    return {
        "type": "object",
        "required": required.split(),
        "additionalProperties": False,
        "properties": properties,
    }


CITY = _block(
    "slug name land centre",
    slug=_SLUG,
    name=_TEXT,
    long_name=_TEXT,
    land={"enum": LANDS},
    centre={
        "type": "array",
        "minItems": 2,
        "maxItems": 2,
        "items": {"type": "number"},
        "description": "longitude and latitude, like [8.87, 48.59]",
    },
    colours=_block("", primary=_COLOUR, accent=_COLOUR),
    contact={"type": "object", "additionalProperties": {"type": "string"}},
    legal={"type": "object"},
    demo_notice=_TEXT,
    demo_notice_en=_TEXT,
    switched_off={"type": "array", "items": {"type": "string"}},
    map=_block(
        "",
        extract=_TEXT,
        tiles=_TEXT,
        names={"type": "array", "items": _TEXT},
        core_district=_TEXT,
        allow_shrinking={"type": "boolean"},
        attribution=_TEXT,
        zoom={"type": "integer", "minimum": 5, "maximum": 19, "description": "a whole number from 5 to 19"},
    ),
)

_FUNCTION = _block("slug name", slug=_SLUG, name=_TEXT)
_UNIT = _block(
    "slug name",
    slug=_SLUG,
    name=_TEXT,
    kind={"enum": ["department", "office", "team", "company", "body", "council"]},
    task=_TEXT,
    phone=_TEXT,
    email=_EMAIL,
    address=_TEXT,
    functions={"type": "array", "items": _FUNCTION},
    parts={"type": "array", "items": {"$ref": "#/$defs/unit"}},
)
_PERSON = _block(
    "email name unit",
    email=_EMAIL,
    name=_TEXT,
    unit=_SLUG,
    role={"enum": ["member", "lead", "admin"]},
    function=_SLUG,
    deputy=_EMAIL,
    named={"type": "boolean"},
)
_ABSENCE = {
    **_block("person from until", person=_EMAIL, until=_DAY, deputy=_EMAIL),
}
_ABSENCE["properties"]["from"] = _DAY
ORGANISATION = {
    **_block(
        "units",
        units={"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/unit"}, "description": "at least one unit"},
        people={"type": "array", "items": _PERSON},
        absences={"type": "array", "items": _ABSENCE},
    ),
    "$defs": {"unit": _UNIT},
}

_CODE = {
    "type": "string",
    "pattern": r"^[a-z0-9_-]+(\.[a-z0-9_-]+)*$",
    "description": "a code like roads.pothole",
}
_WHO: dict[str, Mapping[str, object]] = {"unit": _SLUG, "function": _SLUG, "person": _EMAIL, "title": _TEXT}
_CONDITIONS: dict[str, Mapping[str, object]] = {
    "district": _TEXT,
    "street": _TEXT,
    "street_class": {"enum": ["main", "local", "way"]},
    "area": {
        "type": "array",
        "minItems": 3,
        "items": {"type": "array", "minItems": 2, "maxItems": 2, "items": {"type": "number"}},
        "description": "at least three corners like [8.87, 48.59]",
    },
    "weekdays": {"type": "array", "items": {"enum": ["mo", "tu", "we", "th", "fr", "sa", "su"]}},
    "hours": {
        "type": "string",
        "pattern": r"^([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d$",
        "description": "hours like 16:00-07:00",
    },
    "season": {
        "type": "string",
        "pattern": r"^\d{2}-\d{2}\.\.\d{2}-\d{2}$",
        "description": "days like 11-01..03-31",
    },
}
DUTIES = _block(
    "default duties",
    default=_block("unit", **_WHO),
    duties={"type": "array", "items": _block("code unit", code=_CODE, **_CONDITIONS, **_WHO)},
)
