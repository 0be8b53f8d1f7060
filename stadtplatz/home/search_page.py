"""How results look: their kinds, their addresses in this language, the found words marked."""

import re
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import formats
from django.utils.translation import get_language, gettext, pgettext
from django.utils.translation import gettext_lazy as _

from stadtplatz.catalogue.queries import Card, cards_by_id
from stadtplatz.city.queries import metres_between
from stadtplatz.kit import text
from stadtplatz.search.queries import Hit, Results, Suggestion
from stadtplatz.shops import queries as shops

if TYPE_CHECKING:
    from stadtplatz.home.asking import Asked

KINDS = {
    "offer": (_("Offers"), _("Offer"), "basket"),
    "shop": (_("Shops"), _("Shop"), "shop"),
    "service": (_("Town hall"), _("Service of the town hall"), "town-hall"),
    "report": (_("Reports"), _("Report"), "report"),
    "place": (_("Places"), _("Place"), "place"),
    "street": (_("Streets"), _("Street"), "map"),
}


@dataclass(frozen=True)
class Shown:
    """A result as the page shows it. `title` and `snippet` are pieces of text with whether they were searched for."""

    label: object
    icon: str
    url: str
    name: str
    title: list[tuple[str, bool]]
    snippet: list[tuple[str, bool]]
    shop: str
    picture: str
    lon: float | None
    lat: float | None
    away: str = ""
    where: str = ""
    """Of a shop or an entry of the map: its trade and its street."""
    opening: str = ""
    """Of a shop and its offers: open now, or when next. An entry of the map has nobody who vouches for its hours."""
    is_open: bool = False
    card: Card | None = None
    """Of an offer: its price and whether there is any left."""


def shown_all(hits: list[Hit], asked: "Asked") -> list[Shown]:
    """The results for the page; offers with their prices, which are asked for together."""
    cards = cards_by_id(int(hit.key) for hit in hits if hit.kind == "offer" and hit.key.isdigit())
    states = shops.open_states(hit.shop for hit in hits if hit.shop)
    opening = {slug: (state.words, bool(state.is_open)) for slug, state in states.items()}
    wanted = Wanted(asked.typed)
    return [
        _shown(
            hit,
            asked,
            wanted,
            cards.get(int(hit.key)) if hit.kind == "offer" and hit.key.isdigit() else None,
            opening.get(hit.shop, ("", False)),
        )
        for hit in hits
    ]


def _shown(hit: Hit, asked: "Asked", wanted: "Wanted", card: Card | None, opening: tuple[str, bool]) -> Shown:
    _many, label, icon = KINDS.get(hit.kind, ("", "", "info"))
    # an offer is found by its shop's name as well, which the line above already says
    text_of_it = hit.snippet.strip().removesuffix(hit.payload.get("shop", "")).strip()
    return Shown(
        label=label,
        icon=icon,
        url=address(hit.url),
        name=hit.title,
        title=marked(hit.title, wanted),
        snippet=[] if text_of_it == hit.title.strip() else marked(text_of_it, wanted),
        shop=hit.payload.get("shop", ""),
        picture=card.offer.thumb_url if card else hit.payload.get("picture", ""),
        lon=hit.lon,
        lat=hit.lat,
        away=_away(hit, asked.near[0]) if asked.near else "",
        where=_where(hit),
        opening=opening[0],
        is_open=opening[1],
        card=card,
    )


def _where(hit: Hit) -> str:
    """The trade and the street of a shop or an entry of the map, as far as they are known."""
    if hit.kind not in ("shop", "place"):
        return ""
    parts = (shops.trade_name(hit.payload.get("category", "")), hit.payload.get("where", ""))
    return " · ".join(part for part in parts if part)


def suggested(one: Suggestion, typed: str) -> dict[str, object]:
    """A suggestion with its address: that of the thing, or a search for the words."""
    _many, label, icon = KINDS.get(one.kind, ("", "", "search"))
    url = address(one.url) or f"{reverse('search')}?{urlencode({'q': one.text})}"
    return {"text": one.text, "label": label, "icon": icon, "url": url, "pieces": marked(one.text, Wanted(typed))}


def address(url: str) -> str:
    """The page in the visitor's language; empty for a thing that has no page of its own."""
    if not url or url.startswith("/suche/"):
        return ""
    return f"/{get_language()}{url}" if get_language() != "de" and url.startswith("/") else url


def tabs(asked: "Asked", results: Results) -> list[tuple[str, str, bool]]:
    """All results and each kind that has some, with how many there are."""
    kind = asked.kind
    counts = results.counts_by_kind
    entries = [("", pgettext("results", "All"), sum(counts.values()))]
    entries += [(name, many, counts[name]) for name, (many, _one, _icon) in KINDS.items() if counts.get(name)]
    if len(entries) < 3 and not kind:
        return []
    return [
        (f"{label} ({count})", asked.address(kind=name, category=""), name == kind) for name, label, count in entries
    ]


def marked(words: str, wanted: "Wanted") -> list[tuple[str, bool]]:
    """The text in as few pieces as can be; True for those that were searched for."""
    pieces = re.split(r"([^\W_]+)", words)
    told = ((piece, place % 2 == 1 and piece in wanted) for place, piece in enumerate(pieces) if piece)
    return [("".join(piece for piece, _ in run), found) for found, run in groupby(told, key=lambda one: one[1])]


def points(hits: list[Shown]) -> list[dict[str, object]]:
    """The results that lie somewhere, for the map."""
    return [
        {"lon": hit.lon, "lat": hit.lat, "label": hit.name, "text": hit.label, "url": hit.url}
        for hit in hits
        if hit.lon is not None and hit.lat is not None
    ]


class Wanted:
    """The words somebody looked for; says of a word of a result whether it is one of them. Results repeat words: each is read once."""

    def __init__(self, typed: str) -> None:
        self.tokens = {token.lstrip("=~") for token in text.analyse(typed)}
        self.words = {word.folded for word in text.read_words(typed)}
        self._known: dict[str, bool] = {}

    def __contains__(self, piece: str) -> bool:
        if (known := self._known.get(piece)) is None:
            known = self._known[piece] = self._meets(piece)
        return known

    def _meets(self, piece: str) -> bool:
        words = [word for word in text.read_words(piece) if not word.is_stop]
        wanted = self.tokens | self.words
        if any(word.folded.startswith(start) for word in words for start in wanted if len(start) > 2):
            return True
        return bool({token.lstrip("=~") for word in words for token in text.tokens_of(word)} & wanted)


def _away(hit: Hit, near: tuple[float, float]) -> str:
    """How far as the crow flies, in steps of ten metres, from one kilometre on in tenths; empty for what lies nowhere."""
    if hit.lon is None or hit.lat is None:
        return ""
    metres = metres_between(hit.lon, hit.lat, *near)
    if metres < 995:
        return gettext("{metres} m away").format(metres=int(round(metres, -1)) or 10)
    return gettext("{km} km away").format(km=formats.number_format(metres / 1000, 1))
