"""Kinds of shops: one short list as a data file, with the map's tags that mean each of them."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml
from django.utils.translation import get_language

DATA = Path(__file__).resolve().parent / "data" / "categories.yaml"
OTHER = "other"


@dataclass(frozen=True)
class ShopCategory:
    """`code` is stored; `tags` are the map's `key=value` pairs; `drawing` names the picture drawn for shops without one."""

    code: str
    de: str
    en: str
    drawing: str
    tags: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The name in the reader's language."""
        return self.en if (get_language() or "de").startswith("en") else self.de


@lru_cache(maxsize=1)
def all_categories() -> dict[str, ShopCategory]:
    """Every category by code, in the order of the data file."""
    rows = yaml.safe_load(DATA.read_text(encoding="utf-8"))
    return {row["code"]: ShopCategory(**{**row, "tags": tuple(row.get("tags", ()))}) for row in rows}


def name_of(code: str) -> str:
    """The category's name in the reader's language; the code itself if the list no longer has it."""
    found = all_categories().get(code)
    return found.name if found else code


def drawing_of(code: str) -> str:
    """The key of the picture drawn for this category."""
    found = all_categories().get(code)
    return found.drawing if found else OTHER


def choices() -> list[tuple[str, str]]:
    """Codes and names for a form, sorted by name, "other" last."""
    rows = sorted(all_categories().values(), key=lambda row: (row.code == OTHER, row.name))
    return [(row.code, row.name) for row in rows]


def from_tags(tags: dict[str, str]) -> str:
    """Our category for the map's tags: the first of shop=, craft=, amenity=, office= that the list names, else "other"."""
    for key in ("shop", "craft", "amenity", "office", "tourism", "leisure", "healthcare"):
        value = tags.get(key)
        if value and (code := _by_tag().get(f"{key}={value}")):
            return code
    return OTHER


@lru_cache(maxsize=1)
def _by_tag() -> dict[str, str]:
    return {tag: category.code for category in all_categories().values() for tag in category.tags}
