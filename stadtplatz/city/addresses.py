"""Finding an address from what people type: prefixes, typos, umlaut spellings, Str./Straße, with and without the town.

Candidates come from the table of three-letter pieces (one query), are compared in Python, and get their house number
from one more query. No database extension is used, so that SQLite and PostgreSQL answer alike.
"""

import re
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import Count

from stadtplatz.city.models import Address, District, Street, StreetGram
from stadtplatz.city.spelling import distances, fold, grams, number_key, words
from stadtplatz.kit.identity import city

CANDIDATES = 30
WORST = 0.4
"""Likeness (1 is the same) below which a street is no answer."""
SURE = 0.9
"""Likeness from which only streets nearly as good are offered beside."""
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


class Candidate(NamedTuple):
    """A street that shares pieces with the question."""

    pk: int
    name: str
    key: str
    place_key: str
    postcode: str
    lon: float
    lat: float
    district: str | None


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
    apart: dict[tuple[str, str], tuple[int, int]] = {}
    best: list[tuple[float, Candidate, Reading]] = []
    for street, shared in _candidates(readings):
        scores = [(_score(reading, street, postcode, apart), reading) for reading in readings]
        score, reading = max(scores, key=lambda pair: pair[0])
        if score > WORST:
            best.append((score + shared / 1000, street, reading))
    best.sort(key=lambda row: (-row[0], row[1].name, row[1].pk))
    if best and best[0][0] > SURE:
        best = [row for row in best if row[0] > best[0][0] * 0.75]
    return _with_numbers(best[: limit * 2], limit)


def _readings(question: list[str]) -> list[Reading]:
    """The ways to split the words into street, number and place; the likeliest first."""
    names = _place_names()
    found: list[Reading] = []
    for rest, number in _number_splits(question):
        for street_words, place in _place_splits(rest, names):
            reading = Reading("".join(street_words), number, place)
            if reading.street and reading not in found:
                found.append(reading)
    return found[:8]


def _place_names() -> dict[str, str]:
    """What may be said for the town (to "") and for its districts (to the district's key), also the last word of a long name."""
    names = {fold(city().name).replace(" ", ""): ""}
    for name in District.objects.filter(gone_at=None).values_list("name", flat=True):
        key = fold(name).replace(" ", "")
        names.setdefault(fold(name.split()[-1]), key)
        names[key] = key
    return names


def _number_splits(question: list[str]) -> list[tuple[list[str], str]]:
    splits = [(question, "")]
    for position in range(len(question) - 1, 0, -1):
        match = re.fullmatch(r"(\d{1,4})([a-z]?)((?:[/-]\d+[a-z]?)*)", question[position])
        if match:
            after = position + 1
            letter = match[2] + match[3]
            if not letter and after < len(question) and re.fullmatch(r"[a-z]", question[after]):
                letter, after = question[after], after + 1
            splits.insert(0, (question[:position] + question[after:], match[1] + letter))
            break
    return splits


def _place_splits(rest: list[str], names: dict[str, str]) -> list[tuple[list[str], str]]:
    """Take the names of the town and of a district off the words, at either end, with up to one mistake."""
    street, place = list(rest), ""
    for _round in range(3):
        before = len(street)
        for size in (3, 2, 1):
            for piece in (slice(len(street) - size, None), slice(0, size)):
                if len(street) <= size:
                    continue
                near = _near("".join(street[piece]), names)
                if near is not None:
                    place = near or place
                    del street[piece]
        if len(street) == before:
            break
    return [(street, place), (rest, "")] if street != rest else [(rest, "")]


def _near(word: str, names: dict[str, str]) -> str | None:
    if word in names:
        return names[word]
    if len(word) < 6:
        return None
    return next((names[name] for name in sorted(names) if distances(word, name)[0] <= 1), None)


def _candidates(readings: list[Reading]) -> list[tuple[Candidate, int]]:
    pieces = {gram for reading in readings for gram in grams(reading.street)[:40]}
    shared = (
        StreetGram.objects.filter(gram__in=pieces, street__gone_at=None)
        .values("street_id")
        .annotate(n=Count("id"))
        .order_by("-n", "street_id")[:CANDIDATES]
    )
    counts = {row["street_id"]: row["n"] for row in shared}
    rows = Street.objects.filter(pk__in=counts).order_by("pk")
    values = rows.values_list("pk", "name", "name_key", "place_key", "postcode", "lon", "lat", "district__name")
    return [(Candidate(*row), counts[row[0]]) for row in values]


def _score(reading: Reading, street: Candidate, postcode: str, apart: dict[tuple[str, str], tuple[int, int]]) -> float:
    pair = (reading.street, street.key)
    if pair not in apart:
        apart[pair] = distances(*pair)
    whole, beginning = apart[pair]
    length = len(reading.street)
    likeness = max(1 - whole / max(length, len(street.key)), (1 - beginning / length) * 0.95 - 0.01)
    if whole == 0:
        likeness = 1.1
    if reading.number:
        likeness += 0.02
    if reading.district:
        likeness += 0.15 if reading.district == street.place_key or street.district is None else 0.02
    if postcode and street.postcode:
        likeness += 0.1 if street.postcode == postcode else -0.1
    return likeness


def _with_numbers(best: list[tuple[float, Candidate, Reading]], limit: int) -> list[AddressHit]:
    """The door on each street, where it exists; streets without it come last unless the name is exact."""
    wanted = {(street.pk, number_key(reading.number)) for _score, street, reading in best if reading.number}
    rows = Address.objects.filter(
        street_id__in={pk for pk, _number in wanted}, number_key__in={number for _pk, number in wanted}, gone_at=None
    )
    doors = {(row.street_id, row.number_key): row for row in rows.order_by("-id")} if wanted else {}
    hits: list[tuple[bool, AddressHit]] = []
    for score, street, reading in best:
        door = doors.get((street.pk, number_key(reading.number)))
        missing = bool(reading.number) and door is None and score < 1
        hits.append((missing, _hit(street, door)))
    return [hit for _missing, hit in sorted(hits, key=lambda pair: pair[0])][:limit]


def _hit(street: Candidate, door: Address | None) -> AddressHit:
    postcode = (door.postcode if door else "") or street.postcode
    name = f"{street.name} {door.house_number}" if door else street.name
    at = (door.lon, door.lat) if door else (street.lon, street.lat)
    label = ", ".join(bit for bit in (name, f"{postcode} {city().name}".strip(), street.district) if bit)
    number, pk = (door.house_number, door.pk) if door else ("", None)
    return AddressHit(label, *at, street.name, number, postcode, street.district or "", pk)
