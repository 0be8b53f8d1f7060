"""Messages and files of a case."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256

from django.db import transaction
from django.utils.translation import gettext as _

from stadtplatz.audit.actions import record
from stadtplatz.cases import facts, rules
from stadtplatz.cases.actions import clocks
from stadtplatz.cases.actions.locking import lock, save_changed
from stadtplatz.cases.actions.scanning import scan_document
from stadtplatz.cases.flow import flow_of
from stadtplatz.cases.models import Case, CaseDocument, CaseMessage
from stadtplatz.kit import clock, media, scanning
from stadtplatz.kit.actors import SYSTEM, Actor
from stadtplatz.kit.refusals import ActionRefused, NotAllowed

LONGEST = 10_000
"""Characters in one message."""
_ENDINGS = {"image/jpeg": "jpg", "image/png": "png", "application/pdf": "pdf"}


@transaction.atomic
def write_message(
    case: Case,
    *,
    body: str,
    by: Actor,
    visibility: str = CaseMessage.PUBLIC,
    meets: tuple[str, ...] = (),
    once: str = "",
    at: datetime | None = None,
) -> CaseMessage:
    """A message stands on the case; a public one is for the other side, an internal one for the staff.

    A public message of the office keeps the deadlines named in `meets`. The same `once` a second time leads to the message that
    stands there, and nobody is told again. Refused when empty or longer than 10,000 characters, on a
    case that is finished for good, to strangers, and an internal one to the applicant.
    """
    case, at = lock(case), at or clock.now()
    from_applicant = rules.is_applicant(by, case) and not rules.may_handle(by, case)
    if (from_applicant and visibility != CaseMessage.PUBLIC) or not (
        from_applicant or rules.may_read_as_staff(by, case)
    ):
        raise NotAllowed(_("You may not write here."))
    if once and (known := CaseMessage.objects.filter(case=case, sent_once=once).first()):
        return known
    if flow_of(case).state(case.state).final:
        raise ActionRefused(_("This is finished, so that nobody would read a message any more."), code="finished")
    if not body.strip():
        raise ActionRefused(_("Please write a message."), code="no-words")
    message = put_message(case, body=body, by=by, visibility=visibility, once=once, at=at)
    record(_fact_of(message), subject=case, by=by, at=at, message=message.pk, **_unit_key(message, case))
    if visibility == CaseMessage.PUBLIC and not from_applicant:
        clocks.meet(case, meets, at)
    save_changed(case, at, "due")
    return message


@transaction.atomic
def keep_note(case: Case, *, body: str, at: datetime | None = None) -> CaseMessage:
    """Words from outside that only the staff read, because nobody knows whose they are; the kind records how they came. In any state."""
    case, at = lock(case), at or clock.now()
    message = put_message(case, body=body, by=SYSTEM, visibility=CaseMessage.INTERNAL, at=at)
    save_changed(case, at)
    return message


def put_message(case: Case, *, body: str, by: Actor, visibility: str, at: datetime, once: str = "") -> CaseMessage:
    """Write the row; the caller has checked the right and records the fact. Refused when too long."""
    if len(body) > LONGEST:
        raise ActionRefused(
            _("That is {count} characters. Please keep to {limit}.").format(count=len(body), limit=LONGEST),
            code="too-long",
        )
    from_applicant = rules.is_applicant(by, case) and not rules.may_handle(by, case)
    return CaseMessage.objects.create(
        case=case,
        visibility=visibility,
        from_applicant=from_applicant,
        author=by.key,
        unit=None if from_applicant else case.unit,
        body=body.replace("\x00", "").strip(),
        at=at,
        sent_once=once or None,
    )


@transaction.atomic
def add_document(
    case: Case,
    *,
    content: bytes,
    content_type: str,
    purpose: str,
    by: Actor,
    small: bytes = b"",
    width: int | None = None,
    height: int | None = None,
    harmless: bool = False,
    internal: bool = False,
    message: CaseMessage | None = None,
    announced: bool = True,
    at: datetime | None = None,
) -> CaseDocument:
    """The file lies in private media and belongs to the case; nobody can open it while it is in quarantine.

    `small` is a smaller version of a picture. `harmless` is for pictures that were encoded anew here: they need no scanner where there is none, and
    wait for it where there is one, like everything else. `announced` records a fact of its
    own; files that come with a message or with the first report need none. Refused to strangers and for unknown types.
    """
    case, at = lock(case), at or clock.now()
    if not rules.may_read(by, case) or (internal and rules.is_applicant(by, case)):
        raise NotAllowed(_("You may not add files here."))
    document = put_document(
        case,
        content=content,
        content_type=content_type,
        purpose=purpose,
        by=by,
        small=small,
        width=width,
        height=height,
        harmless=harmless,
        internal=internal,
        message=message,
        at=at,
    )
    if announced:
        fact = facts.INTERNAL_DOCUMENT_ADDED if internal else facts.DOCUMENT_ADDED
        record(fact, subject=case, by=by, at=at, document=document.pk, purpose=purpose)
    return document


def put_document(
    case: Case,
    *,
    content: bytes,
    content_type: str,
    purpose: str,
    by: Actor,
    at: datetime,
    small: bytes = b"",
    width: int | None = None,
    height: int | None = None,
    harmless: bool = False,
    internal: bool = False,
    message: CaseMessage | None = None,
) -> CaseDocument:
    """Keep the file and send it to the scanner; the caller has checked the right and records the fact. Refused for unknown types."""
    if content_type not in _ENDINGS:
        raise ActionRefused(_("Files of this type cannot be added."), code="wrong-type")
    digest = sha256(content).hexdigest()
    ending = _ENDINGS[content_type]
    document = CaseDocument.objects.create(
        case=case,
        message=message,
        purpose=purpose,
        internal=internal,
        path=media.save_private(f"file.{ending}", content),
        small_path=media.save_private(f"small.{ending}", small) if small else "",
        content_type=content_type,
        size=len(content),
        sha256=digest,
        width=width,
        height=height,
        quarantined=not harmless or scanning.is_configured(),
        added_by=by.key,
        at=at,
    )
    if document.quarantined and scanning.is_configured():
        scan_document.enqueue(document.pk)
    return document


@transaction.atomic
def release_document(document: CaseDocument) -> None:
    """The scanner found nothing: the file can be opened by those who may read it."""
    CaseDocument.objects.filter(pk=document.pk).update(quarantined=False)


def _fact_of(message: CaseMessage):
    if message.visibility == CaseMessage.INTERNAL:
        return facts.NOTE_WRITTEN
    return facts.MESSAGE_RECEIVED if message.from_applicant else facts.MESSAGE_SENT


def _unit_key(message: CaseMessage, case: Case) -> dict[str, str]:
    return {"unit": case.unit.slug} if _fact_of(message) is facts.MESSAGE_SENT else {}
