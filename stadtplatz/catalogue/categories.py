"""The tree of goods: names, what each needs, and the picture drawn for it.

It is shipped as a file; a town's pack may bring another, and the operator changes it at the desk. Each process has the present tree
in memory; `catalogue.tree` looks after it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from django.templatetags.static import static
from django.utils.translation import get_language

DATA = Path(__file__).resolve().parent / "data" / "categories.yaml"
DEPTH = 3
"""How many steps the tree has at most."""


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
    scale: str = "A-G"
    """Best and worst class of that label."""
    wants: tuple[str, ...] = ()
    """Further particulars that must be given, by their names."""
    age: int = 0
    vat: str = "standard"
    google: int = 0
    """Its number in Google's product taxonomy; 0 where none fits or none was verified."""
    per: str = ""
    """Unit of the trade for large amounts, a key of units.CUSTOMARY."""
    kinds: tuple[str, ...] = ()
    """How it may be sold (kinds of Offer); empty means: every way."""
    words: tuple[str, ...] = ()
    """What else people call it."""

    @property
    def name(self) -> str:
        """The name in the reader's language."""
        return self.en if (get_language() or "de").startswith("en") else self.de

    @property
    def picture(self) -> str:
        """The address of the picture drawn for it."""
        return drawing_of(self.code)


INHERITED = ("drawing", "food", "origin", "safety", "energy", "scale", "wants", "age", "vat", "per", "kinds")
"""What a category says for everything below it."""


@dataclass(frozen=True)
class Tree:
    """All categories that are in use, by code, parents before children; and where those that are gone lead."""

    all: dict[str, Category]
    moved: dict[str, str] = field(default_factory=dict)
    """Code of a category that is gone -> code of the one in its place."""
    former: dict[str, str] = field(default_factory=dict)
    """Word that stood in an address once -> code of the category it meant."""
    children: dict[str, tuple[Category, ...]] = field(init=False)
    slugs: dict[str, Category] = field(init=False)

    def __post_init__(self) -> None:
        below: dict[str, list[Category]] = {}
        for category in self.all.values():
            below.setdefault(category.parent, []).append(category)
        object.__setattr__(self, "children", {code: tuple(rows) for code, rows in below.items()})
        object.__setattr__(self, "slugs", {category.slug: category for category in self.all.values()})


def grow(rows: Iterable[dict[str, Any]], parent: Category | None = None) -> Iterator[Category]:
    """Categories from nested rows as the data file has them; what a row leaves out it inherits."""
    for row in rows:
        own = {name: value for name, value in row.items() if name != "children"}
        own |= {name: tuple(own[name]) for name in ("wants", "kinds", "words") if name in own}
        above = {name: getattr(parent, name) for name in INHERITED} if parent else {}
        category = Category(
            **{**above, "slug": own["code"], **own, "parent": parent.code if parent else own.get("parent", "")}
        )
        yield category
        yield from grow(row.get("children", ()), category)


@lru_cache(maxsize=1)
def rows() -> list[dict[str, Any]]:
    """The shipped file as it stands; nobody may change it."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load(DATA.read_text(encoding="utf-8"), Loader=loader)  # nosec B506  # noqa: S506 - both are safe loaders


@lru_cache(maxsize=1)
def shipped() -> Tree:
    """The tree of the file."""
    return Tree({category.code: category for category in grow(rows())})


_present: Tree | None = None
_look: Callable[[], object] | None = None


def tree() -> Tree:
    """The tree as this process knows it; who asks first in a request looks after it, see `catalogue.tree`."""
    global _look
    if _look is not None:
        look, _look = _look, None
        look()
    return _present or shipped()


def look_first(look: Callable[[], object] | None) -> None:
    """Who asks for the tree next does this before; None: nothing."""
    global _look
    _look = look


def use(known: Tree | None) -> None:
    """This process knows this tree from now on; None: the shipped one."""
    global _present
    _present = known


def all_categories() -> dict[str, Category]:
    """Every category by code, parents before children, in the order of the tree."""
    return tree().all


def roots() -> list[Category]:
    """The top of the tree."""
    return list(tree().children.get("", ()))


def children_of(code: str) -> list[Category]:
    """The categories right below."""
    return list(tree().children.get(code, ()))


def by_slug(slug: str) -> Category | None:
    """The category with this word in its address."""
    return tree().slugs.get(slug)


def followed(code: str) -> str:
    """The code itself, or that of the category that took its place."""
    known, seen = tree(), set()
    while code not in known.all and code in known.moved and code not in seen:
        seen.add(code)
        code = known.moved[code]
    return code


def by_former_slug(slug: str) -> Category | None:
    """The category that answers for a word that stood in an address once."""
    known = tree()
    return known.all.get(followed(known.former.get(slug, "")))


def path_to(code: str) -> list[Category]:
    """The category and those above it, the top first; empty for an unknown one."""
    found: list[Category] = []
    category = tree().all.get(code)
    while category and len(found) <= DEPTH:
        found.insert(0, category)
        category = tree().all.get(category.parent)
    return found


def branch(code: str) -> list[str]:
    """The codes of a category and everything below it."""
    return [code, *(below for child in tree().children.get(code, ()) for below in branch(child.code))]


def name_of(code: str) -> str:
    """The name in the reader's language; the code itself if the tree no longer has it."""
    found = tree().all.get(code)
    return found.name if found else code


def path_name(code: str) -> str:
    """`Brot und Gebäck › Brot`."""
    return " › ".join(category.name for category in path_to(code))


def drawing_of(code: str) -> str:
    """The address of the picture drawn for this category."""
    found = tree().all.get(code)
    return static(f"catalogue/pictures/{found.drawing if found else 'other'}.svg")


def choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """The categories grouped by the top of their branch, for a form."""
    return [
        (
            root.name,
            [(code, " › ".join(one.name for one in path_to(code)[1:]) or root.name) for code in branch(root.code)],
        )
        for root in roots()
    ]
