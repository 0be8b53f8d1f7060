"""Reading what connects our calendars with others."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import blake2s

from django.db.models import Count, Max, Sum
from django.utils.functional import Promise

from stadtplatz.appointments import rules
from stadtplatz.appointments.models import Appointment, Block, Feed, ForeignCalendar
from stadtplatz.kit.rows import sole
from stadtplatz.shops.models import Shop

BACK, AHEAD = timedelta(days=30), timedelta(days=400)


def feed_by_secret(secret: str) -> Feed | None:
    """The feed of this address, if its shop has not been given up."""
    found = sole(Feed.objects.filter(secret=secret).select_related("shop", "resource"))
    return found if found and found.shop.state != Shop.CLOSED else None


def feed_entries(feed: Feed, *, at: datetime) -> tuple[list[Appointment], list[Block]]:
    """What the feed tells: a month back and a year ahead, cancelled appointments too, so that programs take them out."""
    return (
        list(_appointments(feed, at).select_related("guest", "resource").order_by("starts_at", "pk")[:2000]),
        list(_blocks(feed, at).order_by("starts_at", "pk")[:2000]),
    )


def feed_mark(feed: Feed, *, at: datetime) -> str:
    """A short word that changes when the feed says something else. Two queries that fetch one row each."""
    rows = _appointments(feed, at).aggregate(Count("pk"), Sum("version"), Max("state_since"))
    blocks = _blocks(feed, at).aggregate(Count("pk"), Max("pk"))
    told = (feed.pk, feed.detail, at.date(), sorted(rows.items()), sorted(blocks.items()))
    return blake2s(repr(told).encode(), digest_size=12).hexdigest()


def feeds_of(shop: Shop) -> list[Feed]:
    """The shop's addresses, oldest first."""
    return list(Feed.objects.filter(shop=shop).select_related("resource", "shop").order_by("pk"))


@dataclass(frozen=True)
class Foreign:
    """A calendar from elsewhere as the shop sees it."""

    calendar: ForeignCalendar
    is_stale: bool
    problem: str | Promise
    """Why the last try failed; empty if it did not."""
    count: int
    """Busy times known."""

    @property
    def host(self) -> str:
        """Where it lies; the rest of the address is a secret."""
        return self.calendar.url.split("/")[2]


def foreign_of(shop: Shop, *, at: datetime) -> list[Foreign]:
    """The calendars from elsewhere that the shop's calendars read. One query."""
    rows = (
        ForeignCalendar.objects.filter(resource__shop=shop).select_related("resource").annotate(count=Count("events"))
    )
    return [
        Foreign(row, rules.is_stale(row, at), rules.PROBLEMS.get(row.problem, ""), row.count)
        for row in rows.order_by("pk")
    ]


def _appointments(feed: Feed, at: datetime):
    rows = Appointment.objects.filter(shop=feed.shop, ends_at__gt=at - BACK, starts_at__lt=at + AHEAD)
    return rows.filter(resource=feed.resource) if feed.resource_id else rows


def _blocks(feed: Feed, at: datetime):
    rows = Block.objects.filter(resource__shop=feed.shop, ends_at__gt=at - BACK, starts_at__lt=at + AHEAD)
    return rows.filter(resource=feed.resource) if feed.resource_id else rows
