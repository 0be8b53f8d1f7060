"""Pages that speak more languages than German and English: each domain names its own in `languages.py` (`PAGES`, names of addresses)."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation

from stadtplatz.domains import DOMAINS
from stadtplatz.kit import languages

PAGES = frozenset({"find"})
START = "tickets"
"""Where people go on in their language."""


@cache
def spoken() -> frozenset[str]:
    """The names of all addresses that speak every language."""
    found: set[str] = set()
    for domain in DOMAINS:
        if find_spec(f"stadtplatz.{domain}.languages") and domain != "kit":
            found |= import_module(f"stadtplatz.{domain}.languages").PAGES
    return frozenset(found)


class SpokenLanguages:
    """Below the address of a language that a page does not speak, the page is German and says so (`request.unspoken`)."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, _view: Any, _args: Any, _kwargs: Any) -> None:
        match = request.resolver_match
        speaks = bool(match and match.url_name in spoken())
        here = translation.get_language() or languages.DEFAULT
        request.speaks_all = speaks  # type: ignore[attr-defined]  # read by the templates
        if speaks or languages.is_everywhere(here):
            return
        request.unspoken, request.unspoken_start = here, reverse(START)  # type: ignore[attr-defined]  # read by the templates
        translation.activate(languages.DEFAULT)
        request.LANGUAGE_CODE = languages.DEFAULT
