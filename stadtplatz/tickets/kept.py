"""What each process keeps of the city pack's words on reports. See `kit.kept`; shared, not to be changed."""

from __future__ import annotations

from dataclasses import dataclass

from stadtplatz.kit.kept import Topic, kept
from stadtplatz.tickets.models import Category, DangerKind, Guidance, Pointer, ReplyTemplate

PACK = Topic(
    "tickets.pack",
    {f"tickets.{name}": () for name in ("Category", "DangerKind", "Guidance", "Pointer", "ReplyTemplate")},
)


@dataclass(frozen=True)
class Words:
    """Categories, dangers, replies and pointers in use, in the city's order, and what the city says around reporting.

    `every_category` also has those no longer in use, for what was reported then.
    """

    every_category: list[Category]
    dangers: list[DangerKind]
    replies: list[ReplyTemplate]
    pointers: list[Pointer]
    guidance: Guidance | None

    @property
    def categories(self) -> list[Category]:
        return [row for row in self.every_category if row.active]


@kept(PACK)
def words() -> Words:
    """As they are now."""
    return Words(
        list(Category.objects.all()),
        list(DangerKind.objects.filter(active=True)),
        list(ReplyTemplate.objects.filter(active=True)),
        list(Pointer.objects.filter(active=True)),
        Guidance.objects.order_by("pk").first(),
    )
