"""What this city is called and how it looks. Written by loading a city pack, read by every page."""

import time
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils.translation import get_language

from stadtplatz.kit import pagecache
from stadtplatz.kit.models import CityIdentity

_KEEP_SECONDS = 5.0
_cached: tuple[float, "Identity"] | None = None


@dataclass(frozen=True)
class Identity:
    """The city as pages, mails and deadlines need it. `land` is the two-letter code of the federal state (BW, NW ...)."""

    slug: str = ""
    name: str = "Stadtplatz"
    long_name: str = "Stadtplatz"
    land: str = "BW"
    colours: dict[str, str] = field(default_factory=dict)
    contact: dict[str, str] = field(default_factory=dict)
    centre: tuple[float, float] = (8.8700, 48.5950)
    """Longitude, latitude."""
    switched_off: frozenset[str] = frozenset()
    closed_days: frozenset[str] = frozenset()
    """Days without service beside the Land's holidays: `12-24` every year, `2026-05-15` once. See kit.workdays."""
    legal: dict[str, Any] = field(default_factory=dict)
    map: dict[str, Any] = field(default_factory=dict)
    demo_notice: str = ""
    demo_notice_en: str = ""

    @property
    def notice(self) -> str:
        """What the pack says about its demo, in the page's language."""
        english = (get_language() or "de").startswith("en")
        return (self.demo_notice_en if english else "") or self.demo_notice


def city() -> Identity:
    """The present identity; at most five seconds old in this process."""
    global _cached
    if _cached is None or time.monotonic() - _cached[0] > _KEEP_SECONDS:
        row = CityIdentity.objects.order_by("pk").first()
        _cached = (time.monotonic(), _identity(row.data if row else {}))
    return _cached[1]


@transaction.atomic
def set_identity(data: dict[str, Any]) -> None:
    """Make the pack's `city.yaml` the identity of this installation."""
    global _cached
    row = CityIdentity.objects.order_by("pk").first() or CityIdentity()
    row.data, row.version = data, row.version + 1
    row.save()
    _cached = None
    pagecache.changed()


def forget() -> None:
    """Forget what this process remembers (tests, and after a load)."""
    global _cached
    _cached = None


def is_on(domain: str) -> bool:
    """Whether the city has this domain switched on."""
    return domain not in city().switched_off


def _identity(data: dict[str, Any]) -> Identity:
    known = {key: value for key, value in data.items() if key in Identity.__dataclass_fields__}
    for name in ("switched_off", "closed_days"):
        if name in known:
            known[name] = frozenset(str(item) for item in known[name])
    if "centre" in known:
        known["centre"] = tuple(known["centre"])
    return Identity(**known)
