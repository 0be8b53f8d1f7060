"""Putting reports before the public, and taking them away again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from stadtplatz.audit.actions import record
from stadtplatz.cases.models import CaseDocument
from stadtplatz.kit import clock, geo, media
from stadtplatz.kit.actors import SYSTEM, Actor
from stadtplatz.kit.redaction import Box, cover
from stadtplatz.kit.refusals import ActionRefused, NotAllowed, Stale
from stadtplatz.kit.text import mask
from stadtplatz.tickets import documents, facts
from stadtplatz.tickets.actions.open_data import outdate
from stadtplatz.tickets.models import Category, Publication, PublishedPhoto, Ticket
from stadtplatz.tickets.rules import may_release

LONGEST = 10_000
MOST_BOXES = 40


@dataclass(frozen=True)
class Picture:
    """A picture to be released: the file of the case, what of it is covered, and what it shows in words."""

    document: CaseDocument
    boxes: Sequence[Box] = ()
    words: str = ""


@transaction.atomic
def release(
    ticket: Ticket,
    *,
    text: str,
    by: Actor,
    answer: str = "",
    pictures: Sequence[Picture] = (),
    expected_version: int | None = None,
    at: datetime | None = None,
) -> Publication:
    """Everybody reads this text, and the city's `answer`, and sees these pictures, each a new file without what was covered; the reporter is told on their page.

    Released anew, text and pictures are replaced. Refused without text, for reports taken back by their reporter or made anonymous,
    for categories that are never published, for pictures in quarantine or of another report, to anybody but those who handle the
    report, and when somebody else released it meanwhile (Stale).
    """
    ticket = _lock(ticket)
    if not may_release(by, ticket.case):
        raise NotAllowed(_("Only the responsible unit can do this."))
    _check(ticket, text, answer, pictures)
    known = Publication.objects.filter(ticket=ticket).first()
    if expected_version is not None and expected_version != (known.version if known else 0):
        raise Stale(_("Somebody else has published this report meanwhile."), current=known)
    at = at or clock.now()
    publication = _put(ticket, known, text.strip(), by=by, at=at, automatic=False, answer=answer.strip())
    _replace_pictures(publication, pictures)
    documents.index(ticket)
    record(facts.RELEASED, subject=ticket.case, by=by, at=at, automatic=False, photos=len(pictures))
    return publication


@transaction.atomic
def unpublish(ticket: Ticket, *, by: Actor, why: str = "staff", at: datetime | None = None) -> None:
    """Nobody but reporter and staff reads the report any more; its public pictures are gone from the disk.

    `why` is a code (staff, reporter, category). Nothing happens if it was not public. Refused to anybody but those who handle it.
    """
    ticket = _lock(ticket)
    if by is not SYSTEM and not may_release(by, ticket.case):
        raise NotAllowed(_("Only the responsible unit can do this."))
    publication = Publication.objects.filter(ticket=ticket, withdrawn_at=None).first()
    if publication is None:
        return
    at = at or clock.now()
    publication.withdrawn_at, publication.withdrawn_by, publication.changed_at = at, by.key, at
    publication.version += 1
    publication.save()
    _remove_pictures(publication)
    outdate(publication.received_at)
    documents.forget(ticket)
    record(facts.UNPUBLISHED, subject=ticket.case, by=by, at=at, why=why)


@transaction.atomic
def keep_inside(ticket: Ticket, *, by: Actor, at: datetime | None = None) -> None:
    """Somebody looked at the report and it stays inside: it leaves the list of what waits to be released. It can be released later.

    Nothing happens if it was decided before. Refused to anybody but those who handle it.
    """
    ticket = _lock(ticket)
    if not may_release(by, ticket.case):
        raise NotAllowed(_("Only the responsible unit can do this."))
    if Publication.objects.filter(ticket=ticket).exists():
        return
    at = at or clock.now()
    kept = _put(ticket, None, "", by=by, at=at, automatic=False)
    kept.withdrawn_at, kept.withdrawn_by = at, by.key
    kept.save()


def release_by_rule(ticket: Ticket, *, at: datetime) -> Publication | None:
    """The masked text of a new report is public at once where its category allows that; pictures never are. None otherwise.

    Called while the report is opened, in the same transaction. Mails carry greetings and names, so a person reads them first.
    """
    if not ticket.category.released_automatically or ticket.case.channel == "mail" or ticket.case.place is None:
        return None
    with translation.override(ticket.case.language):
        text = mask(ticket.text)
    publication = _put(ticket, None, text, by=SYSTEM, at=at, automatic=True)
    record(facts.RELEASED, subject=ticket.case, by=SYSTEM, at=at, automatic=True, photos=0)
    return publication


def forget_publication(ticket: Ticket) -> None:
    """Nothing public is left of the report: neither text nor pictures nor words in the search. Part of making a report anonymous."""
    documents.forget(_lock(ticket))
    if publication := Publication.objects.filter(ticket=ticket).first():
        _remove_pictures(publication)
        outdate(publication.received_at)
        publication.delete()


def forget_pictures(ticket: Ticket) -> None:
    """The public pictures of the report are gone, its text stays. Part of its retention."""
    if publication := Publication.objects.filter(ticket=ticket).first():
        _remove_pictures(publication)


def follow_case(ticket: Ticket, *, at: datetime | None = None) -> None:
    """What maps and lists show of a public report is as it is on the case now: place, district, category, open or closed.

    Text released by rule does not stay public in a category without that rule. Repeating it changes nothing.
    """
    publication = Publication.objects.filter(ticket=ticket, withdrawn_at=None).first()
    if publication is None:
        return
    if reason := _why_not(ticket, publication):
        unpublish(ticket, by=SYSTEM, why=reason, at=at)
    else:
        Publication.objects.filter(pk=publication.pk).update(**_shown(ticket), changed_at=at or clock.now())
        documents.index(ticket)


def _why_not(ticket: Ticket, publication: Publication) -> str:
    """Why the report cannot stay public, as a code; empty if it can."""
    category = ticket.category
    if ticket.case.state == "withdrawn":
        return "reporter"
    if category.release == Category.NEVER or (publication.automatic and not category.released_automatically):
        return "category"
    return ""


def _check(ticket: Ticket, text: str, answer: str, pictures: Sequence[Picture]) -> None:
    if ticket.anonymised_at or ticket.case.state == "withdrawn":
        raise ActionRefused(_("This report is not there for the public any more."), code="gone")
    if ticket.category.release == Category.NEVER:
        raise ActionRefused(_("Reports of this category are never published."), code="never")
    if ticket.case.place is None:
        raise ActionRefused(_("Please add the place first."), code="no-place")
    if not text.strip():
        raise ActionRefused(_("Please keep at least a few words for the public."), code="no-text")
    if max(len(text.strip()), len(answer.strip())) > LONGEST:
        raise ActionRefused(_("Please keep to {limit} characters.").format(limit=LONGEST), code="too-long")
    for picture in pictures:
        document = picture.document
        if document.case_id != ticket.case_id or document.quarantined or not document.content_type.startswith("image/"):
            raise ActionRefused(_("This picture cannot be published."), code="picture")
        if len(picture.boxes) > MOST_BOXES or not all(_is_box(box) for box in picture.boxes):
            raise ActionRefused(_("Please check which parts of the picture are covered."), code="boxes")


def _is_box(box: Box) -> bool:
    left, top, width, height = box
    return 0 <= left <= 100 and 0 <= top <= 100 and 0 < width <= 100 and 0 < height <= 100


def _put(
    ticket: Ticket,
    known: Publication | None,
    text: str,
    *,
    by: Actor,
    at: datetime,
    automatic: bool,
    answer: str = "",
) -> Publication:
    publication = known or Publication(ticket=ticket, version=0)
    publication.text, publication.answer, publication.automatic = text, answer, automatic
    publication.released_at, publication.released_by, publication.changed_at = at, by.key, at
    publication.withdrawn_at, publication.withdrawn_by = None, ""
    publication.version += 1
    for name, value in _shown(ticket).items():
        setattr(publication, name, value)
    publication.save()
    return publication


def _shown(ticket: Ticket) -> dict[str, object]:
    case = ticket.case
    return {
        "category_id": ticket.category_id,
        "district_id": case.district_id,
        "lon": case.lon,
        "lat": case.lat,
        "cell": geo.cell(*case.place) if case.place else None,
        "received_at": case.received_at,
        "open": case.closed_at is None,
    }


def _replace_pictures(publication: Publication, pictures: Sequence[Picture]) -> None:
    _remove_pictures(publication)
    for picture in pictures:
        covered = cover(media.read(picture.document.path), picture.boxes)
        PublishedPhoto.objects.create(
            publication=publication,
            document=picture.document,
            path=media.save_private("public.jpg", covered.jpeg),
            small_path=media.save_private("public.jpg", covered.small),
            width=covered.width,
            height=covered.height,
            boxes=[list(box) for box in picture.boxes],
            words=picture.words.strip()[:200],
        )


def _remove_pictures(publication: Publication) -> None:
    for photo in publication.photos.all():
        transaction.on_commit(partial(media.delete_all, [photo.path, photo.small_path]))
    publication.photos.all().delete()


def _lock(ticket: Ticket) -> Ticket:
    rows = Ticket.objects.select_for_update(of=("self",)).select_related("case__unit", "category")
    return rows.get(pk=ticket.pk)
