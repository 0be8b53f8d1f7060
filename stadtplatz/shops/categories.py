"""Kinds of shops: one short list as a data file, with the map's tags that mean each of them."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml
from django.templatetags.static import static
from django.utils.translation import get_language, gettext

from stadtplatz.kit.pictures import picture_for

DATA = Path(__file__).resolve().parent / "data" / "categories.yaml"
MAP_WORDS = DATA.with_name("map_words.txt")
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
    """The address of the picture drawn for this category."""
    found = all_categories().get(code)
    return static(picture_for(found.drawing if found else OTHER))


def choices() -> list[tuple[str, str]]:
    """Codes and names for a form, sorted by name, "other" last."""
    rows = sorted(all_categories().values(), key=lambda row: (row.code == OTHER, row.name))
    return [(row.code, row.name) for row in rows]


def choices_or_all() -> list[tuple[str, str]]:
    """As `choices`, with a first line for all of them."""
    return [("", gettext("All categories")), *choices()]


def of_map(word: str) -> str:
    """Our category for the map's own word (`bakery`, `hairdresser`); "other" if the list does not name it."""
    return _by_word().get(word, OTHER)


def words_of(code: str) -> list[str]:
    """The map's words that mean this category, for looking places up by category."""
    return [word for word, category in _by_word().items() if category == code]


def map_words(*values: str) -> list[str]:
    """What people call these values of the map; a value that is no word of the map's own (a brand) stays as it is."""
    known = _map_words()
    return [known.get(value, "" if value.islower() else value) for value in values if value]


@lru_cache(maxsize=1)
def _map_words() -> dict[str, str]:
    rows = (line.partition(":") for line in MAP_WORDS.read_text(encoding="utf-8").splitlines() if line[:1] != "#")
    return {value.strip(): words.strip() for value, _, words in rows}


def is_known(code: str) -> bool:
    """Whether the list has this category."""
    return code in all_categories()


@lru_cache(maxsize=1)
def _by_word() -> dict[str, str]:
    """The first category of the list wins a word that two keys share (`shop=bakery`, `craft=bakery`)."""
    found: dict[str, str] = {}
    for category in all_categories().values():
        for tag in category.tags:
            found.setdefault(tag.partition("=")[2], category.code)
    return found
