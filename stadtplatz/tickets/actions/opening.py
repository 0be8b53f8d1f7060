"""Opening a report."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from stadtplatz.accounts.models import Guest, Person
from stadtplatz.cases import actions as cases
from stadtplatz.cases.models import Case, CaseDocument, CaseMessage
from stadtplatz.cases.rules import link_holder
from stadtplatz.city import queries as city
from stadtplatz.city.models import District
from stadtplatz.kit import clock
from stadtplatz.kit.actors import Actor
from stadtplatz.kit.identity import city as identity
from stadtplatz.kit.kept import steady
from stadtplatz.kit.refusals import ActionRefused
from stadtplatz.kit.rows import sole
from stadtplatz.kit.uploads import AcceptedImage
from stadtplatz.questionnaires.models import AnswerSet
from stadtplatz.tickets.actions.danger import danger_of, raise_alarm
from stadtplatz.tickets.actions.publication import release_by_rule
from stadtplatz.tickets.flow import DONE, FIRST_ANSWER, FLOW
from stadtplatz.tickets.kept import words
from stadtplatz.tickets.models import Category, DangerKind, Ticket, in_language
from stadtplatz.tickets.queries.entry import ON_BEHALF

SHORTEST, LONGEST = 5, 10_000
"""Characters in a report."""
MOST_PHOTOS = 5


@transaction.atomic
@steady()
def open_ticket(
    *,
    text: str,
    place: tuple[float, float] | None,
    category: Category,
    by: Actor,
    photos: Sequence[AcceptedImage] = (),
    contact: Guest | None = None,
    place_label: str = "",
    place_note: str = "",
    channel: str = "web",
    language: str = "de",
    once: str | None = None,
    danger: DangerKind | None = None,
    danger_asked: bool = False,
    answers: AnswerSet | None = None,
    at: datetime | None = None,
) -> Ticket:
    """The report lies with exactly one responsible unit, with number, secret link, typed code and two deadlines.

    Nothing is public but the masked text of a category that the city releases by rule.

    The responsible are told, and the reporter if there is a contact or an account. The same `once` a second time returns the first
    report. A place may be missing where the category needs none, and in reports by mail, phone or letter: those stand in the desk's list
    "Place missing" until somebody adds it. Refused for texts under 5 or over 10,000 characters, more than 5 photos, places outside the town (with a hint who helps
    there) and categories no longer in use.

    With a `danger` (or words of one, unless `danger_asked` says that the reporter was asked and said no) the report lies with the
    on-call service, which is alarmed at once; see `raise_alarm`.
    """
    if once and (known := sole(Ticket.objects.select_related("case").filter(sent_once=once))):
        return known
    at = at or clock.now()
    check(text, place, category, photos, channel=channel)
    danger, sure = danger_of(text, danger, asked=danger_asked)
    districts = city.district_line(*place) if place else []
    if place and not place_label:
        place_label = city.spot(*place, districts=districts).label
    case = cases.open_case(
        flow=FLOW,
        to=responsible(danger.duty if danger else category.duty, place, at, districts),
        by=by,
        terms=terms_of(category, danger),
        applicant=_applicant(by, contact, channel),
        place=place,
        place_label=place_label or unknown_place(category, language),
        district=next(iter(districts), None),
        channel=channel,
        language=language,
        at=at,
        category=category.code,
        photos=len(photos),
    )
    ticket = Ticket.objects.create(
        case=case,
        category=category,
        text=text.replace("\x00", "").strip(),
        place_note=place_note[:200],
        sent_once=once,
        answers=answers,
    )
    add_pictures(case, photos, by=link_holder(case), at=at)
    if danger:
        raise_alarm(ticket, kind=danger, sure=sure, by=by, at=at)
    release_by_rule(ticket, at=at)
    return ticket


def check(
    text: str,
    place: tuple[float, float] | None,
    category: Category,
    photos: Sequence[AcceptedImage],
    *,
    channel: str = "web",
) -> None:
    """Refuse what no report may be; changes nothing. By other ways than the website a place may follow later."""
    check_text(text)
    if len(photos) > MOST_PHOTOS:
        raise ActionRefused(_("Please choose at most {count} photos.").format(count=MOST_PHOTOS), code="too-many")
    if not category.active:
        raise ActionRefused(_("This category is no longer in use. Please choose another one."), code="category")
    if place is not None:
        check_place(place)
    elif category.place_needed and channel in {"web", "api"}:
        raise ActionRefused(_("Please tell us the place."), code="no-place")


def unknown_place(category: Category, language: str) -> str:
    """What stands where the place should be, until somebody adds it; nothing for categories that need none."""
    with translation.override(language):
        return _("Place not yet known") if category.place_needed else ""


def check_text(text: str) -> None:
    """Refuse texts that are too short or too long."""
    length = len(text.strip())
    if length < SHORTEST:
        raise ActionRefused(_("Please describe in a few words what this is about."), code="too-short")
    if length > LONGEST:
        message = _("Your text has {count} characters. Please keep to {limit}.").format(count=length, limit=LONGEST)
        raise ActionRefused(message, code="too-long")


def check_place(place: tuple[float, float]) -> None:
    """Refuse places outside the town, and say who may help there."""
    if city.inside_town(*place):
        return
    guidance = words().guidance
    message = _("This place is not in {city}.").format(city=identity().name)
    raise ActionRefused(f"{message} {in_language(guidance.outside) if guidance else ''}".strip(), code="outside")


def responsible(
    duty: str, place: tuple[float, float] | None, at: datetime, districts: list[District] | None = None
) -> cases.Hand:
    """Into whose hands a report of this duty at this place comes. The reason is kept in the town's first language."""
    with translation.override(settings.LANGUAGE_CODE):
        found = city.responsible_for(duty=duty, place=place, at=at, districts=districts)
    return cases.Hand(found.unit, found.function, found.person, found.deputy_for, str(found.reason))


def terms_of(category: Category, danger: DangerKind | None = None) -> dict[str, cases.Term]:
    """What the city promises for this category, in working days; a danger is answered on the day it comes, whatever day that is."""
    return {FIRST_ANSWER: cases.Term(0 if danger else category.first_answer_days), DONE: cases.Term(category.done_days)}


def add_pictures(
    case: Case,
    photos: Sequence[AcceptedImage],
    *,
    by: Actor,
    message: CaseMessage | None = None,
    purpose: str = CaseDocument.PHOTO,
    announced: bool = False,
    at: datetime | None = None,
) -> list[CaseDocument]:
    """The pictures belong to the case; they were painted anew, so they wait for a scanner only where there is one."""
    return [
        cases.add_document(
            case,
            content=photo.jpeg,
            small=photo.small,
            content_type="image/jpeg",
            purpose=purpose,
            width=photo.width,
            height=photo.height,
            harmless=True,
            message=message,
            announced=announced,
            by=by,
            at=at,
        )
        for photo in photos
    ]


def _applicant(by: Actor, contact: Guest | None, channel: str) -> Person | Guest | None:
    """Whose report it is; staff who write down what others tell them never become the reporter."""
    if contact is not None or not by.is_person or channel in ON_BEHALF:
        return contact
    return Person.objects.get(pk=by.person_id)
