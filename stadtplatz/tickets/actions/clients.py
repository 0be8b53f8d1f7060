"""Programs of others: their keys, and the reports they open."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from stadtplatz.accounts import actions as accounts
from stadtplatz.accounts.rules import is_operator
from stadtplatz.audit.actions import record
from stadtplatz.kit import clock, ratelimit
from stadtplatz.kit.actors import ANONYMOUS, SYSTEM, Actor
from stadtplatz.kit.kept import steady
from stadtplatz.kit.refusals import ActionRefused, NotAllowed
from stadtplatz.kit.uploads import AcceptedImage
from stadtplatz.questionnaires.actions import keep_answers
from stadtplatz.questionnaires.models import AnswerSet, Version
from stadtplatz.questionnaires.queries import complete
from stadtplatz.tickets import facts, limits
from stadtplatz.tickets.actions.danger import danger_of
from stadtplatz.tickets.actions.opening import open_ticket
from stadtplatz.tickets.models import ApiClient, Category, ClientReport, Ticket
from stadtplatz.tickets.models.client import key_digest, token_digest

PREFIX = "sp_"
SHORTEST_TOKEN, LONGEST_TOKEN = 16, 100


@transaction.atomic
def make_client(
    *, name: str, by: Actor, contact: str = "", per_hour: int = 600, at: datetime | None = None
) -> tuple[ApiClient, str]:
    """The program may open reports with the key returned beside it; the key is shown here and never again.

    Refused to everybody but operators (and the command line), without a name, and for a name that is taken.
    """
    _check_operator(by)
    if not name.strip():
        raise ActionRefused(_("Please give the program a name."), code="no-name")
    if ApiClient.objects.filter(name=name.strip()).exists():
        raise ActionRefused(_("There is a program of this name already."), code="taken")
    key, at = _new_key(), at or clock.now()
    client = ApiClient.objects.create(
        name=name.strip()[:80],
        contact=contact.strip()[:120],
        key_digest=key_digest(key),
        key_start=key[:8],
        per_hour=per_hour,
        made_at=at,
        made_by=by.key,
    )
    record(facts.CLIENT_MADE, subject=client, by=by, at=at, client=client.pk)
    return client, key


@transaction.atomic
def rekey_client(client: ApiClient, *, by: Actor, at: datetime | None = None) -> str:
    """The program has a new key, which is returned and shown never again; the old one opens nothing any more. Operators only."""
    _check_operator(by)
    key = _new_key()
    ApiClient.objects.filter(pk=client.pk).update(key_digest=key_digest(key), key_start=key[:8], revoked_at=None)
    record(facts.CLIENT_REKEYED, subject=client, by=by, at=at, client=client.pk)
    return key


@transaction.atomic
def revoke_client(client: ApiClient, *, by: Actor, at: datetime | None = None) -> None:
    """The program's key opens nothing any more; its reports stay. Operators only."""
    _check_operator(by)
    if ApiClient.objects.filter(pk=client.pk, revoked_at=None).update(revoked_at=at or clock.now()):
        record(facts.CLIENT_REVOKED, subject=client, by=by, at=at, client=client.pk)


@dataclass(frozen=True)
class Sending:
    """What a program sends: a report in the words of `open_ticket`, and the contact of the person behind it."""

    text: str
    category: Category
    questions: Version | None
    """What the category asks; None for nothing."""
    place: tuple[float, float]
    place_note: str = ""
    photos: Sequence[AcceptedImage] = ()
    answers: dict[str, Any] = field(default_factory=dict)
    name: str = ""
    email: str = ""
    phone: str = ""
    language: str = "de"
    media_url: str = ""
    token: str = ""


def open_by_client(client: ApiClient, sent: Sending, *, at: datetime | None = None) -> Ticket:
    """The report is open as `open_ticket` says, and known to have come from this program.

    The same token of the same program leads to the same report, however often it is sent. Refused as `open_ticket` refuses; for
    tokens under 16 or over 100 signs; and beyond the program's limit or that of the contact (TooOften).
    """
    _check_token(sent)
    ratelimit.count("tickets.client", str(client.pk), limit=client.per_hour, per=timedelta(hours=1))
    limits.count_contact(sent.email)
    return _once(client, sent, at)


def open_by_stranger(sent: Sending, *, at: datetime | None = None) -> Ticket:
    """As `open_by_client`, for a program nobody knows; the caller has counted for its address on the network."""
    _check_token(sent)
    return _once(None, sent, at)


def _check_token(sent: Sending) -> None:
    if sent.token and not SHORTEST_TOKEN <= len(sent.token) <= LONGEST_TOKEN:
        raise ActionRefused(
            _("A token has {least} to {most} signs.").format(least=SHORTEST_TOKEN, most=LONGEST_TOKEN), code="token"
        )


def _once(client: ApiClient | None, sent: Sending, at: datetime | None) -> Ticket:
    once = _once_key(client, sent)
    try:
        return _open(client, sent, once, at)
    except IntegrityError:
        # The same token came twice at the same moment: the other one was first.
        known = Ticket.objects.select_related("case__unit", "category").filter(sent_once=once).first() if once else None
        if known is None:
            raise
        return known


def _once_key(client: ApiClient | None, sent: Sending) -> str | None:
    """A stranger who picks the token of somebody else must not be led to their report: there the text counts too."""
    if not sent.token:
        return None
    if client is None:
        return f"stranger:{token_digest(f'{sent.token} {sent.text}')}"
    return f"client:{client.pk}:{token_digest(sent.token)}"[:64]


@transaction.atomic
@steady()
def _open(client: ApiClient | None, sent: Sending, once: str | None, at: datetime | None) -> Ticket:
    if once and (known := Ticket.objects.select_related("case__unit", "category").filter(sent_once=once).first()):
        return known
    contact = None
    if sent.name or sent.email or sent.phone:
        contact = accounts.leave_contact(name=sent.name, email=sent.email, phone=sent.phone, language=sent.language)
    ticket = open_ticket(
        text=sent.text,
        place=sent.place,
        place_note=sent.place_note.replace("\x00", ""),
        category=sent.category,
        photos=sent.photos,
        contact=contact,
        by=ANONYMOUS,
        channel="api",
        language=sent.language,
        answers=_answers(sent, at),
        once=once,
        at=at,
    )
    if client is None:
        return ticket
    digest = token_digest(sent.token) if sent.token else ""
    ClientReport.objects.create(ticket=ticket, client=client, token_digest=digest, media_url=sent.media_url)
    return ticket


def _answers(sent: Sending, at: datetime | None) -> AnswerSet | None:
    """The answers to the category's questions. Who writes of danger is not sent back because one is missing."""
    asked = sent.questions
    if asked is None or (danger_of(sent.text, None, asked=False)[0] and not complete(asked, sent.answers)):
        return None
    return keep_answers(asked, sent.answers, at=at)


def _new_key() -> str:
    return PREFIX + secrets.token_urlsafe(24)


def _check_operator(by: Actor) -> None:
    if by != SYSTEM and not is_operator(by):
        raise NotAllowed(_("Only those who run this installation can do this."))
