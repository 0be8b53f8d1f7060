"""Finding words that claim something for the environment, without taking every word with "Klima" or "Umwelt" for one.

§ 5 and Annex nos. 2a, 4a, 4c to § 3 (3) UWG as changed for Directive (EU) 2024/825, since 27 September 2026. What we find are words from a list that the town
edits; whether a text as a whole misleads only people can tell. No lawyer has looked at this.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from hashlib import sha256

from stadtplatz.kit.kept import kept
from stadtplatz.moderation.kept import GREEN
from stadtplatz.moderation.models import GreenWord

_ENDINGS = r"(?:ere?[nmrs]?|ste[nmrs]?|e[nmrs]?|s)?"
_UNSEEN = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")
_NO = re.compile(r"(?:\bnicht|\bkeine?[nmrs]?|\bweder|\bohne|\bnot|\bno)\s+$")
_GAP = r"[\s\-‐-―_]*"
_UMLAUTS = {"ä": "(?:ä|ae)", "ö": "(?:ö|oe)", "ü": "(?:ü|ue)", "ß": "(?:ß|ss)"}
_MEANT = {"₂": "2", "²": "2"}


@dataclass(frozen=True)
class Found:
    """A word that somebody wrote, and what the list says of it."""

    word: str
    kind: str
    instead: str
    source: str

    @property
    def never(self) -> bool:
        """Whether no evidence helps."""
        return self.kind != GreenWord.GENERIC


@dataclass(frozen=True)
class _Family:
    kind: str
    instead: str
    source: str
    says: re.Pattern[str]
    unless: re.Pattern[str] | None


def look(text: str) -> list[Found]:
    """The claims in this text, each word once, in the order of the text. One short statement for what is kept, none in a steady stretch."""
    families = _families()
    if not families or not text.strip():
        return []
    plain = plain_text(text)
    found: dict[str, tuple[int, Found]] = {}
    for family in families:
        for hit in family.says.finditer(plain):
            if _NO.search(plain[max(0, hit.start() - 12) : hit.start()]) or (
                family.unless and family.unless.match(plain, hit.start())
            ):
                continue
            found.setdefault(hit[0], (hit.start(), Found(hit[0], family.kind, family.instead, family.source)))
    return [one for _place, one in sorted(found.values(), key=lambda pair: pair[0])]


def mark_of(words: str, evidence: str) -> str:
    """The same for the same words with the same evidence."""
    return sha256(f"{plain_text(words)}\0{evidence.strip()}".encode()).hexdigest()


def plain_text(text: str) -> str:
    """Small letters, no signs that nobody sees, CO₂ as co2."""
    for sign, meant in _MEANT.items():
        text = text.replace(sign, meant)
    return " ".join(_UNSEEN.sub("", unicodedata.normalize("NFKC", text)).casefold().replace("ß", "ss").split())


def pattern_of(lines: str) -> re.Pattern[str] | None:
    """One expression for all lines; None without any. Each line is taken by its letters, digits and `*`, whatever else it has."""
    rows = [row for line in lines.splitlines() if (row := _expression(line))]
    return re.compile(rf"(?<![\w*])(?:{'|'.join(rows)})(?![\w*])") if rows else None


def _expression(line: str) -> str:
    words = re.findall(r"[\w*]+", unicodedata.normalize("NFKC", line).casefold())
    return _GAP.join(_word(word) for word in words if word.strip("*"))


def _word(word: str) -> str:
    stem = word.replace("*", "").replace("ss", "ß") if "ß" in word else word.replace("*", "")
    said = "".join(_UMLAUTS.get(sign, re.escape(sign)) for sign in stem)
    return said + (_ENDINGS if word.endswith("*") else "")


@kept(GREEN)
def _families() -> tuple[_Family, ...]:
    made = []
    for row in GreenWord.objects.filter(active=True):
        if says := pattern_of(row.patterns):
            made.append(_Family(row.kind, row.instead, row.source, says, pattern_of(row.unless)))
    return tuple(made)
