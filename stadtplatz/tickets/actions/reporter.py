"""What the reporter does on the report's own page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from stadtplatz.cases import actions as cases
from stadtplatz.cases.models import Case, CaseDocument
from stadtplatz.cases.rules import is_applicant
from stadtplatz.kit import clock
from stadtplatz.kit.actors import Actor
from stadtplatz.kit.refusals import ActionRefused, NotAllowed
from stadtplatz.kit.uploads import AcceptedImage
from stadtplatz.tickets.actions.opening import MOST_PHOTOS, add_pictures
from stadtplatz.tickets.actions.publication import follow_case
from stadtplatz.tickets.flow import FLOW
from stadtplatz.tickets.models import Ticket


@transaction.atomic
def answer(
    ticket: Ticket, *, body: str, by: Actor, photos: Sequence[AcceptedImage] = (), at: datetime | None = None
) -> Ticket:
    """The reporter's words and pictures stand on the page and the responsible are told. If the city was waiting, its clock runs again.

    Refused when empty, too long, or on a report that is finished for good.
    """
    at = at or clock.now()
    if ticket.case.state == "waiting":
        cases.advance(ticket.case, move="answer", by=by, words=body, at=at)
        message = ticket.case.messages.latest("id")
    else:
        message = cases.write_message(ticket.case, body=body, by=by, at=at)
    add_pictures(ticket.case, photos, by=by, message=message, at=at)
    return Ticket.objects.select_related("case").get(pk=ticket.pk)


@transaction.atomic
def attach_photos(
    ticket: Ticket, *, photos: Sequence[AcceptedImage], by: Actor, at: datetime | None = None
) -> list[CaseDocument]:
    """The pictures belong to the report as if they had been sent with it, and the responsible read that they came; none is public.

    Refused to everybody but the reporter, without any picture, beyond five pictures in all, and on a report that is finished for good.
    """
    at = at or clock.now()
    Case.objects.select_for_update().get(pk=ticket.case_id)
    if not is_applicant(by, ticket.case):
        raise NotAllowed(_("You may not add files here."))
    if FLOW.state(ticket.case.state).final:
        raise ActionRefused(
            _("This report is finished, so that nobody would look at pictures any more."), code="finished"
        )
    if not photos:
        raise ActionRefused(_("Please choose a picture."), code="no-photo")
    sent = ticket.case.documents.filter(purpose=CaseDocument.PHOTO, message=None).count()
    if sent + len(photos) > MOST_PHOTOS:
        raise ActionRefused(_("Please choose at most {count} photos.").format(count=MOST_PHOTOS), code="too-many")
    return add_pictures(ticket.case, photos, by=by, announced=True, at=at)


@transaction.atomic
def reopen(ticket: Ticket, *, words: str, by: Actor, at: datetime | None = None) -> Ticket:
    """The report is open again, its deadlines begin anew, and the responsible are told why.

    Possible once, within 14 days of closing; refused later, a second time, without words, and to anybody but the reporter.
    """
    at = at or clock.now()
    cases.advance(ticket.case, move="reopen", by=by, words=words, at=at)
    Ticket.objects.filter(pk=ticket.pk).update(reopened_at=at)
    return Ticket.objects.select_related("case").get(pk=ticket.pk)


@transaction.atomic
def withdraw(ticket: Ticket, *, by: Actor, words: str = "", at: datetime | None = None) -> Ticket:
    """The report is ended by its reporter for good and no longer public; the responsible are told. Refused once it is closed."""
    cases.advance(ticket.case, move="withdraw", by=by, words=words, at=at)
    fresh = Ticket.objects.select_related("case", "category").get(pk=ticket.pk)
    follow_case(fresh, at=at)
    return fresh
