"""Reports under /api/v1/: categories, published reports, opening a report, and one's own report by its secret."""

from __future__ import annotations

from typing import Annotated, Any, BinaryIO, cast

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from ninja import File, Header, Path, Query, Router, Status, UploadedFile

from stadtplatz.cases.rules import link_holder
from stadtplatz.city import queries as city
from stadtplatz.kit.http import client_ip
from stadtplatz.kit.kept import steady
from stadtplatz.kit.refusals import ActionRefused, NotAllowed
from stadtplatz.kit.rest import REFUSED, count_reading, page_links
from stadtplatz.kit.uploads import accept_image
from stadtplatz.kit.wording import in_language
from stadtplatz.tickets import actions, limits, queries
from stadtplatz.tickets.actions.clients import Sending, open_by_client, open_by_stranger
from stadtplatz.tickets.bodies import (
    CategoryOut,
    Language,
    MessageIn,
    Number,
    OpenedOut,
    OwnTicketOut,
    PhotosOut,
    Secret,
    TicketFilter,
    TicketIn,
    TicketList,
    TicketOut,
)
from stadtplatz.tickets.models import Ticket
from stadtplatz.tickets.public_address import photo_url
from stadtplatz.tickets.queries import clients, records, services

router = Router(tags=["Reports"])


@router.get(
    "/categories",
    url_name="api-categories",
    response={200: list[CategoryOut]} | REFUSED,
    summary="What can be reported",
)
def categories(request: HttpRequest, lang: Language = "de") -> list[dict[str, Any]]:
    count_reading(request)
    with translation.override(lang):
        return [_category(one) for one in services.services()]


@router.get("/tickets", url_name="api-tickets", response={200: TicketList} | REFUSED, summary="Published reports")
def tickets(request: HttpRequest, response: HttpResponse, asked: Query[TicketFilter]) -> dict[str, Any]:
    """The newest first; the longest unchanged first where changes are asked for. `Link` names the pages beside this one."""
    count_reading(request)
    wanted = records.Wanted(
        categories=[code for code in asked.category.split(",") if code],
        statuses=[asked.status] if asked.status else [],
        received=(asked.received_after, asked.received_before),
        changed=(asked.changed_after, asked.changed_before),
        box=tuple(float(part) for part in asked.box.split(",")) if asked.box else None,  # type: ignore[arg-type]  # four, by its pattern
        page=asked.page,
        page_size=asked.page_size,
    )
    with translation.override(asked.lang):
        found, more = records.find(wanted)
        if links := page_links(request, settings.BASE_URL, page=asked.page, more=more):
            response["Link"] = links
        return {"items": [_ticket(one) for one in found], "page": asked.page, "more": more}


@router.get(
    "/tickets/{number}", url_name="api-ticket", response={200: TicketOut} | REFUSED, summary="One published report"
)
def ticket(request: HttpRequest, number: Path[Number], lang: Language = "de") -> dict[str, Any]:
    count_reading(request)
    with translation.override(lang):
        found = records.named([number])
        if not found:
            raise Http404
        return _ticket(found[0])


@router.post("/tickets", url_name="api-tickets", response={201: OpenedOut} | REFUSED, summary="Open a report")
def open_ticket(
    request: HttpRequest, sent: TicketIn, api_key: Annotated[str, Header(alias="Api-Key")] = ""
) -> Status[dict[str, Any]]:
    """Anybody may, as often as on the website; a program with its key in `Api-Key` as often as was agreed."""
    with translation.override(sent.language):
        with steady():
            sending = _sending(sent)
        if api_key:
            client = clients.client_of(api_key)
            if client is None:
                raise NotAllowed("The Api-Key is unknown.", code="unknown-key")
            return Status(201, _opened(open_by_client(client, sending)))
        limits.count_report(client_ip(request), sent.email)
        return Status(201, _opened(open_by_stranger(sending)))


@router.get(
    "/own-tickets/{secret}",
    url_name="api-own-ticket",
    response={200: OwnTicketOut} | REFUSED,
    summary="One's own report",
)
def own_ticket(request: HttpRequest, secret: Path[Secret], lang: Language = "de") -> dict[str, Any]:
    count_reading(request)
    with translation.override(lang):
        return _own(_by_secret(secret))


@router.post(
    "/own-tickets/{secret}/messages",
    url_name="api-own-message",
    response={201: OwnTicketOut} | REFUSED,
    summary="Write to the city",
)
def write(request: HttpRequest, secret: Path[Secret], sent: MessageIn) -> Status[dict[str, Any]]:
    """If the city had asked something, this answers it and its clock runs again."""
    found = _writing(request, secret)
    return Status(201, _own(actions.answer(found, body=sent.body, by=link_holder(found.case))))


@router.post(
    "/own-tickets/{secret}/photos",
    url_name="api-own-photos",
    response={201: PhotosOut} | REFUSED,
    summary="Add photos",
)
def add_photos(
    request: HttpRequest, secret: Path[Secret], photos: Annotated[list[UploadedFile], File()]
) -> Status[dict[str, Any]]:
    """Sent as `multipart/form-data`, up to five pictures in all (JPEG, PNG, WebP, HEIC; 20 MB each). None is public before a person released it."""
    found = _writing(request, secret)
    limits.count_photos(client_ip(request), len(photos))
    if len(photos) > actions.MOST_PHOTOS:
        raise ActionRefused(
            _("Please choose at most {count} photos.").format(count=actions.MOST_PHOTOS), code="too-many"
        )
    pictures = [accept_image(cast(BinaryIO, photo)) for photo in photos]
    kept = actions.attach_photos(found, photos=pictures, by=link_holder(found.case))
    waiting = sum(1 for document in kept if document.quarantined)
    return Status(201, {"number": found.case.number, "added": len(kept), "not_scanned_yet": waiting})


@router.post(
    "/own-tickets/{secret}/reopen",
    url_name="api-own-reopen",
    response={200: OwnTicketOut} | REFUSED,
    summary="Open again, once",
)
def reopen(request: HttpRequest, secret: Path[Secret], sent: MessageIn) -> dict[str, Any]:
    found = _writing(request, secret)
    return _own(actions.reopen(found, words=sent.body, by=link_holder(found.case)))


@router.post(
    "/own-tickets/{secret}/withdraw",
    url_name="api-own-withdraw",
    response={200: OwnTicketOut} | REFUSED,
    summary="Take back",
)
def withdraw(request: HttpRequest, secret: Path[Secret], sent: MessageIn) -> dict[str, Any]:
    found = _writing(request, secret)
    return _own(actions.withdraw(found, words=sent.body, by=link_holder(found.case)))


def _writing(request: HttpRequest, secret: str) -> Ticket:
    found = _by_secret(secret)
    limits.count_message(client_ip(request), link_holder(found.case))
    return found


def _by_secret(secret: str) -> Ticket:
    found = queries.by_secret(secret)
    if found is None:
        raise Http404
    return found


def _sending(sent: TicketIn) -> Sending:
    known = services.reportable(sent.category)
    if known is None:
        raise ActionRefused("There is no such category.", code="category")
    return Sending(
        text=sent.text,
        category=known[0],
        questions=known[1],
        place=_place(sent),
        place_note=sent.place_note,
        answers=sent.answers,
        name=sent.name,
        email=sent.email,
        phone=sent.phone,
        language=sent.language,
        token=sent.token,
    )


def _place(sent: TicketIn) -> tuple[float, float]:
    if sent.lon is not None and sent.lat is not None:
        return sent.lon, sent.lat
    hit = next(iter(city.find_addresses(sent.address, limit=1)), None) if sent.address else None
    if hit is None:
        raise ActionRefused("A place is needed: lon and lat, or an address of this town.", code="place")
    return hit.lon, hit.lat


def _category(one: services.Service) -> dict[str, Any]:
    row = one.category
    return {
        "code": row.code,
        "name": row.name,
        "help": row.help,
        "group": one.group,
        "first_answer_days": row.first_answer_days,
        "done_days": row.done_days,
        "keywords": row.keywords,
        "questions": [_question(question) for question in (one.questions.ui if one.questions else [])],
    }


def _question(question: dict[str, Any]) -> dict[str, Any]:
    options = [{"value": one["value"], "label": in_language(one["labels"])} for one in question.get("options", [])]
    return {
        "name": question["name"],
        "kind": question["kind"],
        "label": in_language(question["labels"]),
        "help": in_language(question.get("helps", {})),
        "required": bool(question.get("required")),
        "options": options,
        "when": question.get("when"),
    }


def _ticket(one: records.Record) -> dict[str, Any]:
    fields = "number state state_label text unit received_at changed_at closed_at expected_at address district lon lat"
    shape = {name: getattr(one, name) for name in fields.split()}
    status = "open" if one.open else "closed"
    photos = [
        {"url": photo_url(one.number, photo.pk), "width": photo.width, "height": photo.height, "words": photo.words}
        for photo in one.photos
    ]
    names = {"category": one.category.code, "category_name": one.category.name}
    return shape | names | {"status": status, "photos": photos}


def _opened(one: Ticket) -> dict[str, Any]:
    case = one.case
    return {
        "number": case.number,
        "secret": case.secret,
        "typed_code": case.typed_code,
        "url": settings.BASE_URL + reverse("tickets-page", args=[case.secret]),
        "unit": case.unit.name,
    }


def _own(one: Ticket) -> dict[str, Any]:
    page = queries.public_page(one, link_holder(one.case))
    line = page.timeline
    return {
        "number": one.case.number,
        "text": one.text,
        "category": one.category.code,
        "sentence": line.sentence,
        "who": line.who,
        "until": line.until,
        "overdue": line.overdue,
        "finished": line.finished,
        "can_write": page.can_write,
        "moves": list(page.moves),
        "timeline": [
            {"at": e.at, "sentence": e.sentence, "who": e.who, "body": e.body, "kind": e.kind} for e in line.entries
        ],
    }
