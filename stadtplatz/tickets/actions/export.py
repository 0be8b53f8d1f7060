"""A finished report as one ZIP for the records system of the town hall."""

from __future__ import annotations

import json
from datetime import datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from stadtplatz.audit.actions import record
from stadtplatz.cases.rules import may_handle
from stadtplatz.kit import clock, media, pdf
from stadtplatz.kit.actors import Actor
from stadtplatz.kit.refusals import ActionRefused, NotAllowed
from stadtplatz.tickets import facts, paper
from stadtplatz.tickets.models import Ticket


def export(ticket: Ticket, *, by: Actor, at: datetime | None = None) -> bytes:
    """A ZIP with the whole report: `<number>.pdf` to read, `<number>.json` for machines, and every file as it was sent.

    That it was taken out is recorded. Refused while the report is open, and to everybody but the responsible unit.
    """
    if not may_handle(by, ticket.case):
        raise NotAllowed(_("Only the responsible unit can do this."))
    if ticket.case.closed_at is None:
        raise ActionRefused(_("Only a closed report can be exported."), code="open")
    at, number = at or clock.now(), ticket.case.number
    with translation.override(settings.LANGUAGE_CODE):
        contents = paper.contents_of(ticket, at)
        try:
            printed = pdf.from_html(paper.html_of(contents))
        except pdf.PaperFailed as failed:
            message = _("The report could not be turned into a PDF. Please try again later.")
            raise ActionRefused(message, code="no-paper") from failed
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        archive.writestr(f"{number}.pdf", printed, ZIP_STORED)
        archive.writestr(f"{number}.json", json.dumps(contents["data"], ensure_ascii=False, indent=2))
        for name, path in contents["files"]:
            archive.writestr(name, media.read(path), ZIP_STORED)
    with transaction.atomic():
        record(facts.EXPORTED, subject=ticket.case, by=by, at=at)
    return out.getvalue()
