"""What offers lack since their category asks for more."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from stadtplatz.catalogue import rules
from stadtplatz.catalogue.models import LackingOffer, Offer
from stadtplatz.shops.models import Shop

MOST = 200


@dataclass(frozen=True)
class LackingLine:
    """One offer, what it lacks now, and when it goes or went off sale."""

    offer: Offer
    labels: list[str]
    until: datetime
    off: bool


def lacking_lines(shop: Shop, told_at: datetime | None = None, off_since: datetime | None = None) -> list[LackingLine]:
    """The offers of this shop that lack something, the most pressing first; those told or taken off sale at one moment, if asked.
    Offers that the shop put right meanwhile are left out. One query."""
    rows = LackingOffer.objects.select_related("offer").filter(shop=shop).order_by("until", "offer__title")
    rows = rows.filter(told_at=told_at) if told_at else rows
    rows = rows.filter(off_since=off_since) if off_since else rows
    lines = [LackingLine(row.offer, _labels(row.offer), row.until, row.off_since is not None) for row in rows[:MOST]]
    return [line for line in lines if line.labels and not (line.off and line.offer.state == Offer.PUBLISHED)]


def _labels(offer: Offer) -> list[str]:
    return [str(lack.label) for lack in rules.missing_for_publishing(offer)]
