"""VAT classes of goods and what each meant when; the data file says from which day a percentage is valid."""

from datetime import date
from functools import lru_cache
from pathlib import Path

import yaml
from django.utils.translation import gettext_lazy as _

STANDARD, REDUCED, MEALS, SOLAR, MARGIN, ZERO = "standard", "reduced", "meals", "solar", "margin", "zero"
CLASSES = [
    (STANDARD, _("Standard rate")),
    (REDUCED, _("Reduced rate (food, books, flowers)")),
    (MEALS, _("Meals served in the house")),
    (SOLAR, _("Solar panels and what belongs to them")),
    (MARGIN, _("Second-hand goods taxed on the margin (§ 25a UStG)")),
    (ZERO, _("Zero rate")),
]
DATA = Path(__file__).resolve().parent / "data" / "vat.yaml"


def percent(vat_class: str, day: date) -> int:
    """The whole percentage of this class on this day. KeyError for an unknown class, ValueError before the table begins."""
    valid = [rate for start, rate in _table()[vat_class] if start <= day]
    if not valid:
        raise ValueError(f"No VAT percentage for {vat_class} on {day}.")
    return valid[-1]


@lru_cache(maxsize=1)
def _table() -> dict[str, list[tuple[date, int]]]:
    rows = yaml.safe_load(DATA.read_text(encoding="utf-8"))
    return {name: sorted((row["from"], row["percent"]) for row in spans) for name, spans in rows.items()}
