"""The languages of the site, and those that only some pages speak.

German and English are spoken everywhere. The others (settings.LANGUAGES beyond settings.SITE_LANGUAGES) are spoken on the pages a
domain names in its `languages.py`; every other page answers in German below their address and says so politely.
Plain German has the registered tag `de-simple`; what it does not say itself it says in German.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.urls import translate_url
from django.utils.translation import get_language

DEFAULT = "de"


@dataclass(frozen=True)
class Language:
    """A language as people choose it; `url` is this page in it."""

    code: str
    name: str
    url: str
    current: bool

    @property
    def direction(self) -> str:
        return direction(self.code)


def direction(code: str) -> str:
    """`rtl` for languages written from right to left, else `ltr`."""
    return "rtl" if code.split("-")[0] in settings.LANGUAGES_BIDI else "ltr"


def known(code: str | None) -> str:
    """The code if it is one of ours, else what it is a kind of, else German."""
    codes = {code for code, _name in settings.LANGUAGES}
    return next((found for found in (code, (code or "").split("-")[0]) if found in codes), DEFAULT)


def speaks_german() -> bool:
    """Whether this page is in German, plain or not."""
    return (get_language() or DEFAULT).startswith(DEFAULT)


def is_everywhere(code: str) -> bool:
    """Whether all pages speak this language."""
    return code in settings.SITE_LANGUAGES


def choices(request: HttpRequest, *, every: bool) -> list[Language]:
    """This page in the languages it can be read in; `every` where it speaks all of them."""
    here = get_language() or DEFAULT
    offered = [(code, name) for code, name in settings.LANGUAGES if every or is_everywhere(code)]
    return [Language(code, name, translate_url(request.get_full_path(), code), code == here) for code, name in offered]
