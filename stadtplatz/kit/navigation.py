"""Entries of the navigation. Each domain declares its own in `navigation.py`; `home` collects the ones that work and are switched on."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from stadtplatz.kit.actors import Actor

Area = Literal["square", "mine", "desk", "shop", "footer"]


@dataclass(frozen=True)
class Entry:
    """A link to a page without arguments. `shown` gets the visitor and says whether the link is for them; None means everybody.

    Areas: `square` the main row, `mine` the visitor's own things, `desk` the staff desk, `shop` the shop side, `footer`.
    `icon` is a name from `kit.icons`. `count` says how many things wait behind the link; asked only for visitors who see it.
    """

    area: Area
    order: int
    label: object
    url_name: str
    shown: Callable[[Actor], bool] | None = None
    icon: str = ""
    count: Callable[[Actor], int] | None = None
