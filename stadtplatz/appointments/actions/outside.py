"""Addresses at which our calendars are read, and calendars from elsewhere that we read."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from stadtplatz.appointments import facts, foreign, rules
from stadtplatz.appointments.actions.calendars import may_keep
from stadtplatz.appointments.models import Feed, ForeignCalendar, ForeignEvent, Resource
from stadtplatz.audit.actions import record
from stadtplatz.kit import clock, outside
from stadtplatz.kit.actors import Actor
from stadtplatz.kit.refusals import ActionRefused
from stadtplatz.shops.models import Shop

MOST_FEEDS = 20


@transaction.atomic
def make_feed(
    *, shop: Shop, resource: Resource | None = None, detail: str = Feed.SERVICE, by: Actor, at: datetime | None = None
) -> Feed:
    """An address at which calendar programs read this calendar, or all of the shop. Whoever has it can read until it is revoked.

    Refused to all but owner and staff, for a calendar of another shop (ValueError), beyond twenty addresses.
    """
    may_keep(by, shop)
    if detail not in dict(Feed.DETAILS) or (resource and resource.shop_id != shop.pk):
        raise ValueError(f"No such feed: {detail}")
    if Feed.objects.filter(shop=shop).count() >= MOST_FEEDS:
        raise ActionRefused(_("Please revoke an address first that nobody needs any more."), code="many")
    made = Feed.objects.create(shop=shop, resource=resource, detail=detail, created_at=at or clock.now())
    record(facts.FEED_MADE, subject=made, by=by, at=at, shop=shop.pk)
    return made


@transaction.atomic
def revoke_feed(*, feed: Feed, by: Actor, at: datetime | None = None) -> None:
    """The address leads nowhere any more. Refused to all but owner and staff."""
    may_keep(by, feed.shop)
    record(facts.FEED_REVOKED, subject=feed, by=by, at=at, shop=feed.shop_id)
    feed.delete()


@transaction.atomic
def read_foreign(*, resource: Resource, url: str, by: Actor, at: datetime | None = None) -> ForeignCalendar:
    """This calendar from elsewhere counts for the resource from now on; it is read at once by a job, and until then every time is a request.

    Refused to all but owner and staff, for an address that is not https or leads into a private network, beyond five.
    """
    may_keep(by, resource.shop)
    url = url.strip().replace("webcal://", "https://", 1)
    try:
        parts = outside.checked(url)
        outside.resolve(str(parts.hostname), parts.port or 443)
    except (outside.Undeliverable, OSError, ValueError):
        raise ActionRefused(
            _("A calendar needs an https address on the public internet."), code="no-public-address"
        ) from None
    if ForeignCalendar.objects.filter(resource=resource).count() >= rules.MOST_FOREIGN:
        raise ActionRefused(_("A calendar reads at most five others."), code="many")
    made = ForeignCalendar.objects.create(resource=resource, url=url[:1000], added_at=at or clock.now())
    record(facts.FOREIGN_ADDED, subject=made, by=by, at=at, shop=resource.shop_id)
    from stadtplatz.appointments.jobs import read_one_calendar

    read_one_calendar.enqueue(made.pk, key=f"foreign-calendar:{made.pk}")
    return made


@transaction.atomic
def drop_foreign(*, calendar: ForeignCalendar, by: Actor, at: datetime | None = None) -> None:
    """The calendar from elsewhere no longer counts; what was known of it is deleted. Refused to all but owner and staff."""
    may_keep(by, calendar.resource.shop)
    record(facts.FOREIGN_REMOVED, subject=calendar, by=by, at=at, shop=calendar.resource.shop_id)
    calendar.delete()


def sync(calendar_id: int, *, at: datetime | None = None) -> bool:
    """What stands in the foreign calendar is known as of now; when it cannot be read, the old times stay and the shop reads why.

    Fetches outside of any transaction. Returns whether it could be read. Nothing happens when the calendar is gone.
    """
    at = at or clock.now()
    calendar = ForeignCalendar.objects.filter(pk=calendar_id).first()
    if calendar is None:
        return False
    try:
        busy = foreign.busy_times(foreign.fetch(calendar.url), at=at)
    except foreign.Unreadable as problem:
        ForeignCalendar.objects.filter(pk=calendar_id).update(tried_at=at, problem=problem.code)
        return False
    with transaction.atomic():
        if not ForeignCalendar.objects.filter(pk=calendar_id).update(tried_at=at, read_at=at, problem=""):
            return False
        ForeignEvent.objects.filter(calendar=calendar_id).delete()
        ForeignEvent.objects.bulk_create(
            [ForeignEvent(calendar_id=calendar_id, starts_at=begin, ends_at=end) for begin, end in busy], batch_size=500
        )
    return True
