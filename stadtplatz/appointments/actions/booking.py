"""Making and moving appointments. The time is taken out of the pools of five minutes, all or nothing; see docs/appointments.md."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from stadtplatz.accounts import actions as accounts
from stadtplatz.appointments import facts, flow, queries, rules, times
from stadtplatz.appointments.models import Appointment, Resource, Service
from stadtplatz.audit.actions import record
from stadtplatz.kit import clock
from stadtplatz.kit.actors import Actor
from stadtplatz.kit.alone import alone
from stadtplatz.kit.refusals import ActionRefused, NotAllowed, Stale
from stadtplatz.pools import actions as pools
from stadtplatz.pools.actions import SoldOut
from stadtplatz.pools.models import Hold

GONE = gettext_lazy(
    "Somebody was quicker: this time is no longer free. Please choose another one; what you typed is kept."
)
NOT_YOURS = gettext_lazy("This appointment is not yours to change.")


@transaction.atomic
def book(
    *, service: Service, starts_at: datetime, name: str, email: str = "", phone: str = "", note: str = "",
    resource: Resource | None = None, remind: bool = True, form_key: str | None = None, language: str = "de",
    by: Actor, at: datetime | None = None,
) -> Appointment:  # fmt: skip
    """Somebody has an appointment at this time, or has asked for it where the shop must look first; both are told (reactions).

    Without `resource` whoever is free and sure does it. A second call with the same `form_key` returns the same appointment.
    Refused, with nothing changed: a service that cannot be booked now, a time that is not among the free ones (any more), no name
    or no way to reach the customer, and more open appointments of one contact than the caps allow.
    """
    at, starts_at = at or clock.now(), starts_at.astimezone(UTC)  # minutes are added to it, also when the clocks change
    if form_key and (earlier := Appointment.objects.filter(form_key=form_key).first()):
        return earlier
    if not rules.can_be_booked(service):
        raise ActionRefused(_("This service cannot be booked here at the moment. Please call the shop."), code="closed")
    _check_contact(name, email, phone)
    contact = rules.contact_key(email=email, phone=phone)
    _check_caps(service, contact)
    calendars = [row for row in queries.calendars_of(service) if resource is None or row.pk == resource.pk]
    free = queries.at_time(service, calendars, starts_at, at=at)
    if free is None:
        raise ActionRefused(GONE, code="taken")
    chosen, hold = _take_one(service, free.resources, starts_at, contact)
    state = flow.REQUESTED if free.on_request else flow.BOOKED
    return _write(
        service, chosen, starts_at, hold, state=state, wanted=resource is not None, contact=contact, form_key=form_key,
        name=name, email=email, phone=phone, note=note, remind=remind, language=language, by=by, at=at,
    )  # fmt: skip


@transaction.atomic
def enter(
    *, service: Service, resource: Resource, starts_at: datetime, name: str, email: str = "", phone: str = "",
    note: str = "", remind: bool = True, language: str = "de", by: Actor, at: datetime | None = None,
) -> Appointment:  # fmt: skip
    """The shop writes an appointment down for somebody who called or stands at the counter; it is agreed at once.

    Working hours, lead time and horizon do not bind the shop; the five minutes do: refused for a time that somebody else has, that
    does not begin on whole five minutes or lies in the past, without a name, and for everybody but owner and staff.
    """
    at, starts_at = at or clock.now(), starts_at.astimezone(UTC)
    shop = service.offer.shop
    if not rules.may_keep_calendars(by, shop) or resource.shop_id != shop.pk:
        raise NotAllowed(_("Only the owner and staff of the shop may enter appointments."))
    if not name.strip():
        raise ActionRefused(_("Please write down a name."), code="name")
    _check_time(starts_at, at)
    chosen, hold = _take_one(service, [resource], starts_at, "")
    return _write(
        service, chosen, starts_at, hold, state=flow.BOOKED, wanted=True, contact="", form_key=None, name=name, email=email,
        phone=phone, note=note, remind=remind, language=language, by=by, at=at, by_shop=True,
    )  # fmt: skip


@transaction.atomic
def move(
    appointment: Appointment, *, starts_at: datetime, resource: Resource | None = None, by: Actor, reason: str = "",
    expected_version: int | None = None, at: datetime | None = None,
) -> Appointment:  # fmt: skip
    """The appointment is at another time, perhaps with somebody else; the other side is told. The old time is free again.

    The customer chooses among the free times, until the deadline; a time at which the shop must look first makes it a request
    again. The shop moves to any time nobody else has. Refused, with the old time kept: when it is gone, too late, the same time,
    over, or (Stale) changed since the page was opened.
    """
    at, starts_at = at or clock.now(), starts_at.astimezone(UTC)
    row = locked(appointment, expected_version)
    by_shop = rules.may_keep_calendars(by, row.shop)
    if not by_shop and not rules.is_customer(by, row):
        raise NotAllowed(NOT_YOURS)
    if row.state not in flow.OPEN or row.hold is None:
        raise ActionRefused(_("That is no longer possible: the appointment is {state}.").format(state=row.get_state_display()), code="wrong-state")  # fmt: skip
    if row.starts_at == starts_at and (resource is None or resource.pk == row.resource_id):
        raise ActionRefused(_("That is the time you have already."), code="same")
    if by_shop:
        _check_time(starts_at, at)
        target = resource or row.resource
        if target.shop_id != row.shop_id:
            raise NotAllowed(NOT_YOURS)
        found: Iterable[Resource] = [target]
        state = flow.BOOKED
    else:
        if not rules.may_change(row, at):
            raise ActionRefused(too_late(row), code="too-late")
        found, state = _free_for(row, starts_at, resource, at)
    was = int(row.starts_at.timestamp())
    row.resource, row.hold = _exchange(row, row.hold, found, starts_at)
    row.starts_at, row.ends_at = starts_at, starts_at + timedelta(minutes=row.minutes)
    row.state, row.state_since, row.version = state, at, row.version + 1
    row.reason, row.reminded_at = reason.strip()[:500] if by_shop else row.reason, None
    row.save()
    keys = {"shop": row.shop_id, "by_shop": by_shop, "was": was, "now": int(starts_at.timestamp())}
    record(facts.MOVED, subject=row, by=by, at=at, **keys)
    return row


def too_late(appointment: Appointment) -> str:
    """Why the page can change nothing any more, and whom to call."""
    phone = appointment.shop.phone
    if phone:
        return _("It is too late to change this here. Please call {shop}: {phone}.").format(
            shop=appointment.shop.name, phone=phone
        )
    return _("It is too late to change this here. Please contact {shop}.").format(shop=appointment.shop.name)


def locked(appointment: Appointment, expected_version: int | None) -> Appointment:
    """The present row, locked. Refused with Stale if it is not the version the person started from."""
    rows = Appointment.objects.select_for_update(of=("self",)).select_related("shop", "resource", "guest", "hold")
    row = rows.get(pk=appointment.pk)
    if expected_version is not None and row.version != expected_version:
        raise Stale(
            _("This appointment was changed since you opened the page. It is now: {state}.").format(
                state=row.get_state_display()
            ),
            current=row,
        )
    return row


def demand(resource: Resource, start: datetime, *, before: int, minutes: int, after: int) -> dict[str, int]:
    """One place in each five minutes from the time kept before to the time kept after."""
    begin = start - timedelta(minutes=before)
    return {
        rules.pool_key(resource, cell): 1 for cell in times.cells(begin, start + timedelta(minutes=minutes + after))
    }


def _take_one(service: Service, resources: Iterable[Resource], start: datetime, contact: str) -> tuple[Resource, Hold]:
    """The first of these calendars that still has the time; its five minutes are booked. Refused if none has."""
    for resource in resources:
        wanted = demand(resource, start, before=service.before, minutes=service.minutes, after=service.after)
        try:
            with transaction.atomic():
                pools.supply_first(dict.fromkeys(wanted, resource.capacity))
                hold = pools.hold(wanted, contact=contact, until=clock.now() + timedelta(minutes=1))
                pools.confirm(hold)
        except SoldOut:
            continue
        return resource, hold
    raise ActionRefused(GONE, code="taken")


def _exchange(row: Appointment, old: Hold, resources: Iterable[Resource], start: datetime) -> tuple[Resource, Hold]:
    for resource in resources:
        wanted = demand(resource, start, before=row.before, minutes=row.minutes, after=row.after)
        try:
            with transaction.atomic():
                pools.supply_first(dict.fromkeys(wanted, resource.capacity))
                return resource, pools.exchange(old, wanted, until=clock.now() + timedelta(minutes=1))
        except SoldOut:
            continue
    raise ActionRefused(GONE, code="taken")


def _free_for(
    row: Appointment, starts_at: datetime, resource: Resource | None, at: datetime
) -> tuple[Iterable[Resource], str]:
    service = Service.objects.select_related("offer__shop").filter(pk=row.service_id).first()
    if service is None or not rules.can_be_booked(service):
        raise ActionRefused(_("This service cannot be booked here at the moment. Please call the shop."), code="closed")
    agreed = as_agreed(service, row)
    calendars = [one for one in queries.calendars_of(service) if resource is None or one.pk == resource.pk]
    free = queries.at_time(agreed, calendars, starts_at, at=at, moving=row)
    if free is None:
        raise ActionRefused(GONE, code="taken")
    same = sorted(free.resources, key=lambda one: one.pk != row.resource_id) if not free.on_request else free.resources
    return same, flow.REQUESTED if free.on_request else flow.BOOKED


def as_agreed(service: Service, row: Appointment) -> Service:
    """The service with the length that was agreed, whatever it takes today. Not to be saved."""
    service.minutes, service.before, service.after = row.minutes, row.before, row.after
    return service


def _write(
    service: Service, resource: Resource, starts_at: datetime, hold: Hold, *, state: str, wanted: bool, contact: str,
    form_key: str | None, name: str, email: str, phone: str, note: str, remind: bool, language: str, by: Actor,
    at: datetime, by_shop: bool = False,
) -> Appointment:  # fmt: skip
    guest = accounts.leave_contact(name=name, email=email, phone=phone, language=language)
    offer = service.offer
    row = Appointment.objects.create(
        shop=offer.shop, service=service, resource=resource, wanted=wanted, title=offer.full_title[:120],
        price=offer.price, minutes=service.minutes, before=service.before, after=service.after,
        cancel_hours=service.cancel_hours, starts_at=starts_at, ends_at=starts_at + service.length, state=state,
        state_since=at, hold=hold, guest=guest, person_id=None if by_shop else by.person_id, contact_key=contact,
        form_key=form_key, by_shop=by_shop, language=language, note=note.strip()[:500], remind=remind and bool(email),
        placed_at=at,
    )  # fmt: skip
    fact = facts.REQUESTED if state == flow.REQUESTED else facts.BOOKED
    actor = by if by.is_person else Actor("guest", guest.key, guest_id=guest.pk)
    record(fact, subject=row, by=actor, at=at, shop=row.shop_id, by_shop=by_shop)
    return row


def _check_contact(name: str, email: str, phone: str) -> None:
    if not name.strip():
        raise ActionRefused(_("Please tell the shop your name."), code="name")
    if not email.strip() and not phone.strip():
        raise ActionRefused(_("Please leave a mail address or a phone number."), code="contact")


def _check_caps(service: Service, contact: str) -> None:
    """How much one contact may have open, also counting what is being booked at this moment."""
    alone(f"appointments.contact:{contact}")
    shops = list(Appointment.objects.filter(contact_key=contact, state__in=flow.OPEN).values_list("shop_id", flat=True))
    if len(shops) >= rules.MOST_OPEN or shops.count(service.offer.shop_id) >= rules.MOST_OPEN_IN_SHOP:
        raise ActionRefused(
            _("You have several appointments open already. Please cancel one first, or call the shop."), code="cap"
        )


def _check_time(starts_at: datetime, at: datetime) -> None:
    if not times.is_whole(starts_at):
        raise ActionRefused(_("An appointment begins on whole five minutes."), code="time")
    if starts_at < at - timedelta(days=1):
        raise ActionRefused(_("This time is over."), code="past")
