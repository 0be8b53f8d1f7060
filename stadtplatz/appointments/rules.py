"""Who may do what with an appointment, until when, and how much one contact may take."""

from datetime import datetime, timedelta
from hashlib import blake2s

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from stadtplatz.appointments import flow
from stadtplatz.appointments.models import Appointment, ForeignCalendar, Resource, Service
from stadtplatz.catalogue.models import Offer
from stadtplatz.kit.actors import Actor
from stadtplatz.kit.flow import CUSTOMER, MANAGER, SYSTEM, Move
from stadtplatz.shops import rules as shop_rules
from stadtplatz.shops.models import Shop

CELL = timedelta(minutes=5)
MOST_OPEN = 8
"""Appointments one contact may have open in the whole town."""
MOST_OPEN_IN_SHOP = 3
STALE_AFTER = timedelta(hours=1)
"""A foreign calendar that could not be read for so long makes every time of its resource a request."""
LONGEST_BLOCK = timedelta(hours=24)
MOST_RESOURCES = 40
MOST_FOREIGN = 5
CELLS_KEPT = timedelta(days=7)
"""How long the five minutes of a past appointment are kept as pools."""
CONTACT_KEPT = timedelta(days=90)
"""How long name, contact and words are kept after an appointment."""
ROWS_KEPT = timedelta(days=3 * 365)
"""How long the bare row (shop, service, time, outcome) is kept."""
PROBLEMS = {
    "unreachable": _("Nothing could be fetched there."),
    "no-calendar": _("What lies there is no calendar."),
    "too-large": _("The calendar is too large to be read."),
    "too-complex": _("A repetition in the calendar is one we cannot work out."),
}


def contact_key(*, email: str = "", phone: str = "") -> str:
    """A pseudonym for a contact: the same mail address or phone number always gives the same key, and nothing leads back."""
    contact = email.strip().lower() or "".join(sign for sign in phone if sign.isdigit() or sign == "+")
    return "c:" + blake2s(contact.encode(), key=settings.SECRET_KEY.encode()[:32], digest_size=16).hexdigest()


def may_keep_calendars(actor: Actor, shop: Shop) -> bool:
    """Owners and staff of the shop: calendars name customers, so packers do not read them."""
    return shop_rules.may_manage(actor, shop)


def is_customer(actor: Actor, appointment: Appointment) -> bool:
    """Whoever holds the secret link, the signed-in customer, or the person whose guest contact booked."""
    if actor.kind == "link":
        return True
    if actor.is_person:
        guest_owner = appointment.guest.person_id if appointment.guest else None
        return actor.person_id in {appointment.person_id, guest_owner} - {None}
    return actor.guest_id is not None and actor.guest_id == appointment.guest_id


def may_move(actor: Actor, appointment: Appointment, move: Move) -> bool:
    """Whether this actor is one of those to whom the move belongs."""
    return (
        (SYSTEM in move.by and actor.kind == "system")
        or (CUSTOMER in move.by and is_customer(actor, appointment))
        or (MANAGER in move.by and may_keep_calendars(actor, appointment.shop))
    )


def may_change(appointment: Appointment, at: datetime) -> bool:
    """Whether the customer can still move or cancel it: until the deadline; a request that nobody answered, until its time."""
    if appointment.state == flow.REQUESTED:
        return at < appointment.starts_at
    return appointment.state == flow.BOOKED and at < appointment.change_until


def can_be_booked(service: Service) -> bool:
    """Whether people can book it at the moment. Needs the offer and its shop to be loaded."""
    offer = service.offer
    return service.is_open and offer.kind == Offer.SERVICE and offer.is_on_sale and shop_rules.may_show(offer.shop)


def is_stale(calendar: ForeignCalendar, at: datetime) -> bool:
    """Whether we no longer know what stands in it: never read, or not for an hour."""
    return calendar.read_at is None or calendar.read_at < at - STALE_AFTER


def pool_key(resource: Resource | int, cell: int) -> str:
    """The pool of these five minutes; all keys of a resource sort by time."""
    return f"time:{resource if isinstance(resource, int) else resource.pk:08d}:{cell:09d}"
