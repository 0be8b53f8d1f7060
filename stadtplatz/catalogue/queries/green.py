"""Environmental claims that the desk has not looked at: offers on sale with evidence, and what shops say of themselves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from stadtplatz.catalogue.models import Offer
from stadtplatz.catalogue.particulars import has_evidence, shown
from stadtplatz.catalogue.queries.offers import on_sale
from stadtplatz.catalogue.rules.offers import green_claims
from stadtplatz.moderation.models import GreenLook, GreenWord
from stadtplatz.moderation.queries import GreenFound, green_look, green_mark
from stadtplatz.shops.models import Shop

MOST = 50


@dataclass(frozen=True)
class GreenLine:
    """One text with what it claims, and the evidence named for it; `url` leads to its page, `notice_url` to reporting it."""

    content: str
    mark: str
    title: str
    owner: str
    url: str
    notice_url: str
    words: str
    text: str
    evidence: str
    never: bool


def green_lines() -> tuple[list[GreenLine], bool]:
    """The first fifty that wait, and whether there are more. Three queries."""
    seen = set(GreenLook.objects.values_list("content", "mark"))
    found: list[GreenLine] = []
    for line in _all():
        if (line.content, line.mark) not in seen:
            found.append(line)
            if len(found) > MOST:
                break
    return found[:MOST], len(found) > MOST


def green_words() -> list[GreenWord]:
    """The list, by what the law says of them."""
    return list(GreenWord.objects.all())


def _all() -> Iterator[GreenLine]:
    for offer in on_sale().filter(particulars__has_key="green_kind", variant_of=None):
        if has_evidence(offer.particulars) and (
            claims := green_look(f"{offer.title}\n{offer.description}\n{offer.food_info}")
        ):
            yield _offer(offer, claims)
    for shop in Shop.objects.filter(state=Shop.OPEN).exclude(description="").order_by("name"):
        if claims := green_look(shop.description):
            yield GreenLine(
                f"shop:{shop.pk}", green_mark(shop.description, ""), shop.name, shop.name, shop.get_absolute_url(), f"{shop.get_absolute_url()}melden/",
                _words(claims), shop.description, "", any(found.never for found in claims),
            )  # fmt: skip


def _offer(offer: Offer, claims: list[GreenFound]) -> GreenLine:
    said = offer.particulars
    evidence = " · ".join(
        str(words)
        for words in (
            shown("green_kind", said["green_kind"]),
            said.get("green_issuer", ""),
            said.get("green_proof", ""),
        )
        if words
    )
    text = f"{offer.title}. {offer.description}".strip()
    never = any(found.never for found in green_claims(offer))
    url = offer.get_absolute_url()
    return GreenLine(
        f"offer:{offer.pk}",
        green_mark(text, evidence),
        offer.title,
        offer.shop.name,
        url,
        f"{url}melden/",
        _words(claims),
        text,
        evidence,
        never,
    )


def _words(claims: list[GreenFound]) -> str:
    return ", ".join(f"„{found.word}“" for found in claims)
