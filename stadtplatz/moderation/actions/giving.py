"""Telling the town about content that breaks the law."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from stadtplatz.accounts import actions as accounts
from stadtplatz.accounts.models import Guest, Person
from stadtplatz.audit.actions import record
from stadtplatz.cases import actions as cases
from stadtplatz.cases.models import Case, CaseDocument
from stadtplatz.cases.rules import link_holder
from stadtplatz.city import queries as city
from stadtplatz.kit import clock, media
from stadtplatz.kit.actors import Actor
from stadtplatz.kit.refusals import ActionRefused
from stadtplatz.kit.templatetags.kit import day
from stadtplatz.kit.uploads import AcceptedImage
from stadtplatz.moderation import facts, rules
from stadtplatz.moderation.flow import DECISION, FLOW
from stadtplatz.moderation.models import ContentNotice, Ground, Matter, Measure
from stadtplatz.moderation.rules import DUTY

LONGEST = 4000
"""Characters of an explanation."""


@dataclass(frozen=True)
class Content:
    """What a notice is about, as its own domain describes it at this moment. `lines` are (label, words); `picture` a path of public media."""

    kind: str
    key: str
    title: str
    url: str
    lines: tuple[tuple[str, str], ...] = ()
    owner: str = ""
    owner_name: str = ""
    picture: str = ""
    shown: bool = True
    """Whether everybody can see it now."""


@transaction.atomic
def give_notice(
    *,
    content: Content,
    ground: Ground,
    explanation: str,
    good_faith: bool,
    name: str = "",
    email: str = "",
    photo: AcceptedImage | None = None,
    language: str = "de",
    by: Actor,
    at: datetime | None = None,
) -> ContentNotice:
    """The town knows of it: the notice has a number, a secret link and the content as it is now; whoever gave it gets a receipt
    (Art. 16 (4) DSA) and the desk has a case with a day. A notice about content that waits already joins its case.

    Refused: to senders who are suspended for misuse (Suspended; except for offences against children), without an explanation, without the declaration of good faith, and without name and address where the kind asks for them.
    """
    at = at or clock.now()
    _check(ground, explanation, good_faith, name, email)
    sender = rules.sender_key(email)
    _not_shut_out(ground, {sender, rules.sender_key(_mail_of(by))} - {""})
    matter, is_new = _matter(content, ground, by, at)
    contact = _contact(name, email, language)
    notice = ContentNotice(
        matter=matter, ground=ground, explanation=explanation.strip()[:LONGEST], snapshot=_snapshot(content),
        picture=_copy(content.picture), photo=_photo(matter.case, photo, at), contact=contact, person_id=by.person_id,
        good_faith_at=at, received_at=at, language=language, sender=sender,
    )  # fmt: skip
    if is_new:
        notice.number = matter.case.number
    notice.save()
    if not is_new:
        record(facts.JOINED, subject=matter.case, by=by, at=at, notice=notice.pk)
    return notice


class Suspended(ActionRefused):
    """Notices of this sender are not taken up for a time; `measure` says why and until when."""

    def __init__(self, measure: Measure):
        words = _("Until {day} we take up no notices from this mail address. Why, and how to complain, stands in the mail we sent there. What you typed was not kept; only that a notice came was counted. If somebody is in danger, call the police: 110.")  # fmt: skip
        super().__init__(words.format(day=day(measure.until)), code="suspended")
        self.measure = measure


def count_unprocessed(measure: Measure) -> None:
    """One more notice came from somebody who is suspended; nothing of it is kept but the number. Call it outside the refused action."""
    Measure.objects.filter(pk=measure.pk, ended_at=None).update(unprocessed=F("unprocessed") + 1)


def _not_shut_out(ground: Ground, senders: set[str]) -> None:
    """Neither the address that was typed nor the one of the account may be suspended; without any, nobody asks."""
    if not ground.contact_needed or not senders:
        return
    running = Measure.objects.filter(subject__in=senders, kind=Measure.SUSPENSION, ended_at=None)
    if measure := running.first():
        raise Suspended(measure)


def _mail_of(by: Actor) -> str:
    return Person.objects.values_list("email", flat=True).filter(pk=by.person_id).first() or "" if by.person_id else ""


def _check(ground: Ground, explanation: str, good_faith: bool, name: str, email: str) -> None:
    if len(explanation.strip()) < 10:
        raise ActionRefused(_("Please say in a sentence why this must not stand here."), code="explanation")
    if not good_faith:
        raise ActionRefused(_("Please confirm that what you write is right as far as you know."), code="good_faith")
    if ground.contact_needed and not name.strip():
        raise ActionRefused(_("For this kind of notice the law asks for your name."), code="name")
    if ground.contact_needed and not email.strip():
        raise ActionRefused(_("For this kind of notice the law asks for a mail address."), code="email")


def _matter(content: Content, ground: Ground, by: Actor, at: datetime) -> tuple[Matter, bool]:
    waiting = Matter.objects.select_related("case__unit").filter(kind=content.kind, key=content.key, waiting=True)
    if found := waiting.first():
        _hasten(found.case, ground, at)
        return found, False
    try:
        with transaction.atomic():
            return _open(content, ground, by, at), True
    except IntegrityError:  # somebody else opened it at this very moment
        return waiting.get(), False


def _open(content: Content, ground: Ground, by: Actor, at: datetime) -> Matter:
    unit = city.unit_for(DUTY)
    case = cases.open_case(
        flow=FLOW, to=cases.Hand(unit), by=by, terms={DECISION: cases.Term(ground.working_days)}, at=at,
        content=f"{content.kind}:{content.key}",
    )  # fmt: skip
    return Matter.objects.create(
        case=case, kind=content.kind, key=content.key, owner=content.owner, title=content.title[:200], url=content.url[:300]
    )  # fmt: skip


def _hasten(case: Case, ground: Ground, at: datetime) -> None:
    """A more pressing kind brings the day forward, counted from the first notice."""
    deadline = case.deadlines.filter(code=DECISION).first()
    if deadline and ground.working_days < deadline.length:
        cases.set_terms(case, terms={DECISION: cases.Term(ground.working_days)}, at=at)


def _contact(name: str, email: str, language: str) -> Guest | None:
    return accounts.leave_contact(name=name, email=email, language=language) if name.strip() or email.strip() else None


def _snapshot(content: Content) -> dict[str, object]:
    return {
        "title": content.title,
        "url": content.url,
        "owner_name": content.owner_name,
        "lines": [[str(label), str(words)] for label, words in content.lines if words],
    }


def _copy(path: str) -> str:
    if not path:
        return ""
    try:
        return media.save_private(PurePosixPath(path).name, media.read(path))
    except FileNotFoundError:
        return ""


def _photo(case: Case, photo: AcceptedImage | None, at: datetime) -> CaseDocument | None:
    if photo is None:
        return None
    return cases.add_document(
        case, content=photo.jpeg, small=photo.small, content_type="image/jpeg", purpose=CaseDocument.PHOTO, width=photo.width,
        height=photo.height, harmless=True, announced=False, by=link_holder(case), at=at,
    )  # fmt: skip
