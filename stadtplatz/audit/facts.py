"""Kinds of facts. Each domain declares its own in its `facts.py`; a fact that was not declared cannot be recorded."""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps

PUBLIC, APPLICANT, STAFF = "public", "applicant", "staff"
AUDIENCES = (PUBLIC, APPLICANT, STAFF)


@dataclass(frozen=True)
class Fact:
    """`verb` is `<domain>.<past participle>`. `audience` is who may read it: everybody, the applicant (and staff), or staff alone.

    `sentence` is lazily translated and may use `{key}` of the allowed keys. Keys hold ids, codes and numbers only.
    """

    verb: str
    audience: str
    sentence: object
    keys: AbstractSet[str] = field(default_factory=frozenset)
    changes_pages: bool = False
    """Whether pages that strangers see say something else afterwards: kept pages are dropped after commit."""

    def __post_init__(self) -> None:
        if self.audience not in AUDIENCES:
            raise ValueError(f"{self.verb}: unknown audience {self.audience!r}")
        object.__setattr__(self, "keys", frozenset(self.keys))
        if REGISTRY.setdefault(self.verb, self) != self:
            raise ValueError(f"The fact {self.verb} is declared twice.")


REGISTRY: dict[str, Fact] = {}


def discover() -> None:
    """Import `facts.py` of every domain."""
    for config in apps.get_app_configs():
        if config.name.startswith("stadtplatz.") and find_spec(f"{config.name}.facts"):
            import_module(f"{config.name}.facts")
