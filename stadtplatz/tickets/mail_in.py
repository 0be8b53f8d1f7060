"""Mails from outside become reports, or words on a report. A sender's name proves nothing: what counts is the token of our own mail."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from stadtplatz.accounts import actions as accounts
from stadtplatz.audit import queries as audit
from stadtplatz.audit.actions import record as record_fact
from stadtplatz.audit.models import Record
from stadtplatz.audit.reactions import reacts_to
from stadtplatz.cases import actions as cases
from stadtplatz.cases import queries as case_queries
from stadtplatz.cases.models import Case, CaseDocument, CaseMessage, Deadline
from stadtplatz.cases.rules import link_holder, may_handle
from stadtplatz.city import queries as city
from stadtplatz.kit import codes
from stadtplatz.kit.actors import ANONYMOUS, SYSTEM, Actor
from stadtplatz.kit.refusals import ActionRefused, NotAllowed
from stadtplatz.kit.uploads import AcceptedImage, UploadRefused, accept_image
from stadtplatz.notifications import actions as notifications
from stadtplatz.notifications import queries as post
from stadtplatz.notifications.models import Incoming, Message
from stadtplatz.tickets import actions, facts
from stadtplatz.tickets import queries as tickets
from stadtplatz.tickets.actions.opening import LONGEST, MOST_PHOTOS, SHORTEST
from stadtplatz.tickets.flow import FIRST_ANSWER
from stadtplatz.tickets.models import Category, Ticket
from stadtplatz.tickets.queries.post import PREFIX, mail_that_opened, ticket_of_mail

MOST_PAPERS = 5
BIGGEST_PAPER = 15_000_000
_PICTURES = ("image/",)
_NUMBER = re.compile(r"\b[A-Z][-–\s]?[2-9A-Z]{3}[-–\s]?[2-9A-Z]{4}\b", re.IGNORECASE)


@dataclass
class Enclosed:
    """What came with a mail: pictures, papers (PDF), and the names of what cannot be taken over."""

    photos: list[AcceptedImage] = field(default_factory=list)
    papers: list[bytes] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)


@reacts_to("notifications.mail_received")
def take_mail(record: Record) -> None:
    """A mail that answers one of ours about a report goes there; one that answers nothing becomes a report. Others are not ours."""
    mail = post.incoming(record.keys["incoming"])
    if mail is None or mail.state != Incoming.READ:
        return
    if mail.belongs_to.startswith(PREFIX):
        ticket = ticket_of_mail(mail)
        _open(mail) if ticket is None else _put_on(mail, ticket)
    elif not mail.belongs_to:
        named = _named_in_subject(mail)
        _open(mail) if named is None else _put_on(mail, named)


@reacts_to("notifications.mail_returned")
def note_return(record: Record) -> None:
    """The staff read on the report that the reporter cannot be reached by mail. Mails to the staff themselves do not count."""
    about, sent = record.keys["about"] or "", record.keys["message"]
    ticket = _by_number(about.removeprefix(PREFIX)) if about.startswith(PREFIX) else None
    message = Message.objects.filter(pk=sent).exclude(kind="desk").first()
    if ticket is None or message is None:
        return
    with transaction.atomic():
        known = audit.timeline(ticket.case, audience=audit.STAFF)
        if not any(fact.verb == facts.MAIL_RETURNED.verb and fact.keys["sent"] == sent for fact in known):
            keys = {"sent": sent, "code": record.keys["code"]}
            record_fact(facts.MAIL_RETURNED, subject=ticket.case, by=SYSTEM, at=record.at, **keys)


@reacts_to("tickets.opened")
def confirm_mail(record: Record) -> None:
    """Who reported by mail gets number and link, and is asked for the place if it is missing; see `answer_mail` for who gets nothing."""
    ticket = Ticket.objects.select_related("case__unit", "case__applicant_guest", "category").filter(
        case_id=record.subject_id if record.subject_kind == "cases.case" else None
    )
    found = ticket.first()
    mail = mail_that_opened(found) if found else None
    if found is None or mail is None or found.case.applicant_guest is None:
        return
    case = found.case
    with translation.override(case.language):
        link = reverse("tickets-page", args=[case.secret])
        context = _context(found)
    notifications.answer_mail(
        mail,
        to=case.applicant_guest,
        template="tickets/mail/received_by_mail",
        context=context,
        errand_number=case.number,
        link=link,
        reply_to=f"{PREFIX}{case.number}",
    )


@transaction.atomic
def accept_mail(mail: Incoming, *, by: Actor) -> None:
    """Somebody who handles the report has looked: the mail counts as the reporter's, with its files, and the clock runs again.

    It is recorded who said so. Refused to others, for mails that were not kept as unsure, and a second time.
    """
    ticket = ticket_of_mail(mail)
    if ticket is None or not may_handle(by, ticket.case):
        raise NotAllowed(_("Only the responsible unit can do this."))
    if not is_unsure(mail, ticket):
        raise ActionRefused(_("This mail was dealt with before."), code="done")
    record_fact(facts.MAIL_ACCEPTED, subject=ticket.case, by=by, incoming=mail.pk)
    _answer(mail, ticket, enclosed(mail))


def is_unsure(mail: Incoming, ticket: Ticket) -> bool:
    """Whether the mail stands on the report as a note, and nobody has accepted it as the reporter's yet."""
    known = [fact for fact in audit.timeline(ticket.case, audience=audit.STAFF) if fact.keys.get("incoming") == mail.pk]
    return [fact.verb for fact in known] == [facts.MAIL_UNSURE.verb]


def enclosed(mail: Incoming) -> Enclosed:
    """The files of the mail, each looked at by its content; what is no picture and no PDF is named and left in the kept mail."""
    found = Enclosed()
    for file in post.files_of(mail):
        if file.content[:5] == b"%PDF-" and len(file.content) <= BIGGEST_PAPER and len(found.papers) < MOST_PAPERS:
            found.papers.append(file.content)
        elif file.content_type.startswith(_PICTURES) and len(found.photos) < MOST_PHOTOS and (photo := _photo(file)):
            found.photos.append(photo)
        else:
            found.left_out.append(file.name)
    return found


def _photo(file: post.File) -> AcceptedImage | None:
    try:
        return accept_image(BytesIO(file.content))
    except UploadRefused:
        return None


def _put_on(mail: Incoming, ticket: Ticket) -> None:
    """The reporter's own words, if the mail answers one of ours to the reporter from the same address; else a note for the staff."""
    if case_queries.state_of(ticket.case).final:
        if notifications.put_aside(mail, reason="finished"):
            with translation.override(mail.language):
                link = reverse("tickets-new")
            context = {"number": ticket.case.number}
            notifications.answer_mail(mail, template="tickets/mail/finished", context=context, link=link)
        return
    if is_by_reporter(mail, ticket.case):
        found = enclosed(mail)
        with transaction.atomic():
            if notifications.take(mail, taken_as=f"{PREFIX}{ticket.case.number}"):
                _answer(mail, ticket, found)
    else:
        _note(mail, ticket)


def is_by_reporter(mail: Incoming, case: Case) -> bool:
    """Whether it answers a mail of ours to the reporter, from the reporter's own address. A clerk's answer is never one."""
    asked, reporter = mail.answers, case.applicant_person or case.applicant_guest
    if asked is None or reporter is None or asked.kind == "desk" or not reporter.email:
        return False
    persons = {case.applicant_person_id, case.applicant_guest.person_id if case.applicant_guest else None} - {None}
    to_reporter = asked.guest_id is not None and asked.guest_id == case.applicant_guest_id
    return (to_reporter or asked.person_id in persons) and mail.sender == reporter.email.lower()


def _answer(mail: Incoming, ticket: Ticket, found: Enclosed) -> None:
    by = link_holder(ticket.case)
    actions.answer(ticket, body=_words(mail, found), photos=found.photos, by=by)
    message = ticket.case.messages.filter(from_applicant=True).latest("id")
    _add_papers(ticket.case, found.papers, by=by, message=message)


@transaction.atomic
def _note(mail: Incoming, ticket: Ticket) -> None:
    if not notifications.take(mail, taken_as=f"{PREFIX}{ticket.case.number}"):
        return
    with translation.override(settings.LANGUAGE_CODE):
        sender = f"{mail.sender_name} <{mail.sender}>".strip()
        head = _("Mail from {sender}, not verified:").format(sender=sender)
        files = _("{count} files came with it; they wait in the post.").format(count=mail.files) if mail.files else ""
    body = "\n\n".join(part for part in (head, _cut(mail.text), files) if part)
    note = cases.keep_note(ticket.case, body=body)
    record_fact(facts.MAIL_UNSURE, subject=ticket.case, by=SYSTEM, message=note.pk, incoming=mail.pk)


def _open(mail: Incoming) -> None:
    """A report by mail: the category as far as the words tell, the place as far as a photo tells, everything else as it was written."""
    found = enclosed(mail)
    text = _words(mail, found, with_subject=True)
    category = _category(text)
    if category is None:
        return  # a town without categories takes no reports; the mail waits in the post
    place = next((p for photo in found.photos if (p := _place(photo))), None)
    with transaction.atomic():
        contact = accounts.leave_contact(name=mail.sender_name, email=mail.sender, language=mail.language)
        ticket = actions.open_ticket(
            text=text,
            place=place,
            category=category,
            by=ANONYMOUS,
            photos=found.photos,
            contact=contact,
            channel="mail",
            language=mail.language,
            once=f"mail:{mail.once[:50]}",
        )
        if notifications.take(mail, taken_as=f"{PREFIX}{ticket.case.number}"):
            _add_papers(ticket.case, found.papers, by=link_holder(ticket.case))


def _add_papers(case: Case, papers: Iterable[bytes], *, by: Actor, message: CaseMessage | None = None) -> None:
    for content in papers:
        cases.add_document(
            case,
            content=content,
            content_type="application/pdf",
            purpose=CaseDocument.ATTACHMENT,
            message=message,
            announced=False,
            by=by,
        )


def _words(mail: Incoming, found: Enclosed, *, with_subject: bool = False) -> str:
    """What the person wrote, and what could not be taken over."""
    with translation.override(mail.language):
        parts = [mail.subject] if with_subject and mail.subject not in mail.text else []
        parts.append(mail.text)
        if len("".join(parts).strip()) < SHORTEST:
            parts.append(_("(A mail without words)"))
        left_out = _("Not taken over: {names}").format(names=", ".join(found.left_out[:10])) if found.left_out else ""
        return "\n\n".join(part for part in (_cut("\n\n".join(parts).strip()), left_out) if part)


def _cut(text: str) -> str:
    """At most what a message may hold, with room for what stands below it; the whole stays with the kept mail."""
    if len(text) <= LONGEST - 1500:
        return text
    return text[: LONGEST - 1700].rstrip() + "\n\n" + _("[The mail goes on. The city keeps the whole of it.]")


def _category(text: str) -> Category | None:
    known = tickets.categories()
    fitting = tickets.suggest(text, known, limit=1)
    return fitting[0] if fitting else next((c for c in known if c.code == "other"), known[-1] if known else None)


def _place(photo: AcceptedImage) -> tuple[float, float] | None:
    if photo.lon is None or photo.lat is None or not city.inside_town(photo.lon, photo.lat):
        return None
    return photo.lon, photo.lat


def _named_in_subject(mail: Incoming) -> Ticket | None:
    """The report whose number stands in the subject, if its reporter has the sender's address. It is not proof: the staff decide."""
    for typed in _NUMBER.findall(mail.subject.upper()):
        ticket = _by_number(codes.read_number(typed) or "")
        reporter = ticket and (ticket.case.applicant_person or ticket.case.applicant_guest)
        if ticket and reporter and reporter.email.lower() == mail.sender:
            return ticket
    return None


def _by_number(number: str) -> Ticket | None:
    rows = Ticket.objects.select_related("case__unit", "case__applicant_person", "case__applicant_guest", "category")
    return rows.filter(case__number=number).first() if number else None


def _context(ticket: Ticket) -> dict[str, Any]:
    case = ticket.case
    due = dict(Deadline.objects.filter(case=case).values_list("code", "due"))
    return {
        "number": case.number,
        "code": case.spelled_code,
        "category": ticket.category.name,
        "place": case.place_label if case.place else "",
        "place_missing": case.place is None and ticket.category.place_needed,
        "unit": case.unit.name,
        "first_answer": due.get(FIRST_ANSWER),
        "done": due.get("done"),
    }
