"""The filter box above a list: rows whose text contains what was typed, with capitals and umlauts as they come.

Databases compare letters without regard to capitals only as far as ASCII goes (SQLite always, PostgreSQL without a locale), so `ölspur`
would not find `Ölspur`. The large search knows far more (`search.queries`); this is for the lists of one page.
"""

from django.db.models import Q

_SPELLINGS = (("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("ß", "ss"))
MOST_WORDS = 8


def contains(typed: str, *fields: str) -> Q:
    """Rows that have each word of `typed` in one of the fields; all rows if nothing was typed. Words beyond the eighth are not asked for."""
    found = Q()
    for word in typed.replace("\x00", "").split()[:MOST_WORDS]:
        found &= _has(spellings(word), fields)
    return found


def spellings(word: str) -> list[str]:
    """The usual ways to write a word that a database takes for different ones: `Öl` -> `öl`, `ÖL`, `oel`."""
    lower = word.lower()
    short = long = lower
    for one, two in _SPELLINGS:
        long, short = long.replace(one, two), short.replace(two, one)
    written = {form: None for one in (lower, long, short) for form in (one, one.capitalize(), one.upper())}
    return list({_as_compared(form): form for form in reversed(written)}.values())


def _as_compared(word: str) -> str:
    """As the database sees it: capitals are equal in ASCII only."""
    return "".join(letter.lower() if letter.isascii() else letter for letter in word)


def _has(written: list[str], fields: tuple[str, ...]) -> Q:
    found = Q()
    for spelling in written:
        for field in fields:
            found |= Q(**{f"{field}__icontains": spelling})
    return found
