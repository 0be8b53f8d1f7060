"""One spelling for all spellings: case, umlauts written as ä, ae or a, ß and ss, accents."""

import re
import unicodedata
from functools import lru_cache

_DIGRAPH = re.compile(r"ae|oe|(?<![aeoq])ue")
_COMBINING = re.compile(r"[\u0300-\u036f]")
_GENDERED = re.compile(r"(?<=[a-z])[*:_/](?:in|innen)\b")


def lighten(text: str) -> str:
    """Lower case without accents and dots: `Brötchen` -> `brotchen`, `Broetchen` stays `broetchen`, ß is ss."""
    text = text.casefold()
    if not text.isascii():
        # taken apart, a sign may hold capitals again (`™` is TM)
        text = _COMBINING.sub("", unicodedata.normalize("NFKD", text)).casefold().replace("æ", "ae").replace("ø", "o")
    return _GENDERED.sub("", text)


@lru_cache(maxsize=6_000)
def collapse(light: str) -> str:
    """The umlaut written as two letters becomes one: `broetchen` -> `brotchen`; `steuer`, `bauer`, `quelle` stay."""
    return _DIGRAPH.sub(lambda found: found[0][0], light)


def fold(text: str) -> str:
    """The one spelling under which all spellings of the text meet; words keep their order and signs."""
    return collapse(lighten(text))
