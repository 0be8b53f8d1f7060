"""The energy class as it stands beside a price: the letter in an arrow, the scale it belongs to, and the way to label and data sheet.

Art. 6 (a) and Annexes of Regulation (EU) 2017/1369 and of the acts for each product: wherever a model is offered with its price, the class and
the range of classes stand near the price, label and product information sheet one click away. The colours follow from the place in the scale;
those of the acts are given for print (CMYK), here they are what a screen makes of them. No lawyer has looked at this.
"""

from __future__ import annotations

from dataclasses import dataclass

from stadtplatz.catalogue.categories import Category

CLASSES = ("A+++", "A++", "A+", "A", "B", "C", "D", "E", "F", "G")
USUAL = "A-G"
"""The scale of labels since 2021; tyres (2020/740) end with E, room heaters (2015/1186) begin with A++."""
EPREL = "https://eprel.ec.europa.eu/qr/"
"""What the code printed on a label leads to, followed by the model's number."""
COLOURS = 7


@dataclass(frozen=True)
class EnergyView:
    """For `catalogue/parts/energy.html`. `step` is 1 (green) to 7 (red)."""

    letter: str
    best: str
    worst: str
    step: int
    url: str


def classes_of(scale: str) -> tuple[str, ...]:
    """The classes of a scale like `A-G`, the best first; an unknown scale is the usual one."""
    best, _, worst = scale.partition("-")
    if best not in CLASSES or worst not in CLASSES or CLASSES.index(best) >= CLASSES.index(worst):
        return classes_of(USUAL)
    return CLASSES[CLASSES.index(best) : CLASSES.index(worst) + 1]


def energy_view(said: dict[str, str], category: Category | None) -> EnergyView | None:
    """None where no class is said, or one that the scale of this category does not know."""
    letter = said.get("energy", "").strip().upper()
    classes = classes_of(category.scale if category else USUAL)
    if letter not in classes:
        return None
    place = classes.index(letter)
    number = said.get("eprel", "").strip()
    step = 1 + round(place * (COLOURS - 1) / (len(classes) - 1)) if len(classes) <= COLOURS else min(place + 1, COLOURS)
    return EnergyView(letter, classes[0], classes[-1], step, EPREL + number if number else "")
