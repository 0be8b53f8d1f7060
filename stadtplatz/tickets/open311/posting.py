"""POST requests: from the fields of the specification to what `open_by_client` takes."""

from __future__ import annotations

import re
from typing import Any

from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from stadtplatz.city.models import Address
from stadtplatz.city.queries import find_addresses
from stadtplatz.kit import uploads
from stadtplatz.questionnaires.models import Version
from stadtplatz.tickets.actions.clients import Sending
from stadtplatz.tickets.models import Category
from stadtplatz.tickets.open311.asking import Wrong
from stadtplatz.tickets.open311.shapes import LONGEST

_ATTRIBUTE = re.compile(r"attribute\[([A-Za-z0-9_.\-]{1,80})\](\[\d*\])?")
MOST_FILES = 5


def sending(request: HttpRequest, category: Category, version: Version | None) -> Sending:
    """The report that is sent. Wrong and UploadRefused say what cannot be taken."""
    given = request.POST
    place, note = _place(given)
    text = given.get("description", "").replace("\r\n", "\n").strip()
    if len(text) > LONGEST:
        raise Wrong(_("description has {count} characters; {most} are allowed.").format(count=len(text), most=LONGEST))
    return Sending(
        text=text or category.name,
        category=category,
        questions=version,
        place=place,
        place_note=note,
        photos=[uploads.accept_image(file) for file in _files(request)],
        answers=_answers(given, version) if version else {},
        name=" ".join(part for name in ("first_name", "last_name") if (part := given.get(name, "").strip())),
        email=given.get("email", "").strip(),
        phone=given.get("phone", "").strip(),
        language=given.get("lang", "de").strip()[:5] or "de",
        media_url=_media_url(given.get("media_url", "").strip()),
        token=given.get("token", "").strip(),
    )


def _files(request: HttpRequest) -> list:
    files = [file for name in request.FILES for file in request.FILES.getlist(name)]
    if len(files) > MOST_FILES:
        raise Wrong(_("Please choose at most {count} photos.").format(count=MOST_FILES))
    return files


def _place(given: QueryDict) -> tuple[tuple[float, float], str]:
    """Where it is, and what the address adds to coordinates. Coordinates come before an address id, that before a typed address."""
    lat, long = given.get("lat", "").strip(), given.get("long", "").strip()
    address, known = given.get("address_string", "").strip(), given.get("address_id", "").strip()
    if lat or long:
        return _coordinates(lat, long), address[:200]
    if known:
        return _address(known), ""
    if not address:
        raise Wrong(_("A place is needed: lat and long, address_string, or address_id."))
    hit = next(iter(find_addresses(address, limit=1)), None)
    if hit is None:
        raise Wrong(_("address_string is no address of this town."))
    return (hit.lon, hit.lat), address[:200]


def _coordinates(lat: str, long: str) -> tuple[float, float]:
    try:
        place = (float(long), float(lat))
    except ValueError:
        raise Wrong(_("lat and long are both needed, as degrees.")) from None
    if not (-180 <= place[0] <= 180 and -90 <= place[1] <= 90):
        raise Wrong(_("lat and long are both needed, as degrees."))
    return place


def _address(known: str) -> tuple[float, float]:
    row = Address.objects.filter(pk=int(known), gone_at=None).first() if re.fullmatch(r"[0-9]{1,12}", known) else None
    if row is None:
        raise Wrong(_("address_id is unknown."))
    return row.lon, row.lat


def _media_url(url: str) -> str:
    if url and (len(url) > 500 or not re.fullmatch(r"https?://[!#-&(-;=?-~]+", url)):
        raise Wrong(_("media_url is an http address of at most 500 signs."))
    return url


def _answers(given: QueryDict, version: Version) -> dict[str, Any]:
    """`attribute[code]=value`, and `attribute[code][]=value` for several, as the questions want them."""
    sent: dict[str, list[str]] = {}
    for key in given:
        if found := _ATTRIBUTE.fullmatch(key):
            sent.setdefault(found[1], []).extend(_values(given.getlist(key)))
    kinds = {question["name"]: question["kind"] for question in version.ui}
    return {name: _value(kinds[name], values) for name, values in sent.items() if name in kinds and values}


def _values(texts: list[str]) -> list[str]:
    return [clean for text in texts if (clean := text.replace("\x00", "").strip())]


def _value(kind: str, values: list[str]) -> Any:
    if kind == "choices":
        return values
    text = values[0]
    if kind == "yes_no":
        return {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}.get(text.lower(), text)
    if kind == "number":
        return int(text) if re.fullmatch(r"-?[0-9]{1,9}", text) else text
    return text
