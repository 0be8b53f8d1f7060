"""A fixed list of questions for the address search: real addresses of the map, spelled as people spell them.

Each question is one address of the list (drawn with a seed, the same for everybody) and one kind of change:

    as written          Hindenburgstraße 5
    str.                Hindenburgstr. 5           Straße written short
    strasse             Hindenburgstrasse 5        no ß
    split               Hindenburg Straße 5        one word written as two
    glued               Hindenburgstr.5            no blanks at all
    letter missing      Hindnburgstraße 5
    letters swapped     Hindenbrugstraße 5
    letter doubled      Hindennburgstraße 5
    letter wrong        Hindenbxrgstraße 5
    two mistakes        Hindnbuurgstraße 5         one letter missing and one doubled, in names of eight letters or more
    umlaut spelled out  Muehlstraße 5              ae, oe, ue
    umlaut dropped      Muhlstraße 5               a, o, u
    lower case          hindenburgstraße 5
    upper case          HINDENBURGSTRASSE 5
    beginning           Hindenburgs 5              the last third of the name not yet typed (at least six letters left)
    number apart        Hindenburgstraße 5 A       the letter of the number apart and in capitals
    town after          Hindenburgstraße 5, Herrenberg
    town before         Herrenberg Hindenburgstraße 5
    postcode            Hindenburgstraße 5, 71083 Herrenberg
    postcode first      71083 Hindenburgstraße 5
    district            Hindenburgstraße 5 Gültstein

Letters are changed after the first one. Where a street of this name is in several districts, the district is added
to every kind; where the change needs an umlaut or a letter behind the number that the address does not have, another is drawn.
"""

import random
import re
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

SEED = 20261122
Maker = Callable[[random.Random, str, str, str, str, str], str | None]


@dataclass(frozen=True)
class Question:
    kind: str
    text: str
    address_id: int
    expected: tuple[str, str, str]
    """Street, house number, district."""


def _letters(change: Callable[[random.Random, str], str]) -> Maker:
    def make(dice, street, number, district, postcode, town):
        return f"{change(dice, street)} {number}"

    return make


def _position(dice: random.Random, word: str, last: int = 0) -> int:
    places = [i for i in range(1, len(word) - last) if word[i].isalpha()]
    return dice.choice(places) if places else 0


def _missing(dice: random.Random, word: str) -> str:
    at = _position(dice, word)
    return word[:at] + word[at + 1 :] if at else word


def _swapped(dice: random.Random, word: str) -> str:
    places = [i for i in range(1, len(word) - 1) if word[i : i + 2].isalpha() and word[i] != word[i + 1]]
    at = dice.choice(places) if places else 0
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :] if at else word


def _doubled(dice: random.Random, word: str) -> str:
    at = _position(dice, word)
    return word[:at] + word[at] + word[at:] if at else word


def _wrong(dice: random.Random, word: str) -> str:
    at = _position(dice, word)
    return word[:at] + dice.choice("abcdefghiklmnoprstuwz") + word[at + 1 :] if at else word


def _spelled_out(dice, street, number, district, postcode, town):
    if not re.search("[äöüÄÖÜ]", street):
        return None
    for umlaut, two in zip("äöüÄÖÜ", ("ae", "oe", "ue", "Ae", "Oe", "Ue"), strict=True):
        street = street.replace(umlaut, two)
    return f"{street} {number}"


def _dropped(dice, street, number, district, postcode, town):
    plain = street.translate(str.maketrans("äöüÄÖÜ", "aouAOU"))
    return f"{plain} {number}" if plain != street else None


def _short(street: str) -> str:
    return re.sub("straße", "str.", re.sub("Straße", "Str.", street))


def _apart(dice, street, number, district, postcode, town):
    match = re.fullmatch(r"(\d+)\s*([a-zA-Z])", number)
    return f"{street} {match[1]} {match[2].upper()}" if match else None


def _only_streets(text: Callable[[str, str], str]) -> Maker:
    def make(dice, street, number, district, postcode, town):
        return text(street, number) if re.search("[Ss]traße", street) else None

    return make


KINDS: dict[str, Maker] = {
    "as written": lambda dice, s, n, d, p, t: f"{s} {n}",
    "str.": _only_streets(lambda s, n: f"{_short(s)} {n}"),
    "strasse": _only_streets(lambda s, n: f"{s.replace('ß', 'ss')} {n}"),
    "split": _only_streets(lambda s, n: f"{re.sub('(?<=[a-zäöüß])straße', ' Straße', s)} {n}"),
    "glued": lambda dice, s, n, d, p, t: f"{_short(s)}{n}".replace(" ", ""),
    "letter missing": _letters(_missing),
    "letters swapped": _letters(_swapped),
    "letter doubled": _letters(_doubled),
    "letter wrong": _letters(_wrong),
    "two mistakes": lambda dice, s, n, d, p, t: f"{_doubled(dice, _missing(dice, s))} {n}" if len(s) > 7 else None,
    "umlaut spelled out": _spelled_out,
    "umlaut dropped": _dropped,
    "lower case": lambda dice, s, n, d, p, t: f"{s} {n}".lower(),
    "upper case": lambda dice, s, n, d, p, t: f"{s} {n}".upper(),
    "beginning": lambda dice, s, n, d, p, t: f"{s[: max(6, len(s) * 2 // 3)].strip()} {n}",
    "number apart": _apart,
    "town after": lambda dice, s, n, d, p, t: f"{s} {n}, {t}",
    "town before": lambda dice, s, n, d, p, t: f"{t} {s} {n}",
    "postcode": lambda dice, s, n, d, p, t: f"{s} {n}, {p} {t}",
    "postcode first": lambda dice, s, n, d, p, t: f"{p} {s} {n}",
    "district": lambda dice, s, n, d, p, t: f"{s} {n} {d}",
}


def questions(count: int = 1_000, seed: int = SEED) -> Iterator[Question]:
    """The list: the kinds in turn, each on an address drawn with the seed."""
    from stadtplatz.city.models import Address
    from stadtplatz.kit.identity import city

    dice = random.Random(seed)
    rows = Address.objects.filter(gone_at=None).order_by("osm_type", "osm_id", "number_key")
    addresses = list(
        rows.values_list("pk", "street__name", "house_number", "district__name", "postcode", "street_id", "number_key")
    )
    places = Counter((street, number) for _pk, street, _n, _d, _p, _s, number in addresses)
    names = Counter(street for street, _id in {(row[1], row[5]) for row in addresses})
    kinds = list(KINDS)
    for index in range(count):
        kind = kinds[index % len(kinds)]
        text = None
        while not text:
            pk, street, number, district, postcode, _street, key = dice.choice(addresses)
            text = KINDS[kind](dice, street, number, district or "", postcode, city().name)
        if (names[street] > 1 or places[street, key] > 1) and kind != "district" and district:
            text = f"{text} {district}"
        yield Question(kind, text, pk, (street, number, district or ""))


def measure(
    asked: list[Question], clock: Callable[[], float] = time.perf_counter
) -> tuple[dict[str, tuple[int, int]], list[float], list[Question]]:
    """Hits among the first three per kind (right, asked), milliseconds of each question by the clock, and the questions that failed."""
    from stadtplatz.city.queries import find_addresses

    by_kind: dict[str, tuple[int, int]] = {}
    spent, failed = [], []
    for question in asked:
        begun = clock()
        hits = find_addresses(question.text)
        spent.append((clock() - begun) * 1000)
        right = any((hit.street, hit.house_number, hit.district) == question.expected for hit in hits[:3])
        found, total = by_kind.get(question.kind, (0, 0))
        by_kind[question.kind] = (found + right, total + 1)
        if not right:
            failed.append(question)
    return by_kind, spent, failed
