"""Folding the many spellings of German street names and house numbers into one, and measuring how far two are apart."""

import re
import unicodedata

_UMLAUTS = str.maketrans({"ä": "a", "ö": "o", "ü": "u", "ß": "ss", "æ": "a", "ø": "o", "œ": "o"})
_DIGRAPHS = re.compile(r"ae|oe|ue")
_STREET = re.compile(r"str(?:asse|ase|assse|\.)?(?=$|[\s,;])")
_GLUED = re.compile(r"(?<=[^\W\d_])(?=\d)|(?<=\.)(?=\d)")
_WORDS = re.compile(r"\d+[a-z]?(?:\s*[/–-]\s*\d+[a-z]?)*(?![^\W_])|[^\W_]+")


def fold(text: str) -> str:
    """Lower case without accents, umlauts and their spelled-out forms as plain vowels, ß as ss."""
    text = unicodedata.normalize("NFC", text).lower().translate(_UMLAUTS)
    text = unicodedata.normalize("NFKD", text)
    text = "".join(letter for letter in text if not unicodedata.combining(letter))
    return _DIGRAPHS.sub(lambda pair: pair.group()[0], text)


def words(text: str) -> list[str]:
    """The folded words of a line; "Str.", "Straße" and "strasse" all end in `str`, and "Str.5a" is two words."""
    shortened = _STREET.sub("str", _GLUED.sub(" ", fold(text)))
    return [re.sub(r"\s", "", word).replace("–", "-") for word in _WORDS.findall(shortened)]


def street_key(name: str) -> str:
    """One spelling of a street's name, without blanks: "Stuttgarter Str." and "Stuttgarter Straße" are the same street."""
    return "".join(_STREET.sub("str", word) for word in words(name)) or fold(name).replace(" ", "")


def number_key(number: str) -> str:
    """One spelling of a house number: "5 A" and "5a" are the same door."""
    return re.sub(r"[^0-9a-z/+\-]", "", fold(number))


def grams(key: str) -> list[str]:
    """The three-letter pieces of a folded name; its beginning counts by two more."""
    padded = f"  {key} "
    return sorted({padded[i : i + 3] for i in range(len(padded) - 2)})


def distances(query: str, name: str) -> tuple[int, int]:
    """How many letters must be added, dropped, changed or swapped with their neighbour to make `query` into `name`,
    and into the best-fitting beginning of `name`. Bit-parallel (Hyyrö), so that a list of candidates costs little."""
    length = len(query)
    if not length:
        return len(name), 0
    full, high = (1 << length) - 1, 1 << (length - 1)
    where: dict[str, int] = {}
    for position, letter in enumerate(query):
        where[letter] = where.get(letter, 0) | 1 << position
    plus, minus, diagonal, before = full, 0, 0, 0
    score = best = length
    for letter in name:
        match = where.get(letter, 0)
        swapped = ((~diagonal & match) << 1) & before
        diagonal = ((((match & plus) + plus) ^ plus) | match | minus | swapped) & full
        up, down = minus | (~(diagonal | plus) & full), diagonal & plus
        score += bool(up & high) - bool(down & high)
        best = min(best, score)
        up = (up << 1) | 1
        plus, minus, before = ((down << 1) | (~(diagonal | up) & full)) & full, diagonal & up & full, match
    return score, best
