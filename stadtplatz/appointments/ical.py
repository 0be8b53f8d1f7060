"""Appointments as iCalendar (RFC 5545), written by the library `icalendar`. All times are UTC, which needs no time zone beside it."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from email.utils import parseaddr
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from stadtplatz.appointments import flow
from stadtplatz.appointments.models import Appointment, Block, Feed
from stadtplatz.kit.identity import city

TYPE = "text/calendar; charset=utf-8"
PRODID = "-//Stadtplatz//Termine//DE"
REFRESH = timedelta(minutes=15)
STATUS = {
    flow.REQUESTED: "TENTATIVE",
    flow.BOOKED: "CONFIRMED",
    flow.DONE: "CONFIRMED",
    flow.MISSED: "CONFIRMED",
    flow.DECLINED: "CANCELLED",
    flow.CANCELLED: "CANCELLED",
}


def one(row: Appointment, *, by_mail: bool = False) -> bytes:
    """The file for the customer: what, when, where, whom to call, and the page of the appointment.

    Published (RFC 5546), not requested: a request asks for an answer by mail, and here one answers on the page. By mail an appointment that
    will not be comes as CANCEL, which takes it out of calendars that know its UID. The organiser is the shop with its public address.
    """
    with translation.override(row.language):
        shop = row.shop
        words = [_("Number {number}").format(number=row.number)]
        if shop.phone:
            words.append(_("Phone {phone}").format(phone=shop.phone))
        page = f"{settings.BASE_URL}{row.link()}"
        words.append(_("Move or cancel: {link}").format(link=page))
        event = _event(_uid(row), row.starts_at, row.ends_at, row.state_since, row.version)
        event.add("summary", f"{row.title} – {shop.name}")
        event.add("location", f"{shop.name}, {shop.address}" if shop.address else shop.name)
        event.add("description", "\n".join(words))
        event.add("url", page)
        event.add("status", STATUS[row.state])
        event.add("organizer", _organizer(row))
        gone = by_mail and STATUS[row.state] == "CANCELLED"
        return _calendar([event], name="", method="CANCEL" if gone else "PUBLISH")


def feed(feed: Feed, appointments: Iterable[Appointment], blocks: Iterable[Block]) -> bytes:
    """What a shop's own calendar programs read: busy times, with as many words as the shop chose when it made the address."""
    with translation.override("de"):
        events = [_of_appointment(row, feed) for row in appointments] + [_of_block(row) for row in blocks]
        name = feed.resource.name if feed.resource else _("Appointments")
        return _calendar(events, name=f"{feed.shop.name}: {name}")


def own_domain() -> str:
    """What our UIDs end with."""
    return urlsplit(settings.BASE_URL).hostname or "stadtplatz.invalid"


def _uid(row: Appointment) -> str:
    return f"termin-{row.number}@{own_domain()}"


def _organizer(row: Appointment):
    from icalendar import vCalAddress, vText

    contact = city().contact
    address = row.shop.email or contact.get("market_email") or contact.get("email") or settings.DEFAULT_FROM_EMAIL
    organizer = vCalAddress(f"mailto:{parseaddr(address)[1]}")
    organizer.params["CN"] = vText(row.shop.name)
    return organizer


def _of_appointment(row: Appointment, feed: Feed):
    event = _event(_uid(row), row.starts_at, row.ends_at, row.state_since, row.version)
    event.add("summary", _summary(row, feed.detail))
    if feed.resource is None:
        event.add("location", row.resource.name)
    event.add("status", STATUS[row.state])
    event.add("transp", "TRANSPARENT" if STATUS[row.state] == "CANCELLED" else "OPAQUE")
    return event


def _summary(row: Appointment, detail: str) -> str:
    if detail == Feed.NAME and row.customer:
        return f"{row.title}: {row.customer}"
    return _("busy") if detail == Feed.BUSY else _("busy: {service}").format(service=row.title)


def _of_block(row: Block):
    event = _event(f"sperre-{row.pk}@{own_domain()}", row.starts_at, row.ends_at, row.starts_at, 1)
    event.add("summary", _("blocked"))
    event.add("status", "CONFIRMED")
    return event


def _event(uid: str, start: datetime, end: datetime, changed: datetime, sequence: int):
    from icalendar import Event  # only where a calendar is written: the library costs memory

    event = Event()
    event.add("uid", uid)
    event.add("dtstamp", changed.astimezone(UTC).replace(microsecond=0))
    event.add("last-modified", changed.astimezone(UTC).replace(microsecond=0))
    event.add("dtstart", start.astimezone(UTC))
    event.add("dtend", end.astimezone(UTC))
    event.add("sequence", sequence)
    return event


def _calendar(events, *, name: str, method: str = "PUBLISH") -> bytes:
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", PRODID)
    calendar.add("version", "2.0")
    calendar.add("method", method)
    if name:
        calendar.add("x-wr-calname", name)
        calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    for event in events:
        calendar.add_component(event)
    return calendar.to_ical()
