"""What the desk has to know about those who answer for content, told by their own domain: moderation knows kind and key alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from stadtplatz.kit.actors import Actor

Rows = dict[str, str]


@dataclass
class OwnerKind:
    """How owners of one kind are called, who belongs to them, and how many items they show. Each part comes from the domain that knows."""

    names: Callable[[list[str]], Rows] = field(default=lambda keys: {})
    includes: Callable[[str, Actor], bool] = field(default=lambda key, actor: False)
    volumes: Callable[[list[str]], dict[str, int]] = field(default=lambda keys: {})


KINDS: dict[str, OwnerKind] = {}


def kind_of(kind: str) -> OwnerKind:
    """The description of this kind, to read or to fill in when the program starts."""
    return KINDS.setdefault(kind, OwnerKind())


def names(subjects: list[str]) -> Rows:
    """The names of these owners (`shop:3`), by subject; what nobody knows is called by its key."""
    found = {subject: subject for subject in subjects}
    for kind, keys in _by_kind(subjects).items():
        found.update({f"{kind}:{key}": name for key, name in kind_of(kind).names(keys).items()})
    return found


def volumes(subjects: list[str]) -> dict[str, int]:
    """How many items these owners have, by subject."""
    found = dict.fromkeys(subjects, 0)
    for kind, keys in _by_kind(subjects).items():
        found.update({f"{kind}:{key}": number for key, number in kind_of(kind).volumes(keys).items()})
    return found


def includes(subject: str, actor: Actor) -> bool:
    """Whether this person belongs to the owner and so decides nothing about it."""
    kind, _sign, key = subject.partition(":")
    return bool(key) and kind_of(kind).includes(key, actor)


def _by_kind(subjects: list[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for subject in subjects:
        kind, _sign, key = subject.partition(":")
        if key:
            found.setdefault(kind, []).append(key)
    return found
