"""What else is to be said about goods: food, product safety, energy. Which goods need what is said by their category."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from stadtplatz.catalogue import energy, guarantee
from stadtplatz.catalogue.categories import Category

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True)
class Particular:
    """One thing to be said. `food`, `goods` and `green` tell on which part of the form it stands."""

    name: str
    label: StrOrPromise
    help: StrOrPromise = ""
    food: bool = False
    goods: bool = False
    green: bool = False
    long: bool = False
    choices: tuple[tuple[str, StrOrPromise], ...] = ()
    """Said by choosing; the first of each pair is kept."""
    yes: bool = False
    """Said by a tick, kept as YES."""


YES = "ja"
EXPLAINED = "explained"
GREEN_KINDS = (
    ("eu-ecolabel", gettext_lazy("EU Ecolabel")),
    ("blue-angel", gettext_lazy("Blauer Engel")),
    ("type-one", gettext_lazy("Another eco label that a member state recognises (EN ISO 14024)")),
    ("union-law", gettext_lazy("Best class by Union law, such as the energy label")),
    (EXPLAINED, gettext_lazy("Explained precisely on this page")),
)
"""What the law takes as recognised excellent environmental performance (Art. 2 (s) of Directive 2005/29/EC), or else a claim that is specified on the same medium."""
ALL = (
    Particular("origin", gettext_lazy("Origin"), gettext_lazy("Country or region. Needed for fruit, vegetables and fresh meat."), food=True),
    Particular("nutrition", gettext_lazy("Nutrition per 100 g or 100 ml"), gettext_lazy("Energy, fat, saturates, carbohydrate, sugars, protein, salt."), food=True, long=True),
    Particular("alcohol", gettext_lazy("Alcohol"), gettext_lazy("Like 12,5 % vol. Needed for drinks with more than 1.2 % vol."), food=True),
    Particular("storage", gettext_lazy("Storage and use"), "", food=True),
    Particular("organic", gettext_lazy("Organic control body"), gettext_lazy("Like DE-ÖKO-006. Needed if you call it organic."), food=True),
    Particular("maker", gettext_lazy("Maker: name, address, mail or web address"), gettext_lazy("Product safety law (GPSR) wants this before it is sold. Made by yourself? Then your own data."), goods=True, long=True),
    Particular("responsible", gettext_lazy("Responsible person in the EU"), gettext_lazy("Only if the maker sits outside the EU."), goods=True, long=True),
    Particular("warnings", gettext_lazy("Warnings and safety information in German"), gettext_lazy("Such as: not suitable for children under three years."), goods=True, long=True),
    Particular("fibres", gettext_lazy("Fibres"), gettext_lazy("Like: 80 % cotton, 20 % polyester. Needed for clothes and fabrics; without textile: what it is made of."), goods=True),
    Particular("battery", gettext_lazy("Batteries"), gettext_lazy("Which kind is in it or comes with it, like: lithium ion, built in. Without one: none."), goods=True),
    Particular("energy", gettext_lazy("Energy efficiency class"), gettext_lazy("As on the label: A to G, tyres A to E, stoves A++ to G. It is shown beside every price."), goods=True),
    Particular("eprel", gettext_lazy("Number in EPREL"), gettext_lazy("The digits of the model in the EU's database of energy labels. With it customers open the label and the data sheet from the price."), goods=True),
    Particular("green_kind", gettext_lazy("Evidence for words such as “umweltfreundlich”"), gettext_lazy("General environmental claims are only allowed with recognised evidence, or explained on the same page. “Klimaneutral” is never allowed of a product if it rests on offsetting."), green=True, choices=GREEN_KINDS),
    Particular("green_issuer", gettext_lazy("Who gave the evidence"), gettext_lazy("Such as RAL gGmbH."), green=True),
    Particular("green_proof", gettext_lazy("Number, link or explanation"), gettext_lazy("Number of the licence, or an address that begins with https://. Explained yourself: what exactly, how much of it, measured how."), green=True, long=True),
    Particular("guarantee", gettext_lazy("Guarantee of the maker in years"), gettext_lazy("Only if it is longer than two years, like 3 or 2,5. Then the EU label GARAN is shown at the picture. The two years of the law are shown with all goods anyway."), goods=True),
    Particular("guarantee_whole", gettext_lazy("The maker gives this guarantee free of charge and for the whole product"), "", goods=True, yes=True),
    Particular("guarantee_maker", gettext_lazy("Maker or brand on the label"), gettext_lazy("If it stays empty, the brand of the offer."), goods=True),
    Particular("guarantee_model", gettext_lazy("Model on the label"), gettext_lazy("Number or name of the model as the maker writes it."), goods=True),
)  # fmt: skip
BY_NAME = {particular.name: particular for particular in ALL}
_ORGANIC = re.compile(r"\b(bio|öko|organic|biologisch\w*|ökologisch\w*)(?=[\s-]|\b)", re.I)
_ALCOHOL = re.compile(r"\d{1,2}(?:[.,]\d{1,2})?\s*%(?:\s*vol\.?)?", re.I)
_EPREL = re.compile(r"[0-9]{1,8}")
_CODE = re.compile(r"[A-Z]{2}-(?:ÖKO|OKO|BIO|ORG)-\d{2,3}", re.I)


def missing(category: Category, said: dict[str, str], *, title: str, packed: bool) -> list[tuple[str, StrOrPromise]]:
    """Names and labels of what is lacking before goods of this category are sold.

    Food: Art. 14, 44 LMIV; others: Art. 19 GPSR; fibres: Art. 16 Regulation (EU) 1007/2011; warnings of toys: Art. 11 Directive
    2009/48/EC; what else a category wants stands with it.
    """
    wanted = list(category.wants)
    if category.food and category.origin:
        wanted.append("origin")
    if category.food and _ORGANIC.search(title):
        wanted.append("organic")
    if category.safety and packed:
        wanted.append("maker")
    if category.energy:
        wanted.append("energy")
    wrong = faults(said, category)
    lacking = {name for name in wanted if name in wrong or not said.get(name, "").strip()}
    return [(name, BY_NAME[name].label) for name in dict.fromkeys(wanted) if name in lacking]


def faults(said: dict[str, str], category: Category | None = None, brand: str = "") -> dict[str, str]:
    """What is said but cannot be so, by name; with the category, on its label's scale."""
    found = {}
    if said.get("organic") and not _CODE.fullmatch(said["organic"].strip()):
        found["organic"] = _("Please write it like DE-ÖKO-006.")
    if said.get("alcohol") and not _ALCOHOL.fullmatch(said["alcohol"].strip()):
        found["alcohol"] = _("Please write it like 12,5 % vol.")
    known = energy.classes_of(category.scale) if category else energy.CLASSES
    if said.get("energy") and said["energy"].strip().upper() not in known:
        found["energy"] = _("The energy class is one from {best} to {worst}.").format(best=known[0], worst=known[-1])
    if said.get("eprel") and not _EPREL.fullmatch(said["eprel"].strip()):
        found["eprel"] = _("The number in EPREL has digits only, at most eight.")
    return found | guarantee.faults(said, brand) | _green(said)


def shown(name: str, words: str) -> StrOrPromise:
    """A particular as everybody reads it."""
    return dict(BY_NAME[name].choices).get(words, words) if BY_NAME[name].choices else words


def has_evidence(said: dict[str, str]) -> bool:
    """Whether general environmental claims may stand: all of the evidence is named."""
    return bool(said.get("green_kind")) and not _green(said)


def _green(said: dict[str, str]) -> dict[str, str]:
    kind, proof = said.get("green_kind", ""), said.get("green_proof", "").strip()
    if not kind:
        return {}
    found = {}
    if kind not in dict(GREEN_KINDS):
        found["green_kind"] = _("Please choose the kind of evidence.")
    if kind == EXPLAINED:
        if len(proof) < SHORTEST_EXPLANATION:
            found["green_proof"] = _("Please explain it in a sentence: what exactly, how much of it, measured how.")
        return found
    if not said.get("green_issuer", "").strip():
        found["green_issuer"] = _("Please say who gave the evidence.")
    if not (proof.startswith("https://") or any(sign.isdigit() for sign in proof)):
        found["green_proof"] = _("Please give the number of the licence, or an address that begins with https://.")
    return found


SHORTEST_EXPLANATION = 30
