"""The tree of goods: names, what each needs, and the picture drawn for it. A data file, so that a city can edit it."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml
from django.templatetags.static import static
from django.utils.translation import get_language, gettext

DATA = Path(__file__).resolve().parent / "data" / "categories.yaml"


@dataclass(frozen=True)
class Category:
    """`food` asks for food information and allergens before publishing; `age` is the lowest age limit an offer may have."""

    code: str
    slug: str
    de: str
    en: str
    parent: str = ""
    drawing: str = "other"
    food: bool = False
    origin: bool = False
    """Food whose origin must be named."""
    safety: bool = False
    """Consumer goods whose maker must be named (GPSR)."""
    energy: bool = False
    """Goods that bear an energy label."""
    age: int = 0
    vat: str = "standard"
    google: int = 0
    """Its number in Google's product taxonomy; 0 where none fits or none was verified."""
    per: str = ""
    """Unit of the trade for large amounts, a key of units.CUSTOMARY."""

    @property
    def name(self) -> str:
        """The name in the reader's language."""
        return self.en if (get_language() or "de").startswith("en") else self.de

    @property
    def picture(self) -> str:
        """The address of the picture drawn for it."""
        return drawing_of(self.code)


INHERITED = ("drawing", "food", "origin", "safety", "energy", "age", "vat", "per")


@lru_cache(maxsize=1)
def all_categories() -> dict[str, Category]:
    """Every category by code, parents before children, in the order of the data file."""
    found: dict[str, Category] = {}
    for row in yaml.safe_load(DATA.read_text(encoding="utf-8")):
        children = row.pop("children", [])
        parent = Category(slug=row["code"], **row) if "slug" not in row else Category(**row)
        found[parent.code] = parent
        inherited = {name: getattr(parent, name) for name in INHERITED}
        for child in children:
            merged = {**inherited, "slug": child["code"], **child, "parent": parent.code}
            found[child["code"]] = Category(**merged)
    return found


def roots() -> list[Category]:
    """The top of the tree."""
    return [category for category in all_categories().values() if not category.parent]


def children_of(code: str) -> list[Category]:
    """The categories right below."""
    return [category for category in all_categories().values() if category.parent == code]


def by_slug(slug: str) -> Category | None:
    """The category with this word in its address."""
    return next((category for category in all_categories().values() if category.slug == slug), None)


def branch(code: str) -> list[str]:
    """The codes of a category and everything below it."""
    return [code, *(child.code for child in children_of(code))]


def name_of(code: str) -> str:
    """The name in the reader's language; the code itself if the tree no longer has it."""
    found = all_categories().get(code)
    return found.name if found else code


def drawing_of(code: str) -> str:
    """The address of the picture drawn for this category."""
    found = all_categories().get(code)
    return static(f"catalogue/pictures/{found.drawing if found else 'other'}.svg")


def choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """The leaves grouped by their parent, for a form."""
    return [(root.name, [(c.code, c.name) for c in children_of(root.code)]) for root in roots()]


def choices_or_none() -> list[tuple[str, str] | tuple[str, list[tuple[str, str]]]]:
    """As `choices`, with a first line that chooses nothing."""
    return [("", gettext("Please choose")), *choices()]
