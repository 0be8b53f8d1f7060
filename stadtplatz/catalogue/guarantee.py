"""The legal guarantee and the maker's guarantee of durability, as they are shown before goods are ordered.

Art. 5 (1) (e) and (ea), 6 (1) (l) and (la) and 22a of Directive 2011/83/EU as changed by Directive (EU) 2024/825; Implementing Regulation
(EU) 2025/1960: the notice whole and in colour, the label whole or so that the first interaction opens it whole; the label only if the
maker gives it free of charge, for the whole product and for more than two years. No lawyer has looked at this. What we ship is the notice
in our own plain words: the official graphics, which say it in the words of the annex, are put in by the operator.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils import formats
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from stadtplatz.catalogue.kept import GUARANTEE
from stadtplatz.catalogue.models.guarantee import GuaranteeGraphic, GuaranteeNotice
from stadtplatz.kit import clock
from stadtplatz.kit.kept import kept

LABEL_URL = "https://europa.eu/youreurope/commercial-guarantee-durability/index.htm"
"""What the code on the label leads to."""
LONGER_THAN, LONGEST = Decimal(2), Decimal(50)
FIELDS = ("guarantee", "guarantee_whole", "guarantee_maker", "guarantee_model")
_NUMBER = re.compile(r"(\d{1,3}(?:[.,]\d{1,2})?)\s*(jahre?|years?|j\.?|monate?|months?|mon\.?)?", re.I)
_ENDLESS = re.compile(r"lebens|life|unbegrenzt|unlimited|ewig", re.I)


@dataclass(frozen=True)
class Notice:
    """The notice in one language; `picture` and `pdf` are addresses of the official files, empty until they are put in."""

    language: str
    heading: str
    body: str
    url: str
    source: str
    valid_from: date
    picture: str = ""
    width: int = 0
    height: int = 0
    pdf: str = ""


@dataclass(frozen=True)
class Garan:
    """The label of one offer; `picture` is the address of the official blank label, empty until it is put in."""

    years: str
    maker: str
    model: str
    url: str = LABEL_URL
    picture: str = ""


class Wrong(ValueError):
    """A duration that cannot stand on the label; the words say why."""


def notice(language: str | None = None, *, whenever: bool = False) -> Notice | None:
    """What holds today (or `whenever`) in the language of the page, else in German; None before the law holds. No query but the one for marks."""
    known = _all()[0]
    code = (language or get_language() or "de").lower()
    found = known.get(code) or known.get(code.split("-")[0]) or known.get("de")
    return found if found and (whenever or found.valid_from <= clock.today()) else None


def garan(said: dict[str, str], brand: str = "") -> Garan | None:
    """The label, if everything is said that has to stand on it; else nothing of the guarantee is shown."""
    if not said.get("guarantee") or not said.get("guarantee_whole") or not said.get("guarantee_model", "").strip():
        return None
    maker = said.get("guarantee_maker", "").strip() or brand.strip()
    try:
        years = read_years(said["guarantee"])
    except Wrong:
        return None
    return Garan(formats.localize(years), maker, said["guarantee_model"].strip(), picture=_all()[1]) if maker else None


def faults(said: dict[str, str], brand: str = "") -> dict[str, str]:
    """What is wrong with the guarantee of a maker, by field; without a duration nothing is asked for."""
    words = said.get("guarantee", "").strip()
    if not words:
        return {}
    found = {}
    try:
        read_years(words)
    except Wrong as wrong:
        found["guarantee"] = str(wrong)
    if not said.get("guarantee_whole"):
        found["guarantee_whole"] = _(
            "The label may only be shown if the maker gives the guarantee free of charge and for the whole product."
            " Otherwise please leave the years empty."
        )
    if not (said.get("guarantee_maker", "").strip() or brand.strip()):
        found["guarantee_maker"] = _("The label names the maker or the brand: please write it here or as the brand.")
    if not said.get("guarantee_model", "").strip():
        found["guarantee_model"] = _("The label names the model: please write its number or name as the maker does.")
    return found


def read_years(words: str) -> Decimal:
    """`3`, `2,5 Jahre`, `30 Monate` in years. Wrong for what the label cannot say: two years or less, no half steps, no number."""
    hit = _NUMBER.fullmatch(words.strip())
    if hit is None:
        if _ENDLESS.search(words):
            raise Wrong(_("The label names a number of years. Please write how many years the maker gives."))
        raise Wrong(_("Please write years such as 3 or 2,5, or months such as 30 Monate."))
    years = Decimal(hit[1].replace(",", "."))
    if (hit[2] or "").lower().startswith("m"):
        years /= 12
    if years <= LONGER_THAN:
        raise Wrong(
            _("Two years are what the law gives anyway. The label is only for guarantees of more than two years.")
        )
    if years > LONGEST:
        raise Wrong(_("More than 50 years cannot be right."))
    if years * 2 != int(years * 2):
        raise Wrong(_("The label counts in half years: 2,5 or 3 or 3,5."))
    return years.quantize(Decimal("0.1")) if years % 1 else years.quantize(Decimal(1))


@kept(GUARANTEE)
def _all() -> tuple[dict[str, Notice], str]:
    """The notice in each language, and the address of the official label. Two queries after a change."""
    shown = GuaranteeGraphic.objects.filter(shown=True).defer("content")
    files = {(row.kind, row.language, row.is_pdf): row for row in shown}
    label = files.get((GuaranteeGraphic.LABEL, "", False))
    return {row.language: _notice(row, files) for row in GuaranteeNotice.objects.all()}, label.url if label else ""


def _notice(row: GuaranteeNotice, files: dict[tuple[str, str, bool], GuaranteeGraphic]) -> Notice:
    picture = files.get((GuaranteeGraphic.NOTICE, row.language, False))
    pdf = files.get((GuaranteeGraphic.NOTICE, row.language, True))
    return Notice(
        row.language, row.heading, row.body, row.url, row.source, row.valid_from,
        picture.url if picture else "", picture.width if picture else 0, picture.height if picture else 0, pdf.url if pdf else "",
    )  # fmt: skip
