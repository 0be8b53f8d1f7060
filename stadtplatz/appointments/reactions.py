"""Whom an appointment's news reaches: the customer, and the people who keep the shop's calendars."""

from collections.abc import Iterable
from datetime import UTC, datetime

from django.urls import reverse
from django.utils import translation

from stadtplatz.accounts.models import Guest, Person
from stadtplatz.appointments import flow, ical
from stadtplatz.appointments.models import Appointment
from stadtplatz.appointments.pages import when_words
from stadtplatz.audit.models import Record
from stadtplatz.audit.reactions import reacts_to
from stadtplatz.kit.templatetags.kit import day_and_hour
from stadtplatz.notifications import actions as notifications
from stadtplatz.shops.models import Membership

MARKET = "market"


@reacts_to("appointments.booked", "appointments.requested")
def confirm(record: Record) -> None:
    """The customer reads when and where, how to move and cancel; the shop reads who comes, or who waits for its yes."""
    row = _appointment(record)
    _tell_customer(row, "appointments/mail/booked", record)
    if not record.keys["by_shop"]:
        _tell_shop(row, "appointments/mail/shop_new", record)


@reacts_to("appointments.confirmed", "appointments.declined", "appointments.lapsed")
def tell_answer(record: Record) -> None:
    """The customer reads whether the shop said yes."""
    _tell_customer(_appointment(record), "appointments/mail/answered", record)


@reacts_to("appointments.moved")
def tell_moved(record: Record) -> None:
    """Whoever did not move it reads the new time; the customer always, because of the calendar."""
    row, was = _appointment(record), datetime.fromtimestamp(record.keys["was"], UTC)
    now = datetime.fromtimestamp(record.keys["now"], UTC)
    if row.starts_at != now:
        return  # moved once more since; the later fact tells
    _tell_customer(row, "appointments/mail/moved", record, was=was)
    if not record.keys["by_shop"]:
        _tell_shop(row, "appointments/mail/shop_moved", record, was=was)


@reacts_to("appointments.cancelled")
def tell_cancelled(record: Record) -> None:
    """The customer gets a receipt or the shop's reason; the shop reads that the time is free again."""
    row = _appointment(record)
    _tell_customer(row, "appointments/mail/cancelled", record)
    if not record.keys["by_shop"]:
        _tell_shop(row, "appointments/mail/shop_cancelled", record)


def remind(row: Appointment) -> None:
    """The customer reads what is agreed for tomorrow."""
    if contact := _contact(row):
        notifications.notify(
            to=contact,
            template="appointments/mail/reminder",
            context=_told(row, row.language),
            errand_number=row.number,
            link=row.link(),
            sender=MARKET,
            once=f"appointment-reminder:{row.pk}:{int(row.starts_at.timestamp())}",
        )


def _tell_customer(row: Appointment, template: str, record: Record, **context: object) -> None:
    if contact := _contact(row):
        notifications.notify(
            to=contact,
            template=template,
            context=_told(row, row.language, **context),
            errand_number=row.number,
            link=row.link(),
            sender=MARKET,
            calendar=ical.one(row, by_mail=True).decode(),
            once=f"{record.pk}:customer",
            at=record.at,
        )


def _tell_shop(row: Appointment, template: str, record: Record, **context: object) -> None:
    for person in _keepers(row.shop_id):
        notifications.notify(
            to=person,
            template=template,
            context=_told(row, person.language, **context),
            errand_number=row.number,
            link=reverse("shop-appointment", args=[row.shop.slug, row.number]),
            kind="shop",
            sender=MARKET,
            once=f"{record.pk}:{person.key}",
            at=record.at,
        )


def _told(row: Appointment, language: str, **context: object) -> dict[str, object]:
    with translation.override(language):
        was = context.get("was")
        told: dict[str, object] = {
            "appointment": row,
            "shop": row.shop,
            "customer": row.customer,
            "when": when_words(row.starts_at, row.ends_at),
            "until": day_and_hour(row.change_until),
            "is_request": row.state == flow.REQUESTED,
        }
        return told | {"was": day_and_hour(was)} if isinstance(was, datetime) else told


def _keepers(shop_id: int) -> Iterable[Person]:
    roles = (Membership.OWNER, Membership.STAFF)
    return Person.objects.filter(shop_memberships__shop=shop_id, shop_memberships__role__in=roles, is_active=True)


def _contact(row: Appointment) -> Person | Guest | None:
    if row.guest and (row.guest.email or row.person is None):
        return row.guest
    return row.person


def _appointment(record: Record) -> Appointment:
    rows = Appointment.objects.select_related("shop", "resource", "guest", "person")
    return rows.get(pk=record.subject_id)
