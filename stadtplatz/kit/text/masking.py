"""Taking out of a text what leads to a person: e-mail addresses, telephone numbers, account numbers, number plates.

    mask("Rufen Sie 07032/123456 an, BB-XY 123 steht dort.")  ->  "Rufen Sie [Telefonnummer entfernt] an, [Kennzeichen entfernt] steht dort."

It rather takes too much than too little, and it cannot know names: that is why nobody relies on it for texts that accuse somebody.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

EMAIL, PHONE, ACCOUNT, PLATE = "email", "phone", "account", "plate"


@dataclass(frozen=True)
class Finding:
    """A stretch of the text (`start` to `end`) and what it seems to be."""

    kind: str
    start: int
    end: int


def mask(text: str) -> str:
    """The text with words in brackets, in the active language, where contacts and number plates stood. Masking twice changes nothing."""
    words = _words()
    parts, last = [], 0
    for finding in find_personal(text):
        parts += [text[last : finding.start], words[finding.kind]]
        last = finding.end
    return "".join([*parts, text[last:]])


def find_personal(text: str) -> list[Finding]:
    """What `mask` takes out, in the order of the text; stretches do not overlap."""
    plain = "".join(map(_plain, text))
    found: list[Finding] = []
    for kind, spans in _SEARCHES:
        for start, end in spans(plain):
            if all(end <= other.start or start >= other.end for other in found):
                found.append(Finding(kind, start, end))
    return sorted(found, key=lambda finding: finding.start)


def _words() -> dict[str, str]:
    return {
        EMAIL: _("[e-mail address removed]"),
        PHONE: _("[telephone number removed]"),
        ACCOUNT: _("[account number removed]"),
        PLATE: _("[number plate removed]"),
    }


def _plain(sign: str) -> str:
    """One sign for one sign: figures of all scripts as 0 to 9, wide letters as narrow ones, invisible signs as blanks."""
    if sign < "\x80" or sign in "äöüÄÖÜß–—":
        return sign
    if unicodedata.category(sign) in {"Cf", "Zs"}:
        return " "
    if unicodedata.decimal(sign, None) is not None:
        return str(unicodedata.decimal(sign))
    narrow = unicodedata.normalize("NFKC", sign)
    return narrow if len(narrow) == 1 else sign


# E-mail addresses, also the ones written for people: name (at) gmx punkt de.

_LOCAL = r"[\w.+%'-]{1,64}"
_BRACKETED = r"\s?[(\[{<]\s?(?:at|ät|@)\s?[)\]}>]\s?"
_DOT = r"(?:\.|\s?[(\[{]\s?(?:dot|punkt|\.)\s?[)\]}]\s?|\s(?:dot|punkt)\s)"
_DOMAIN = rf"[\w-]{{1,63}}(?:{_DOT}[\w-]{{1,63}}){{0,3}}{_DOT}[a-zA-Z]{{2,12}}"
_ENDINGS = r"(?:de|com|net|org|eu|info|at|ch|online|email|biz|uk|fr|tr|ua|pl|it|ru|io|me)"
_EMAILS = [
    re.compile(rf"{_LOCAL}(?:\s?@\s?|{_BRACKETED}){_DOMAIN}", re.IGNORECASE),
    re.compile(
        rf"{_LOCAL}\s(?:at|ät)\s[\w-]{{1,63}}(?:{_DOT}[\w-]{{1,63}}){{0,2}}{_DOT}{_ENDINGS}(?!\w)", re.IGNORECASE
    ),
    re.compile(rf"{_LOCAL}@[\w-]{{2,63}}(?:\.[\w-]+)*", re.IGNORECASE),
]


def _emails(text: str) -> Iterator[tuple[int, int]]:
    for pattern in _EMAILS:
        for match in pattern.finditer(text):
            yield match.span()


# Telephone numbers: with country code, with area code, mobile ones without their zero, and any figures after "Tel.".

_GAP = r"[ \t/().\-–—]{0,3}"
_PHONES = [
    re.compile(rf"(?<![\w+])\(?(?:\+|00){_GAP}[1-9](?:{_GAP}\d){{6,60}}(?!\d)"),
    re.compile(rf"(?<![\w+.,])\(?[0Oo]{_GAP}[1-9](?:{_GAP}\d){{6,60}}(?!\d)"),
    re.compile(rf"(?<![\w.,])49{_GAP}[1-9](?:{_GAP}\d){{7,60}}(?!\d)"),
    re.compile(rf"(?<![\w.,])1[567]\d{_GAP}\d(?:{_GAP}\d){{6,7}}(?!\d)"),
]
_AFTER_A_WORD = re.compile(
    r"\b(?:tel|telefon|telefonnummer|fon|fax|handy|handynummer|mobil|mobilnummer|ruf|rufnummer|phone|mobile|whatsapp|durchwahl)\b"
    rf"[ .:\t]{{0,4}}(?:(?:ist|lautet|nr|nummer|number|is)[ .:\t]{{0,3}})?(?P<number>\(?\+?\d(?:{_GAP}\d){{4,60}})(?!\d)",
    re.IGNORECASE,
)
_NOT_A_PHONE = re.compile(
    r"(?<![\d.])(?:[0-3]?\d\.\s?[01]?\d\.\s?(?:(?:19|20)\d\d|\d\d(?!\d))?|(?:19|20)\d\d-[01]\d-[0-3]\d)(?!\d)"
    r"|(?<!\d)[0-2]?\d:[0-5]\d(?!\d)"
)


def _phones(text: str) -> Iterator[tuple[int, int]]:
    for match in _AFTER_A_WORD.finditer(text):
        yield match.span("number")
    free = _NOT_A_PHONE.sub(lambda match: "x" * len(match[0]), text)
    for pattern in _PHONES:
        for match in pattern.finditer(free):
            yield match.span()


# Account numbers.

_IBAN = re.compile(r"(?<!\w)[A-Z]{2}\d{2}(?:[ -]?[A-Z0-9]{4}){3,7}(?:[ -]?[A-Z0-9]{1,3})?(?!\w)")


def _accounts(text: str) -> Iterator[tuple[int, int]]:
    for match in _IBAN.finditer(text):
        if sum(sign.isdigit() for sign in match[0]) >= 12:
            yield match.span()


# Number plates: BB-XY 123, BB XY 123, BB-XY123E, BBXY123, bb-xy 123; any kind after the word.

_UPPER = "A-ZÄÖÜ"
_PLATES = [
    re.compile(
        rf"(?<![\w-])[{_UPPER}]{{1,3}}\s?[-–—:·•]\s?[A-Z]{{1,2}}[ \t.·-]{{0,2}}\d{{1,4}}[EH]?(?![\w])", re.IGNORECASE
    ),
    re.compile(rf"(?<![\w-])[{_UPPER}]{{1,3}} [A-Z]{{1,2}}[ -]{{0,2}}\d{{1,4}}[EH]?(?!\w)", re.IGNORECASE),
    re.compile(rf"(?<![\w-])[{_UPPER}]{{3,5}} ?\d{{2,4}}[EH]?(?!\w)"),
]
_AFTER_KENNZEICHEN = re.compile(
    r"\b(?:kfz[- ]?)?(?:kennzeichen|nummernschild|license plate|licence plate|number plate|plate)\b[ :.=]{0,3}"
    r"(?:(?:ist|war|lautet|is|was|mit|nr)\b[ :.]{0,3})?(?P<plate>(?=[\w -]{0,11}\d)[A-ZÄÖÜ0-9]{1,8}(?:[ :·-]{1,2}[A-Z0-9]{1,5}){0,3})(?!\w)",
    re.IGNORECASE,
)
_BEFORE_OTHER_NUMBERS = re.compile(
    r"\b(?:laterne|straßenlaterne|lampe|leuchte|leuchtpunkt|mast|schacht|trafo|station|haltestelle|zimmer|raum|linie|bus|buslinie|spielgerät|baum|ampel)\s(?:(?:nr|nummer)\.?:?\s)?$",
    re.IGNORECASE,
)
_SHORT_FORMS = frozenset(
    [
        "din",
        "iso",
        "pkw",
        "lkw",
        "led",
        "usb",
        "http",
        "wc",
        "eg",
        "og",
        "ug",
        "km",
        "kw",
        "kg",
        "cm",
        "mm",
        "nr",
        "plz",
        "tel",
        "uhr",
    ]
)
_COMMON = (
    "ab am an auf aus bei bis da das dem den der des die din du ein er es für hat ich ihr im in ist iso je km kw man mir mit nach nr"
    " nun nur ob pkw lkw led usb http so tel uhr um und uns vom von vor was wc wie wir wo zu zum zur ca ca the of at on to is it by"
    " or and for no m cm mm kg mo di mi do fr sa eg og ug kita tempo haus etwa rund ab"
)
_SHORT_WORDS = frozenset(_COMMON.split())


def _plates(text: str) -> Iterator[tuple[int, int]]:
    for match in _AFTER_KENNZEICHEN.finditer(text):
        yield match.span("plate")
    for pattern in _PLATES:
        for match in pattern.finditer(text):
            letters = re.findall(r"[^\W\d_]+", match[0].lower())
            others = _SHORT_FORMS if match[0].isupper() else _SHORT_WORDS
            if not others & set(letters) and not _BEFORE_OTHER_NUMBERS.search(text[: match.start()][-40:]):
                yield match.span()


_SEARCHES = [(EMAIL, _emails), (ACCOUNT, _accounts), (PHONE, _phones), (PLATE, _plates)]
