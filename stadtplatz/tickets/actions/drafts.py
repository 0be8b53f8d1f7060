"""Reports on their way: typed texts and checked photos are kept until they are sent, so that nothing is ever lost."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from stadtplatz.accounts import actions as accounts
from stadtplatz.city import queries as city
from stadtplatz.kit import clock, media, uploads
from stadtplatz.kit.actors import ANONYMOUS, Actor
from stadtplatz.kit.refusals import ActionRefused
from stadtplatz.questionnaires.actions import keep_answers
from stadtplatz.questionnaires.models import AnswerSet, Version
from stadtplatz.tickets.actions.opening import MOST_PHOTOS, check_place, check_text, open_ticket
from stadtplatz.tickets.kept import words
from stadtplatz.tickets.models import Category, DangerKind, Draft, DraftPhoto, Ticket

KEPT_FOR = timedelta(hours=24)
ASKED_FOR = timedelta(hours=2)
"""How long a report that was kept on a device waits for answers; then it is sent without them, so that it is never lost."""
REMEMBERED_FOR = timedelta(days=2)
"""How long a sent draft still leads to its report, for a form that is sent twice."""


@dataclass
class Upload:
    """What came of a handful of uploaded files: how many were kept, and which were refused, with the reason for people."""

    kept: int = 0
    refused: list[tuple[str, str]] = field(default_factory=list)


def begin_draft(*, language: str = "de", category: Category | None = None, at: datetime | None = None) -> Draft:
    """An empty draft, kept for 24 hours after its last change."""
    at = at or clock.now()
    return Draft.objects.create(language=language, category=category, created_at=at, expires_at=at + KEPT_FOR)


def draft_of_key(key: str, *, language: str = "de", at: datetime | None = None) -> Draft:
    """The draft under a token that a device made up (128 random bits) while it had no connection; begun if it is new."""
    at = at or clock.now()
    fields = {"language": language, "created_at": at, "expires_at": at + KEPT_FOR}
    return Draft.objects.select_related("category", "ticket__case").get_or_create(token=key, defaults=fields)[0]


def change_draft(
    draft: Draft,
    *,
    text: str | None = None,
    place: tuple[float, float] | None = None,
    place_label: str = "",
    place_note: str | None = None,
    category: Category | None = None,
    danger: DangerKind | None = None,
    no_danger: DangerKind | None = None,
    at: datetime | None = None,
) -> Draft:
    """What is given is kept, even a text that cannot be sent yet; then what is wrong with it is said (ActionRefused).

    A place outside the town is refused and not kept. `danger` is one the reporter said yes to, `no_danger` one they said no to.
    Another place or category asks anew what is nearby, another category its own questions.
    """
    if place is not None:
        check_place(place)
    if (place is not None and place != draft.place) or (category is not None and category != draft.category):
        draft.nearby_seen = False
    if danger is not None:
        draft.danger = danger
        category = draft.category or Category.objects.filter(code=danger.category, active=True).first()
    if no_danger is not None:
        draft.no_danger = sorted({*draft.no_danger, no_danger.code})
    _keep(draft, text, place, place_label, place_note, category, at or clock.now())
    if text is not None:
        check_text(text)
    return draft


def add_photos(draft: Draft, files: Iterable) -> Upload:
    """Each file is checked alone: good ones are kept, up to five in all, bad ones are named with their reason."""
    upload = Upload()
    room = MOST_PHOTOS - draft.photos.count()
    for file in files:
        if room <= 0:
            upload.refused.append((file.name, _("There are already {count} photos.").format(count=MOST_PHOTOS)))
            continue
        try:
            picture = uploads.accept_image(file)
        except uploads.UploadRefused as refusal:
            upload.refused.append((file.name, str(refusal)))
            continue
        _keep_photo(draft, picture)
        upload.kept += 1
        room -= 1
    return upload


@transaction.atomic
def remove_photo(draft: Draft, photo_id: int) -> None:
    """The photo is gone from the draft and from the disk. Nothing happens if it was gone already."""
    photo = draft.photos.filter(pk=photo_id).first()
    if photo:
        _delete_files([photo])
        photo.delete()


@transaction.atomic
def send_draft(
    draft: Draft, *, by: Actor, name: str = "", email: str = "", language: str = "", at: datetime | None = None
) -> Ticket:
    """The draft has become a report, once: sent again it leads to the same one. A contact is kept only if something was given.

    `language` is the one in which it was sent; it stays with the report, for everything written to the reporter.

    Refused as `open_ticket` refuses, and while text, place or category are missing; the draft then stays as it was.
    """
    draft = Draft.objects.select_for_update(of=("self",)).select_related("category").get(pk=draft.pk)
    if draft.ticket:
        return draft.ticket
    if draft.danger and draft.category is None:
        draft.category = _any_category()
    if draft.place is None or draft.category is None:
        raise ActionRefused(_("Please tell us the place and what this is about."), code="unfinished")
    at, language = at or clock.now(), language or draft.language
    contact = None
    if (name or email).strip() and not by.is_person:
        contact = accounts.leave_contact(name=name, email=email, language=language)
    photos = list(draft.photos.all())
    ticket = open_ticket(
        text=draft.text,
        place=draft.place,
        place_label=draft.place_label,
        place_note=draft.place_note,
        category=draft.category,
        photos=[_picture(photo) for photo in photos],
        contact=contact,
        by=by,
        language=language,
        danger=draft.danger,
        danger_asked=bool(draft.no_danger),
        answers=_kept_answers(draft, at),
        once=f"draft:{draft.token}",
        at=at,
    )
    _empty(draft, ticket, photos, at)
    return ticket


def wait_for_answers(draft: Draft, *, email: str, at: datetime | None = None) -> Draft:
    """A report that was kept on a device waits two hours for its writer to answer what is still asked, and is then sent as it is."""
    draft.email, draft.send_by = email, draft.send_by or (at or clock.now()) + ASKED_FOR
    draft.save(update_fields=["email", "send_by"])
    return draft


def send_waiting_drafts(at: datetime | None = None) -> int:
    """What was kept on a device and never finished is sent as it is; returns how many. What cannot be sent stays for its writer."""
    at, sent = at or clock.now(), 0
    for draft in list(Draft.objects.filter(send_by__lte=at, ticket=None).order_by("pk")[:100]):
        try:
            send_draft(draft, email=draft.email, by=ANONYMOUS, at=at)
            sent += 1
        except ActionRefused:
            Draft.objects.filter(pk=draft.pk).update(send_by=None)
    return sent


def forget_expired_drafts(at: datetime | None = None) -> int:
    """Drafts that nobody sent are gone, with their photos; returns how many."""
    rows = list(Draft.objects.filter(expires_at__lte=at or clock.now()).prefetch_related("photos")[:500])
    for draft in rows:
        with transaction.atomic():
            _delete_files(draft.photos.all())
            draft.delete()
    return len(rows)


def _keep(draft: Draft, text, place, place_label, place_note, category, at: datetime) -> None:
    if text is not None:
        draft.text = text.replace("\x00", "")[:60_000]
    if place is not None:
        draft.lon, draft.lat = place
        draft.place_label = (place_label or city.spot(*place).label)[:200]
    if place_note is not None:
        draft.place_note = place_note.strip()[:200]
    if category is not None:
        draft.category = category
    draft.expires_at = at + KEPT_FOR
    draft.save()


def _keep_photo(draft: Draft, picture: uploads.AcceptedImage) -> None:
    DraftPhoto.objects.create(
        draft=draft,
        path=media.save_private("photo.jpg", picture.jpeg),
        small_path=media.save_private("small.jpg", picture.small),
        width=picture.width,
        height=picture.height,
        lon=picture.lon,
        lat=picture.lat,
    )


def _picture(photo: DraftPhoto) -> uploads.AcceptedImage:
    return uploads.AcceptedImage(media.read(photo.path), media.read(photo.small_path), photo.width, photo.height)


def keep_draft_answers(draft: Draft, version: Version, answers: dict[str, Any], *, at: datetime | None = None) -> Draft:
    """The answers to the category's own questions are kept with the version they were given to."""
    draft.answers_version, draft.answers = version, answers
    draft.expires_at = (at or clock.now()) + KEPT_FOR
    draft.save()
    return draft


def pass_nearby(draft: Draft) -> Draft:
    """The reporter has seen what is known nearby and says that theirs is something else."""
    draft.nearby_seen = True
    draft.save(update_fields=["nearby_seen"])
    return draft


def take_back_danger(draft: Draft) -> Draft:
    """There is no danger after all: the way goes on as for any other report, and this danger is not asked about again."""
    if draft.danger:
        draft.no_danger = sorted({*draft.no_danger, draft.danger.code})
    draft.danger = None
    draft.save()
    return draft


@transaction.atomic
def drop_draft(draft: Draft) -> None:
    """The draft is gone, with its photos: its writer joined another report."""
    _delete_files(draft.photos.all())
    draft.delete()


def _any_category() -> Category | None:
    """In danger nobody is asked for a category: the most general one will do."""
    rows = words().categories
    return next((row for row in rows if row.code == "other"), rows[-1] if rows else None)


def _kept_answers(draft: Draft, at: datetime) -> AnswerSet | None:
    """The answers, if they still belong to the category of the draft and fit; in danger nothing is asked."""
    version = draft.answers_version
    if version is None or draft.category is None or version.questionnaire.code != f"tickets:{draft.category.code}":
        return None
    return keep_answers(version, draft.answers, at=at)


def _empty(draft: Draft, ticket: Ticket, photos: list[DraftPhoto], at: datetime) -> None:
    """A sent draft remembers its report for a while and nothing else."""
    _delete_files(photos)
    draft.photos.all().delete()
    draft.text, draft.lon, draft.lat, draft.place_label, draft.place_note = "", None, None, "", ""
    draft.answers, draft.answers_version, draft.email, draft.send_by = {}, None, "", None
    draft.ticket, draft.expires_at = ticket, at + REMEMBERED_FOR
    draft.save()


def _delete_files(photos: Iterable[DraftPhoto]) -> None:
    for path in (path for photo in photos for path in (photo.path, photo.small_path)):
        transaction.on_commit(partial(media.delete, path))
