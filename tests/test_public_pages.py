"""No public page is forgotten: every address for people is looked at in all views, or says why not."""

from collections.abc import Iterator

from django.urls import Resolver404, URLPattern, URLResolver, get_resolver, resolve
from django.urls.resolvers import LocalePrefixPattern

from tests.journeys.public_pages import OTHERS, SHOWN
from tests.journeys.screen_table import SCREENS

SIDES = ("desk/", "laden/", "demo/")
"""Rooms of the town hall and of the shops, and what only a demo has."""


def pages() -> set[str]:
    """Names of the addresses that people open, in their language and without being somebody."""
    return {name for path, name in _walk(get_resolver()) if not path.startswith(SIDES)}


def _walk(resolver: URLResolver, before: str = "", in_language: bool = False) -> Iterator[tuple[str, str]]:
    for pattern in resolver.url_patterns:
        path = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern, path, in_language or isinstance(pattern.pattern, LocalePrefixPattern))
        elif in_language and not _only_posted_to(pattern):
            yield path, str(pattern.name)


def _only_posted_to(pattern: URLPattern) -> bool:
    """Whether `require_POST` stands before the view, at any depth."""
    view = pattern.callback
    while view is not None:
        cells = [cell.cell_contents for cell in getattr(view, "__closure__", None) or ()]
        if ["POST"] in [cell for cell in cells if isinstance(cell, list)]:
            return True
        view = getattr(view, "__wrapped__", None)
    return False


def named_by_screens() -> set[str]:
    found = set()
    for screen in SCREENS:
        if isinstance(screen.where, str):
            try:
                found.add(resolve(screen.where.partition("?")[0]).url_name)
            except Resolver404:
                continue  # another language's prefix, or the page about pages that do not exist
    return found


def test_every_public_page_is_pictured_or_says_why_not():
    assert pages() - named_by_screens() - SHOWN.keys() - OTHERS.keys() == set()


def test_the_table_names_only_pages_and_screens_that_exist():
    assert set(SHOWN.values()) - {screen.name for screen in SCREENS} == set()
    assert (SHOWN.keys() | OTHERS.keys()) - pages() == set()
    assert SHOWN.keys() & OTHERS.keys() == set()
    assert (SHOWN.keys() | OTHERS.keys()) & named_by_screens() == set()
