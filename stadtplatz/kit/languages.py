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
    return [Language(code, name, address_in(request, code), code == here) for code, name in offered]


def address_in(request: HttpRequest, code: str) -> str:
    """This page's address in another language: German ones have no prefix, addresses for machines are the same in all.

    What Django does for each language by looking through all addresses is done once for each kind of page.
    """
    path, match = request.get_full_path(), request.resolver_match
    if match is None:
        return translate_url(path, code)
    if match.view_name not in _SPOKEN:
        _SPOKEN[match.view_name] = translate_url(path, "en").startswith("/en/")
    if not _SPOKEN[match.view_name]:
        return path
    here = path.split("/", 2)[1]
    plain = path.removeprefix(f"/{here}") if here in _CODES else path
    return plain if code == DEFAULT else f"/{code}{plain}"


_SPOKEN: dict[str, bool] = {}
"""By the name of a page, whether its address bears the language."""
_CODES = {code for code, _name in settings.LANGUAGES} - {DEFAULT}
