"""The navigation of this visitor: what every domain offers, switched on and reachable."""

from dataclasses import dataclass, replace
from functools import cache
from hashlib import blake2s
from importlib import import_module
from importlib.util import find_spec

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject, cached_property
from django.utils.translation import get_language

from stadtplatz.accounts.visitors import actor_of
from stadtplatz.domains import DOMAINS
from stadtplatz.kit.actors import ANONYMOUS, Actor
from stadtplatz.kit.identity import city, is_on
from stadtplatz.kit.navigation import Entry


@dataclass(frozen=True)
class Item:
    """One link as the templates show it; `current` is "page", "true" (somewhere below) or empty."""

    label: object
    url: str
    icon: str
    current: str
    count: int = 0


class Navigation:
    """Worked out only when a template asks, area by area."""

    def __init__(self, request: HttpRequest):
        self._request = request
        self._answers: dict[object, bool] = {}

    @cached_property
    def _actor(self) -> Actor:
        if settings.SESSION_COOKIE_NAME not in self._request.COOKIES:
            return ANONYMOUS  # without touching the session
        return actor_of(self._request)

    def _area(self, area: str) -> list[Item]:
        items = [item for entry in entries() if entry.area == area and (item := self._item(entry))]
        nearest = max((len(item.url) for item in items if item.current), default=0)
        return [item if len(item.url) == nearest else replace(item, current="") for item in items]

    def _item(self, entry: Entry) -> Item | None:
        url = _address(entry.url_name, get_language())
        if url is None or not is_on(_domains()[id(entry)]) or not self._is_shown(entry):
            return None
        count = entry.count(self._actor) if entry.count else 0
        return Item(entry.label, url, entry.icon, _current(self._request.path, url), count)

    def _is_shown(self, entry: Entry) -> bool:
        """Each rule is asked once for a page, however many entries hang on it."""
        if entry.shown is None:
            return True
        if entry.shown not in self._answers:
            self._answers[entry.shown] = bool(entry.shown(self._actor))
        return self._answers[entry.shown]

    @cached_property
    def square(self) -> list[Item]:
        return self._area("square")

    @cached_property
    def mine(self) -> list[Item]:
        return self._area("mine")

    @cached_property
    def desk(self) -> list[Item]:
        return self._area("desk")

    @cached_property
    def shop(self) -> list[Item]:
        return self._area("shop")

    @cached_property
    def footer(self) -> list[Item]:
        return self._area("footer")


def navigation(request: HttpRequest) -> dict:
    """`navigation` by area, and `city_style`: the address of the city's colours."""
    return {"navigation": SimpleLazyObject(lambda: Navigation(request)), "city_style": city_style()}


def city_style() -> str:
    colours = city().colours
    version = blake2s(repr(sorted(colours.items())).encode(), digest_size=4).hexdigest()
    return f"{reverse('city-style')}?v={version}"


@cache
def _declared() -> tuple[tuple[str, Entry], ...]:
    found: list[tuple[str, Entry]] = []
    for domain in DOMAINS:
        module = f"stadtplatz.{domain}.navigation"
        if domain != "kit" and find_spec(module):
            found += [(domain, entry) for entry in import_module(module).ENTRIES]
    return tuple(sorted(found, key=lambda pair: pair[1].order))


@cache
def entries() -> tuple[Entry, ...]:
    """All declared entries in their order."""
    return tuple(entry for _, entry in _declared())


@cache
def _domains() -> dict[int, str]:
    """Which domain declared an entry, by the entry's identity: two domains may declare equal ones."""
    return {id(entry): domain for domain, entry in _declared()}


@cache
def _address(url_name: str, language: str | None) -> str | None:
    """Where the link leads in this language (the one that is active); None if there is no such page."""
    try:
        return reverse(url_name)
    except NoReverseMatch:
        return None


def _current(path: str, url: str) -> str:
    if path == url:
        return "page"
    return "true" if path.startswith(url) and url.strip("/") not in {"", "en"} else ""
