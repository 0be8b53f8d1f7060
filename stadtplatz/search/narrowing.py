"""Narrowing results down, and how many there would be under each choice."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

CHOICES = ("category", "district", "shop", "label")
Place = tuple[str, str, str, str]
"""Category, district, shop and label of a document, as in CHOICES."""
OneOf = Callable[[str, int], str]
"""How a database says that a column of `d` is one of so many values."""


@dataclass(frozen=True)
class Narrow:
    """What results must have. Empty is everything; `among` are slugs of shops, prices are cents and included; `ready`: can be had at once."""

    category: str = ""
    district: str = ""
    shop: str = ""
    label: str = ""
    ready: bool = False
    among: frozenset[str] | None = None
    price_from: int | None = None
    price_to: int | None = None

    def __bool__(self) -> bool:
        return self != EVERYTHING

    @property
    def without_choices(self) -> "Narrow":
        """What stays when none of CHOICES is chosen."""
        return replace(self, category="", district="", shop="", label="")

    def chosen(self, one_of: OneOf, besides: str = "") -> tuple[list[str], list[Any]]:
        """For SQL: the choices made, and their values; without the one named `besides`."""
        made = {name: value for name in CHOICES if name != besides and (value := getattr(self, name))}
        return [one_of(name, 1) for name in made], list(made.values())

    def conditions(self, one_of: OneOf) -> tuple[list[str], list[Any]]:
        """For SQL on the table of documents `d`: conditions, and the values that go into them."""
        found, values = self.chosen(one_of)
        if self.among is not None:
            found.append(one_of("shop", len(self.among)) if self.among else "1 = 0")
            values += sorted(self.among)
        if self.ready:
            found.append("d.ready")
        for sign, limit in ((">=", self.price_from), ("<=", self.price_to)):
            if limit is not None:
                found.append(f"d.price {sign} %s")
                values.append(limit)
        return found, values


EVERYTHING = Narrow()


@dataclass(frozen=True)
class Facets:
    """For each choice how many results it would leave, the other choices staying as they are; the most first."""

    category: dict[str, int] = field(default_factory=dict)
    district: dict[str, int] = field(default_factory=dict)
    shop: dict[str, int] = field(default_factory=dict)
    label: dict[str, int] = field(default_factory=dict)


def facets(places: Iterable[tuple[Place, int]], narrow: Narrow) -> Facets:
    """Count the choices over all results that satisfy what is not a choice."""
    chosen = [getattr(narrow, name) for name in CHOICES]
    counts: list[Counter[str]] = [Counter() for _ in CHOICES]
    for place, number in places:
        misses = [at for at, (has, wanted) in enumerate(zip(place, chosen, strict=True)) if wanted and has != wanted]
        for at, value in enumerate(place):
            if value and misses in ([], [at]):
                counts[at][value] += number
    return Facets(*(most_first(count) for count in counts))


def most_first(counts: Mapping[str, int]) -> dict[str, int]:
    """The most frequent first, equals by alphabet."""
    return dict(sorted(counts.items(), key=lambda one: (-one[1], one[0])))
