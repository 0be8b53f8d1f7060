"""What somebody asks the overall search, read from an address; page and program ask the same and get the same order."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import urlencode

from stadtplatz.city.queries import find_addresses, inside_town
from stadtplatz.delivery.queries import collectable_today
from stadtplatz.home.search_page import KINDS
from stadtplatz.kit.money import read_euros
from stadtplatz.search import queries
from stadtplatz.search.queries import CHOICES, Narrow, Results
from stadtplatz.shops.queries import open_slugs

LONGEST = 120
ORGANIC = "organic"
_POINT = re.compile(r"^(-?\d{1,3}\.\d{1,7}),\s?(-?\d{1,3}\.\d{1,7})$")
SWITCHES = ("open", "today", "organic")
PLACES = tuple(name for name in CHOICES if name != "label")
KEPT = ("kind", *PLACES, "from", "to", *SWITCHES, "near")
"""Names in the address that stay when another page or choice is asked for."""


@dataclass(frozen=True)
class Asked:
    """The words and what results are narrowed to. What cannot be read narrows nothing."""

    typed: str = ""
    kind: str = ""
    given: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls, given: Mapping[str, str]) -> "Asked":
        """From the parameters of an address."""
        kept = {name: value for name in KEPT if (value := given.get(name, "").replace("\x00", "").strip()[:LONGEST])}
        if kept.get("kind", "") not in KINDS:
            kept.pop("kind", None)
        typed = " ".join(given.get("q", "").replace("\x00", "")[:LONGEST].split())
        return cls(typed, kept.get("kind", ""), kept)

    @cached_property
    def narrow(self) -> Narrow:
        """What results must have. Open and collectable today are both asked of the shops themselves; what is made first is not there today."""
        choices = {name: self.given.get(name, "") for name in PLACES}
        among = None
        if "open" in self.given:
            among = self.open_shops
        if "today" in self.given:
            today = collectable_today()
            among = today if among is None else among & today
        return Narrow(
            **choices,
            label=ORGANIC if "organic" in self.given else "",
            ready="today" in self.given,
            among=among,
            price_from=_cents(self.given, "from"),
            price_to=_cents(self.given, "to"),
        )

    @cached_property
    def open_shops(self) -> frozenset[str]:
        """Who is open at this moment: a little more important in the order, and what "open now" leaves."""
        return open_slugs()

    @cached_property
    def near(self) -> tuple[tuple[float, float], str] | None:
        """Where results should lie near, with its name: an address typed or a position; it is never kept."""
        text = self.given.get("near", "")
        if point := _POINT.match(text):
            lat, lon = float(point[1]), float(point[2])
            return ((lon, lat), text) if inside_town(lon, lat) else None
        hits = find_addresses(text, limit=1) if text else []
        return ((hits[0].lon, hits[0].lat), f"{hits[0].street} {hits[0].house_number}".strip()) if hits else None

    def answer(self, *, limit: int, offset: int = 0, with_facets: bool = False) -> Results:
        """The results, the best first; none without words."""
        if not self.typed:
            return Results()
        return queries.find(
            self.typed,
            kinds=[self.kind] if self.kind else None,
            limit=limit,
            offset=offset,
            near=self.near[0] if self.near else None,
            narrow=self.narrow,
            open_shops=self.open_shops,
            with_facets=with_facets,
        )

    def address(self, **changed: str) -> str:
        """The query of the same question with some of it changed; what becomes empty is left out."""
        words = {"q": self.typed, **self.given, **changed}
        return "?" + urlencode({name: value for name, value in words.items() if value})


def _cents(given: Mapping[str, str], name: str) -> int | None:
    """An amount in euros as cents; None if there is none or it cannot be read."""
    try:
        return read_euros(given.get(name, "")).cents
    except ValueError:
        return None
