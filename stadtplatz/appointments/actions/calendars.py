"""What a shop does with its calendars: who can be booked when, what is blocked."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from stadtplatz.appointments import facts, flow, rules, times
from stadtplatz.appointments.models import Appointment, Away, Block, Resource, Service
from stadtplatz.audit.actions import record
from stadtplatz.catalogue import actions as catalogue
from stadtplatz.catalogue.models import Offer
from stadtplatz.kit import clock
from stadtplatz.kit.actors import Actor
from stadtplatz.kit.money import Money
from stadtplatz.kit.refusals import ActionRefused, NotAllowed, Stale
from stadtplatz.pools import actions as pools
from stadtplatz.pools import queries as levels
from stadtplatz.pools.actions import SoldOut
from stadtplatz.pools.models import Hold
from stadtplatz.shops import rules as shop_rules
from stadtplatz.shops.models import Shop

EDITABLE = frozenset({"name", "kind", "capacity", "hours", "position", "is_active"})
SERVICES = "services"
"""The category of offers that are services."""
SERVICE_FIELDS = frozenset(
    {"minutes", "before", "after", "step", "lead_hours", "horizon_weeks", "cancel_hours", "ask_first", "is_open"}
)


def may_keep(by: Actor, shop: Shop) -> None:
    """Refused (NotAllowed) to everybody but owner and staff of the shop."""
    if not rules.may_keep_calendars(by, shop):
        raise NotAllowed(_("Only the owner and staff of the shop may change its calendars."))


@transaction.atomic
def add_resource(*, shop: Shop, name: str, by: Actor, at: datetime | None = None, **details: Any) -> Resource:
    """The shop has one more calendar. Refused to all but owner and staff, for a name it has already, beyond forty."""
    may_keep(by, shop)
    if unknown := set(details) - EDITABLE:
        raise ValueError(f"Not to be set: {sorted(unknown)}")
    count = Resource.objects.filter(shop=shop).count()
    if count >= rules.MOST_RESOURCES:
        raise ActionRefused(_("A shop has at most forty calendars."), code="many")
    try:
        with transaction.atomic():
            made = Resource.objects.create(shop=shop, name=name.strip()[:60], **{"position": count} | details)
    except IntegrityError:
        raise ActionRefused(_("There is a calendar of this name already."), code="taken") from None
    record(facts.RESOURCE_CHANGED, subject=made, by=by, at=at, shop=shop.pk)
    return made


@transaction.atomic
def change_resource(
    *, resource: Resource, version: int, changes: dict[str, Any], by: Actor, at: datetime | None = None
) -> Resource:
    """The calendar says what `changes` say. What is booked stays, also outside new working hours; the calendar page marks it.

    Refused: to all but owner and staff; Stale if somebody else changed it meanwhile; a name that is taken; fewer places than are
    booked at some time from now on.
    """
    may_keep(by, resource.shop)
    if unknown := set(changes) - EDITABLE:
        raise ValueError(f"Not to be edited: {sorted(unknown)}")
    row = Resource.objects.select_for_update(of=("self",)).select_related("shop").get(pk=resource.pk)
    if row.version != version:
        raise Stale(
            _("Somebody else changed this calendar in the meantime. Nothing was saved; please compare."), current=row
        )
    if (more := changes.get("capacity", row.capacity) - row.capacity) != 0:
        _resize(row, more, at or clock.now())
    for field, value in changes.items():
        setattr(row, field, value)
    row.version += 1
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        raise ActionRefused(_("There is a calendar of this name already."), code="taken") from None
    record(facts.RESOURCE_CHANGED, subject=row, by=by, at=at, shop=row.shop_id)
    return row


def _resize(row: Resource, more: int, at: datetime) -> None:
    """Times that exist as pools get as many places more or fewer; the others begin with the new number anyway. Blocks stay whole."""
    blocks = list(Block.objects.filter(resource=row, ends_at__gt=at, hold__isnull=False).select_related("hold"))
    for one in blocks:
        _free(one)
    first, last = times.cells(at, at + timedelta(days=800))[0], times.cells(at, at + timedelta(days=800))[-1]
    for key in sorted(levels.between(rules.pool_key(row, first), rules.pool_key(row, last))):
        try:
            pools.supply(key, more)
        except SoldOut:
            when = clock.local(times.moment(int(key.rsplit(":", 1)[1])))
            text = _("On {day} at {time} more places are booked than that. Please move somebody first.")
            raise ActionRefused(text.format(day=f"{when:%d.%m.%Y}", time=f"{when:%H:%M}"), code="booked") from None
    for one in blocks:
        wanted = dict.fromkeys(_cells(row, one.starts_at, one.ends_at), row.capacity + more)
        Block.objects.filter(pk=one.pk).update(hold=_taken(wanted))


def _free(one: Block) -> None:
    hold = one.hold
    Block.objects.filter(pk=one.pk).update(hold=None)
    if hold is not None:
        pools.forget(hold)


def _cells(resource: Resource, starts_at: datetime, ends_at: datetime) -> list[str]:
    return [rules.pool_key(resource, cell) for cell in times.cells(starts_at, ends_at)]


def _taken(wanted: dict[str, int]) -> Hold:
    pools.supply_first(wanted)
    hold = pools.hold(wanted, contact="", until=clock.now() + timedelta(minutes=1))
    pools.confirm(hold)
    return hold


@transaction.atomic
def add_away(
    *,
    resource: Resource,
    first: date,
    last: date,
    times: str = "",
    note: str = "",
    by: Actor,
    at: datetime | None = None,
) -> list[Appointment]:
    """On these days the calendar has other hours, or none. Returns what is booked on them: it stays until somebody moves it.

    Refused to all but owner and staff, for a last day before the first, and for more than four months.
    """
    may_keep(by, resource.shop)
    if not first <= last <= first + timedelta(days=120):
        raise ActionRefused(_("The last day has to lie behind the first, by at most four months."), code="days")
    Away.objects.create(resource=resource, first=first, last=last, times=times, note=note.strip()[:80])
    record(facts.RESOURCE_CHANGED, subject=resource, by=by, at=at, shop=resource.shop_id)
    return booked_on(resource, first, last)


@transaction.atomic
def drop_away(*, away: Away, by: Actor, at: datetime | None = None) -> None:
    """The usual hours count again. Refused to all but owner and staff."""
    may_keep(by, away.resource.shop)
    record(facts.RESOURCE_CHANGED, subject=away.resource, by=by, at=at, shop=away.resource.shop_id)
    away.delete()


def booked_on(resource: Resource, first: date, last: date) -> list[Appointment]:
    """Open appointments of this calendar that begin on these days."""
    begin, end = times.day_span(first, (last - first).days + 1)
    rows = Appointment.objects.filter(resource=resource, state__in=flow.OPEN, starts_at__gte=begin, starts_at__lt=end)
    return list(rows.select_related("guest").order_by("starts_at"))


@transaction.atomic
def block(
    *, resource: Resource, starts_at: datetime, ends_at: datetime, note: str = "", by: Actor, at: datetime | None = None
) -> Block:
    """The shop keeps this time for itself: all places of its five minutes are taken.

    Refused to all but owner and staff, for more than a day, for a time that is over, and where somebody has an appointment.
    """
    may_keep(by, resource.shop)
    at, starts_at, ends_at = at or clock.now(), starts_at.astimezone(UTC), ends_at.astimezone(UTC)
    if not starts_at < ends_at <= starts_at + rules.LONGEST_BLOCK:
        raise ActionRefused(
            _("A blocked time ends after it begins, within a day. For more, enter days away."), code="time"
        )
    if ends_at <= at:
        raise ActionRefused(_("This time is over."), code="past")
    try:
        hold = _taken(dict.fromkeys(_cells(resource, starts_at, ends_at), resource.capacity))
    except SoldOut as refusal:
        when = clock.local(times.moment(int(min(refusal.short).rsplit(":", 1)[1])))
        text = _("At {time} something is booked or blocked. Please move or cancel it first.")
        raise ActionRefused(text.format(time=f"{when:%H:%M}"), code="booked") from None
    made = Block.objects.create(
        resource=resource, starts_at=starts_at, ends_at=ends_at, note=note.strip()[:80], hold=hold
    )
    record(facts.BLOCKED, subject=resource, by=by, at=at, shop=resource.shop_id, now=int(starts_at.timestamp()))
    return made


@transaction.atomic
def unblock(*, block: Block, by: Actor, at: datetime | None = None) -> None:
    """The time can be booked again. Refused to all but owner and staff."""
    may_keep(by, block.resource.shop)
    row = Block.objects.select_for_update(of=("self",)).select_related("hold", "resource").filter(pk=block.pk).first()
    if row is None:
        return
    was = int(row.starts_at.timestamp())
    record(facts.FREED, subject=row.resource, by=by, at=at, shop=row.resource.shop_id, was=was)
    _free(row)
    row.delete()


@transaction.atomic
def set_service(
    *,
    offer: Offer,
    resources: Iterable[Resource],
    version: int = 0,
    by: Actor,
    at: datetime | None = None,
    **details: Any,
) -> Service:
    """The offer can be booked with these calendars for so many minutes; appointments that exist keep what was agreed.

    Refused: to all but owner and staff; for offers of another kind; calendars of another shop, or none; minutes that are not whole
    fives; Stale if somebody else changed it meanwhile.
    """
    may_keep(by, offer.shop)
    chosen = list(resources)
    if offer.kind != Offer.SERVICE or any(row.shop_id != offer.shop_id for row in chosen):
        raise NotAllowed(_("This offer cannot be booked with these calendars."))
    if not chosen:
        raise ActionRefused(_("Please choose at least one calendar."), code="resources")
    if unknown := set(details) - SERVICE_FIELDS:
        raise ValueError(f"Not to be set: {sorted(unknown)}")
    if any(details.get(name, 0) % 5 for name in ("minutes", "before", "after")):
        raise ActionRefused(_("Times are whole five minutes."), code="minutes")
    known = Service.objects.filter(offer=offer).first()
    if known is None:
        row = Service.objects.create(offer=offer, **details)
    else:
        if not Service.objects.filter(pk=known.pk, version=version).update(version=F("version") + 1, **details):
            raise Stale(
                _("Somebody else changed this service in the meantime. Nothing was saved; please compare."),
                current=known,
            )
        row = Service.objects.select_related("offer__shop").get(pk=known.pk)
    row.resources.set(chosen)
    record(facts.SERVICE_CHANGED, subject=row, by=by, at=at, shop=offer.shop_id)
    return row


@transaction.atomic
def offer_service(
    *, shop: Shop, title: str, price: Money, resources: Iterable[Resource], description: str = "", category: str = "",
    by: Actor, at: datetime | None = None, **details: Any,
) -> Service:  # fmt: skip
    """A new offer of the kind "service" that can be booked; on sale at once if the shop may show offers, else a draft.

    Refused as `set_service` and the catalogue refuse.
    """
    may_keep(by, shop)
    offer = catalogue.create_offer(
        shop=shop, title=title, price=price, category=category or SERVICES, by=by, at=at, kind=Offer.SERVICE,
        description=description, content_amount=1, content_unit="piece", withdrawal="on_site", vat_class="standard",
    )  # fmt: skip
    if shop.state == Shop.OPEN and shop_rules.may_show(shop):
        offer = catalogue.publish(offer=offer, by=by, at=at)
    return set_service(offer=offer, resources=resources, by=by, at=at, **details)
