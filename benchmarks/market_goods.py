"""Goods of a German town by a seed: 100,000 offers of 500 shops, the same for every program that is measured.

A title is put together as such titles are: what it is, of what, for whom, how large, in which colour, of which (invented) make.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

from stadtplatz.catalogue.imports.cells import check_digit

MAKES = [
    "Musterkorn",
    "Beispiel",
    "Seitenweise",
    "Erdacht",
    "Fiktiv",
    "Platzhalter",
    "Nirgendheim",
    "Ausgedacht & Söhne",
]
COLOURS = ["rot", "blau", "grün", "weiß", "schwarz", "grau", "gelb", "natur", "dunkelblau", "anthrazit"]
OF_WHAT = [
    "aus Buche",
    "aus Edelstahl",
    "aus Baumwolle",
    "aus Keramik",
    "aus Glas",
    "aus Wolle",
    "aus Filz",
    "aus Eiche",
]
FOR_WHOM = [
    "für Kinder",
    "für die Werkstatt",
    "für Garten und Balkon",
    "für die Küche",
    "für die Reise",
    "für Linkshänder",
    "",
]
SENTENCES = [
    "Im Laden vorrätig und sofort zum Mitnehmen.",
    "Auf Wunsch legen wir Ihnen ein Stück zurück.",
    "Lässt sich leicht reinigen und hält viele Jahre.",
    "Ersatzteile bekommen Sie bei uns.",
    "Von Hand gefertigt in kleiner Auflage.",
    "Passt zu den anderen Stücken der Reihe.",
    "Wir beraten Sie gern und zeigen, wie man damit umgeht.",
    "Das Holz stammt aus der Region.",
]


@dataclass(frozen=True)
class Good:
    number: int
    shop: int
    gtin: str
    title: str
    text: str
    category: str
    """Name of the category."""
    cents: int
    stock: int
    grams: int


def goods(count: int, shops: int, categories: list[tuple[str, tuple[str, ...]]], seed: int = 7) -> Iterator[Good]:
    """`categories` are names with the other words for them. Every third product is offered by two shops under one GTIN."""
    dice = random.Random(seed)
    for number in range(count):
        shop = number * shops // count
        twin = number if number % 3 else (number // 3) % max(1, count // 6)
        own = random.Random(f"{seed}:{twin}")
        category, words = own.choice(categories)
        noun = own.choice([category, *words]).strip()
        noun = noun[:1].upper() + noun[1:]
        parts = [noun, own.choice(OF_WHAT), own.choice(FOR_WHOM), f"{own.randint(4, 120)} cm", own.choice(COLOURS)]
        body = f"40{twin:010d}"
        yield Good(
            number=number,
            shop=shop,
            gtin=body + check_digit(body),
            title=" ".join(filter(None, [*parts, f"({own.choice(MAKES)} {twin % 997})"])),
            text=" ".join(own.sample(SENTENCES, 4)),
            category=category,
            cents=dice.randint(99, 19_999),
            stock=dice.randint(0, 40),
            grams=own.randint(50, 900),
        )


def questions(seed: int = 11) -> list[str]:
    """What people type: two or three words of titles, some of them wrongly or in part."""
    dice = random.Random(seed)
    nouns = [
        "Schraubenzieher",
        "Vase",
        "Topf",
        "Decke",
        "Tasche",
        "Brettspiel",
        "Lampe",
        "Gartenschere",
        "Teekanne",
        "Puzzle",
    ]
    whole = [f"{noun} {dice.choice([*COLOURS, *OF_WHAT])}" for noun in nouns]
    return [*nouns, *whole, "Schraubenziher", "Brettspil blau", "tasche leder", "lampe kuche"]
