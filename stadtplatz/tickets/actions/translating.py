"""A German reading of a report in another language, beside the reporter's own words."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from stadtplatz.audit.actions import record
from stadtplatz.cases.rules import may_handle
from stadtplatz.kit import clock
from stadtplatz.kit.actors import Actor
from stadtplatz.kit.refusals import ActionRefused, NotAllowed, Stale
from stadtplatz.tickets import facts
from stadtplatz.tickets.actions.opening import LONGEST
from stadtplatz.tickets.models import Ticket, Translation


@transaction.atomic
def keep_translation(
    ticket: Ticket, *, text: str, by: Actor, version: int = 0, at: datetime | None = None
) -> Translation | None:
    """Staff read this beside the original, with who wrote it and when; an empty text takes it away. The original never changes.

    Nobody but the staff reads it, and it is forgotten with the report. Refused to everybody but those who handle the report, on
    reports made anonymous, beyond 10,000 characters, and as Stale.
    """
    ticket = Ticket.objects.select_for_update(of=("self",)).select_related("case__unit").get(pk=ticket.pk)
    if not may_handle(by, ticket.case):
        raise NotAllowed(_("Only the responsible unit can do this."))
    if ticket.anonymised_at:
        raise ActionRefused(_("This report was made anonymous; there is nothing to translate."), code="gone")
    if len(text) > LONGEST:
        raise ActionRefused(_("Please keep to {limit} characters.").format(limit=LONGEST), code="too-long")
    row = Translation.objects.filter(ticket=ticket).first()
    if version != (row.version if row else 0):
        raise Stale(_("Somebody else changed this in the meantime."), current=row)
    text, at = text.replace("\x00", "").strip(), at or clock.now()
    if not text:
        Translation.objects.filter(ticket=ticket).delete()
        return None
    row = row or Translation(ticket=ticket, version=0)
    row.text, row.by, row.at, row.version = text, by.key, at, row.version + 1
    row.save()
    record(facts.TRANSLATED, subject=ticket.case, by=by, at=at, language=ticket.case.language)
    return row
