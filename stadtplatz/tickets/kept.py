"""What each process keeps of the city pack's words on reports. See `kit.kept`; shared, not to be changed."""

from __future__ import annotations

from dataclasses import dataclass

from stadtplatz.kit.kept import Topic, kept
from stadtplatz.tickets.models import Category, DangerKind, Guidance

PACK = Topic("tickets.pack", {"tickets.Category": (), "tickets.DangerKind": (), "tickets.Guidance": ()})


@dataclass(frozen=True)
class Words:
    """Categories and dangers in use, in the city's order, and what the city says around reporting."""

    categories: list[Category]
    dangers: list[DangerKind]
    guidance: Guidance | None


@kept(PACK)
def words() -> Words:
    """As they are now."""
    return Words(
        list(Category.objects.filter(active=True)),
        list(DangerKind.objects.filter(active=True)),
        Guidance.objects.order_by("pk").first(),
    )
