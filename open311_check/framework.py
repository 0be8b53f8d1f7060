"""What a check is: a name, the sentence of the specification behind it, and a function that complains."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from open311_check.server import Server

MUST, SHOULD = "MUST", "SHOULD"
SPECIFICATION = "https://wiki.open311.org/GeoReport_v2/"
DISCOVERY = "https://wiki.open311.org/Service_Discovery/"


class Failed(Exception):
    """The server does not do what the sentence says."""


class Skipped(Exception):
    """The check cannot be tried here; the message says what is missing."""


@dataclass(frozen=True)
class Check:
    name: str
    sentence: str
    """Words of the specification, as short as they can be cited."""
    level: str
    source: str
    function: Callable[[Server], None]


REGISTRY: dict[str, Check] = {}


def check(name: str, sentence: str, *, level: str = MUST, source: str = SPECIFICATION) -> Callable:
    """Register a function that receives the server and raises Failed or Skipped."""

    def decorate(function: Callable[[Server], None]) -> Callable[[Server], None]:
        if name in REGISTRY:
            raise ValueError(f"two checks are called {name}")
        REGISTRY[name] = Check(name, sentence, level, source, function)
        return function

    return decorate


def expect(condition: object, complaint: str) -> None:
    """Fail with the complaint unless the condition holds."""
    if not condition:
        raise Failed(complaint)


def some(items: list, what: str) -> list:
    """The items, or skip because there is nothing to look at."""
    if not items:
        raise Skipped(f"the server shows no {what}")
    return items
