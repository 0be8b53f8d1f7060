"""Services, definitions and requests in the field names of the specification."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from stadtplatz.kit import clock
from stadtplatz.kit.identity import city
from stadtplatz.kit.wording import in_language
from stadtplatz.tickets.flow import DONE
from stadtplatz.tickets.models import Ticket
from stadtplatz.tickets.public_address import photo_url
from stadtplatz.tickets.queries.records import Record
from stadtplatz.tickets.queries.services import Service

LONGEST = 4_000
"""Characters of a description."""
_DATATYPES = {
    "choice": "singlevaluelist",
    "choices": "multivaluelist",
    "yes_no": "singlevaluelist",
    "number": "number",
    "text": "text",
}
_DETAILS = {
    "new": "RECEIVED",
    "accepted": "IN_PROCESS",
    "in_progress": "IN_PROCESS",
    "waiting": "PENDING",
    "done": "PROCESSED",
    "declined": "REJECTED",
    "not_our_duty": "REJECTED",
    "duplicate": "REJECTED",
}
"""The finer states that several German cities tell in `extended_attributes`."""


def w3(at: datetime | None) -> str | None:
    """With its zone, to the second."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if at else None


def service(one: Service) -> dict[str, Any]:
    return {
        "service_code": one.category.code,
        "service_name": one.category.name,
        "description": one.category.help,
        "metadata": one.questions is not None,
        "type": "realtime",
        "keywords": ", ".join(one.category.keywords),
        "group": one.group,
    }


def definition(one: Service) -> dict[str, Any]:
    asked = one.questions.ui if one.questions else []
    return {
        "service_code": one.category.code,
        "attributes": [_attribute(question, place) for place, question in enumerate(asked, start=1)],
    }


def _attribute(question: dict[str, Any], place: int) -> dict[str, Any]:
    depends = bool(question.get("when"))
    shape: dict[str, Any] = {
        "variable": True,
        "code": question["name"],
        "datatype": _DATATYPES[question["kind"]],
        "required": bool(question.get("required")) and not depends,
        "datatype_description": in_language(question.get("helps", {})) or None,
        "order": place,
        "description": in_language(question["labels"]),
    }
    if question["kind"] == "yes_no":
        shape["values"] = [{"key": "true", "name": _("Yes")}, {"key": "false", "name": _("No")}]
    elif question.get("options"):
        options = [{"key": one["value"], "name": in_language(one["labels"])} for one in question["options"]]
        shape["values"] = options
    return shape


def request(one: Record, *, extended: bool = False) -> dict[str, Any]:
    shape: dict[str, Any] = {
        "service_request_id": one.number,
        "status": "open" if one.open else "closed",
        "status_notes": one.state_label,
        "service_name": one.category.name,
        "service_code": one.category.code,
        "description": one.text[:LONGEST],
        "agency_responsible": one.unit,
        "service_notice": None,
        "requested_datetime": w3(one.received_at),
        "updated_datetime": w3(one.closed_at or one.changed_at),
        "expected_datetime": w3(one.expected_at),
        "address": one.address,
        "address_id": None,
        "zipcode": None,
        "lat": one.lat,
        "long": one.lon,
        "media_url": next((photo_url(one.number, photo.pk) for photo in one.photos), None),
    }
    if extended:
        shape["extended_attributes"] = _extended(one)
    return shape


def _extended(one: Record) -> dict[str, Any]:
    return {
        "detailed_status": _DETAILS.get(one.state, "RECEIVED"),
        "state": one.state,
        "district": one.district,
        "changed_datetime": w3(one.changed_at),
        "photos": [
            {
                "media_url": photo_url(one.number, photo.pk),
                "width": photo.width,
                "height": photo.height,
                "title": photo.words,
            }
            for photo in one.photos
        ],
    }


def discovery(changed_at: datetime | None) -> dict[str, Any]:
    contact = city().contact
    known = [contact.get(name, "") for name in ("email", "phone")]
    who = " ".join(part for part in [city().long_name, *known] if part)
    changeset = w3(changed_at) or "2026-01-01T00:00:00Z"
    return {
        "changeset": changeset,
        "contact": who,
        "key_service": _("A key for reporting is given by {who}; reading needs none. See {url}").format(
            who=who, url=f"{settings.BASE_URL}{reverse('tickets-developers')}"
        ),
        "endpoints": [
            {
                "specification": "http://wiki.open311.org/GeoReport_v2",
                "url": f"{settings.BASE_URL}/open311/v2",
                "changeset": changeset,
                "type": "production" if settings.PRODUCTION else "test",
                "formats": ["text/xml", "application/json"],
            }
        ],
    }


def notice(ticket: Ticket) -> str:
    """Who has it and by when the city wants to be done."""
    unit = ticket.case.unit.name
    due = ticket.case.deadlines.filter(code=DONE).values_list("due", flat=True).first()
    if due is None:
        return _("Responsible: {unit}").format(unit=unit)
    day = date_format(clock.local(due), "j. F Y" if get_language() == "de" else "j F Y")
    return _("Responsible: {unit}. To be done by {day}.").format(unit=unit, day=day)


def own_page(ticket: Ticket) -> str:
    """The page of the report for whoever sent it. Who has this address can read and answer."""
    return settings.BASE_URL + reverse("tickets-page", args=[ticket.case.secret])
