"""Finding an address from what people type: prefixes, typos, umlaut spellings, Str./Straße, with and without the town.

Candidates come from the table of three-letter pieces (one query), are compared in Python, and get their house number
from one more query. No database extension is used, so that SQLite and PostgreSQL answer alike.
"""

import re
from dataclasses import dataclass

from django.db.models import Count, F

from stadtplatz.city.models import Address, District, Street, StreetGram
from stadtplatz.city.spelling import distances, fold, grams, number_key, street_key, words
from stadtplatz.kit.identity import city

CANDIDATES = 40
LONGEST = 120
"""Letters of a question that are looked at."""


@dataclass(frozen=True)
class AddressHit:
    """One suggestion. `address_id` is None when only the street is known; then lon and lat are the street's middle."""

    label: str
    lon: float
    lat: float
    street: str
    house_number: str
    postcode: str
    district: str
    address_id: int | None


@dataclass(frozen=True)
class Reading:
    """One way to understand the words: this may be the street, this the number, these the place."""

    street: str
    number: str
    district: str


def find_addresses(text: str, limit: int = 8) -> list[AddressHit]:
    """The most likely addresses first; an empty list when nothing is near."""
    question = words(text[:LONGEST])
    postcode = next((word for word in question if re.fullmatch(r"\d{5}", word)), "")
    readings = _readings([word for word in question if word != postcode])
    scored: dict[int, tuple[float, Street, Reading]] = {}
    for street, shared in _candidates(readings):
        for reading in readings:
            score = _score(reading, street, postcode) + shared / 1000
            if street.pk not in scored or score > scored[street.pk][0]:
                scored[street.pk] = (score, street, reading)
    best = sorted(scored.values(), key=lambda row: (-row[0], row[1].name, row[1].pk))
    best = [row for row in best if row[0] > 0.4][: limit * 2]
    return _with_numbers(best, limit)


def _readings(question: list[str]) -> list[Reading]:
    """The ways to split the words into street, number and place; the likeliest first."""
    districts = {fold(name).replace(" ", "") for name in District.objects.values_list("name", flat=True)}
    town = fold(city().name).replace(" ", "")
    found: list[Reading] = []
    for numbered in _number_splits(question):
        rest, number = numbered
        for street_words, place in _place_splits(rest, districts, town):
            reading = Reading("".join(street_words), number, place)
            if reading.street and reading not in found:
                found.append(reading)
    return found[:8]


def _number_splits(question: list[str]) -> list[tuple[list[str], str]]:
    splits = [(question, "")]
    for position in range(len(question) - 1, 0, -1):
        match = re.fullmatch(r"(\d{1,4})([a-z]?)", question[position])
        if match:
            after = position + 1
            letter = match[2]
            if not letter and after < len(question) and re.fullmatch(r"[a-z]", question[after]):
                letter, after = question[after], after + 1
            splits.insert(0, (question[:position] + question[after:], match[1] + letter))
            break
    return splits


def _place_splits(rest: list[str], districts: set[str], town: str) -> list[tuple[list[str], str]]:
    """Take the names of the town and of a district off the words, at either end, with up to one mistake."""
    splits = [(rest, "")]
    street, place = list(rest), ""
    for _round in range(3):
        for position in (-1, 0):
            if len(street) < 2:
                break
            word = street[position]
            near = _near(word, districts | {town})
            if near:
                place = near if near != town or not place else place
                del street[position]
    if street != rest:
        splits.insert(0, (street, place))
    return splits


def _near(word: str, names: set[str]) -> str:
    if word in names:
        return word
    if len(word) < 5:
        return ""
    return next((name for name in sorted(names) if distances(word, name)[0] <= 1), "")


def _candidates(readings: list[Reading]) -> list[tuple[Street, int]]:
    pieces = {gram for reading in readings for gram in grams(reading.street)[:40]}
    shared = (
        StreetGram.objects.filter(gram__in=pieces, street__gone_at=None)
        .values("street_id")
        .annotate(n=Count("id"))
        .order_by("-n", "street_id")[:CANDIDATES]
    )
    counts = {row["street_id"]: row["n"] for row in shared}
    streets = Street.objects.filter(pk__in=counts).select_related("district").defer("lines", "district__geometry")
    return [(street, counts[street.pk]) for street in streets]


def _score(reading: Reading, street: Street, postcode: str) -> float:
    whole, beginning = distances(reading.street, street.name_key)
    length = len(reading.street)
    likeness = max(1 - whole / max(length, len(street.name_key)), (1 - beginning / length) * 0.95 - 0.01)
    if reading.street == street.name_key:
        likeness = 1.1
    if reading.number:
        likeness += 0.02
    if reading.district:
        here = street.place_key == reading.district or (street.district is None)
        likeness += 0.15 if here else 0.02
    if postcode and street.postcode:
        likeness += 0.1 if street.postcode == postcode else -0.1
    return likeness


def _with_numbers(best: list[tuple[float, Street, Reading]], limit: int) -> list[AddressHit]:
    wanted = {(street.pk, reading.number) for _score, street, reading in best if reading.number}
    rows = Address.objects.filter(
        street_id__in=[pk for pk, _number in wanted], number_key__in=[number for _pk, number in wanted], gone_at=None
    ).annotate(town_part=F("district__name"))
    exact = {(row.street_id, row.number_key): row for row in rows.order_by("-id")}
    hits: list[tuple[bool, AddressHit]] = []
    for score, street, reading in best:
        row = exact.get((street.pk, number_key(reading.number)))
        hits.append((not row and bool(reading.number) and score < 1, _hit(street, row)))
    return [hit for _missing, hit in sorted(hits, key=lambda pair: pair[0])][:limit]


def _hit(street: Street, row: Address | None) -> AddressHit:
    part = street.district.name if street.district else ""
    postcode = (row.postcode if row else "") or street.postcode
    name = f"{street.name} {row.house_number}" if row else street.name
    label = ", ".join(bit for bit in (name, f"{postcode} {city().name}".strip(), part) if bit)
    at = row or street
    return AddressHit(
        label, at.lon, at.lat, street.name, row.house_number if row else "", postcode, part, row.pk if row else None
    )


__all__ = ["AddressHit", "find_addresses", "street_key"]
