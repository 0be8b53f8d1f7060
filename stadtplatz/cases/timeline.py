"""From the recorded facts, the messages and the pictures of a case to the one timeline that every kind of errand shows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from stadtplatz.accounts.queries import names_for_staff
from stadtplatz.audit import queries as audit
from stadtplatz.audit.facts import APPLICANT, PUBLIC, REGISTRY, STAFF
from stadtplatz.cases.flow import flow_of
from stadtplatz.cases.models import Case, CaseDocument, CaseMessage
from stadtplatz.cases.rules import is_applicants_key
from stadtplatz.city.models import Unit
from stadtplatz.kit.timeline import TimelineEntry

_UNIT_KEYS = ("unit", "from_unit")


def applicant_entries(case: Case, *, photo_url_name: str = "") -> list[TimelineEntry]:
    """What the applicant may read, oldest first. Staff appear as their unit, never by name; internal words and files stay out."""
    facts = audit.timeline(case, audience=APPLICANT)
    story = _Story(case, facts, photo_url_name, case.secret, internal=False)
    return [story.entry(fact, who=story.for_applicant(fact)) for fact in facts]


def public_entries(case: Case) -> list[TimelineEntry]:
    """What everybody may read of a case that the city published, oldest first: facts and units, no words, no files."""
    facts = audit.timeline(case, audience=PUBLIC)
    story = _Story(case, facts, "", "", internal=False)
    return [replace(story.entry(fact, who=story.for_public(fact)), body="", kind="fact", photos=[]) for fact in facts]


def staff_entries(case: Case, *, photo_url_name: str = "") -> list[TimelineEntry]:
    """Everything, oldest first, with the names behind the keys."""
    facts = audit.timeline(case, audience=STAFF)
    story = _Story(case, facts, photo_url_name, case.number)
    known = {who.key: str(who) for who in (case.assignee, case.applicant_person, case.applicant_guest) if who}
    unknown = {fact.actor for fact in facts if fact.actor.startswith(("p:", "g:"))} - set(known)
    names = known | names_for_staff(unknown)
    return [story.entry(fact, who=names.get(fact.actor) or story.for_staff(fact)) for fact in facts]


class _Story:
    """What the facts point to, fetched once for all of them."""

    def __init__(
        self, case: Case, facts: Iterable[audit.Entry], photo_url_name: str, address: str, *, internal: bool = True
    ):
        self.case, self.photo_url_name, self.address = case, photo_url_name, address
        slugs = {fact.keys[key] for fact in facts for key in _UNIT_KEYS if fact.keys.get(key)} - {case.unit.slug}
        self.units = {unit.slug: unit.name for unit in Unit.objects.filter(slug__in=slugs)} if slugs else {}
        self.units[case.unit.slug] = case.unit.name
        self.messages = {
            message.pk: message
            for message in case.messages.all()
            if internal or message.visibility != CaseMessage.INTERNAL
        }
        self.documents: dict[int | None, list[CaseDocument]] = {}
        for document in case.documents.all():
            if internal or not document.internal:
                self.documents.setdefault(document.message_id, []).append(document)

    def entry(self, fact: audit.Entry, *, who: str) -> TimelineEntry:
        message = self.messages.get(fact.keys.get("message") or 0)
        return TimelineEntry(
            at=fact.at,
            sentence=self._sentence(fact),
            who=who,
            body=message.body if message else "",
            kind=self._kind(message),
            photos=self._photos(fact, message),
        )

    def for_applicant(self, fact: audit.Entry) -> str:
        if fact.actor == "system":
            return ""
        if is_applicants_key(fact.actor, self.case):
            return _("You")
        return self.units.get(fact.keys.get("from_unit") or fact.keys.get("unit") or "", "")

    def for_public(self, fact: audit.Entry) -> str:
        if fact.actor == "system" or is_applicants_key(fact.actor, self.case):
            return ""
        return self.units.get(fact.keys.get("unit") or "", "")

    def for_staff(self, fact: audit.Entry) -> str:
        if fact.actor == "system":
            return _("By itself")
        return _("Applicant") if is_applicants_key(fact.actor, self.case) else _("Unknown")

    def _sentence(self, fact: audit.Entry) -> str:
        names = {key: self.units.get(fact.keys.get(key) or "", "…") for key in _UNIT_KEYS}
        promise = flow_of(self.case).promises.get(fact.keys.get("code") or "", "…")
        return str(REGISTRY[fact.verb].sentence).format_map({**fact.keys, **names, "code": promise})

    def _kind(self, message: CaseMessage | None) -> Any:
        if message is None:
            return "fact"
        return "internal" if message.visibility == CaseMessage.INTERNAL else "message"

    def _photos(self, fact: audit.Entry, message: CaseMessage | None) -> list[dict[str, str]]:
        found = self.documents.get(message.pk, []) if message else []
        wanted = {fact.keys.get("document"), *fact.keys.get("documents", [])}
        found = found + [d for d in self.documents.get(None, []) if d.pk in wanted]
        return photo_links(found, self.photo_url_name, self.address) if self.photo_url_name else []


@dataclass(frozen=True)
class FileLine:
    """A file that is no picture to be shown: an open one has an address, a closed one says why."""

    text: str
    size: int
    url: str = ""
    state: str = ""
    badge: str = ""


def file_lines(documents: Iterable[CaseDocument], url_name: str, address: str) -> list[FileLine]:
    """Papers, and everything in quarantine: what may not be opened yet is there and says so."""
    lines = []
    for document in documents:
        text = str(document.get_purpose_display())
        if document.finding:
            lines.append(FileLine(text, document.size, state=_("deleted: malware was found"), badge="danger"))
        elif document.quarantined:
            lines.append(FileLine(text, document.size, state=_("not scanned for malware yet"), badge="warning"))
        elif not document.content_type.startswith("image/"):
            lines.append(FileLine(text, document.size, url=reverse(url_name, args=[address, document.pk])))
    return lines


def photo_links(documents: Iterable[CaseDocument], url_name: str, address: str) -> list[dict[str, str]]:
    """Addresses of pictures, large and small, for templates; those in quarantine are left out."""
    links = []
    for document in documents:
        if not document.quarantined and document.content_type.startswith("image/"):
            url = reverse(url_name, args=[address, document.pk])
            small = f"{url}?size=small" if document.small_path else url
            links.append({"url": url, "thumbnail": small, "text": str(document.get_purpose_display())})
    return links
