"""“Please take it off”: an entry of the map is hidden at somebody's wish."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from stadtplatz.accounts import actions as accounts
from stadtplatz.accounts.models import Guest
from stadtplatz.audit.actions import record
from stadtplatz.city import actions as city
from stadtplatz.city.models import Place
from stadtplatz.kit import clock
from stadtplatz.kit.actors import SYSTEM, Actor
from stadtplatz.kit.refusals import ActionRefused
from stadtplatz.shops import documents, facts
from stadtplatz.shops.actions.permission import must_decide
from stadtplatz.shops.actions.requests import check_claimable, decide_request
from stadtplatz.shops.models import RemovalRequest, Request

REMOVALS_A_DAY = 20
"""So many entries leave at once within 24 hours in the whole town; after that requests wait for the desk, in case somebody plays."""
BY_RULE = "rule"
"""Who decided, where the rule did."""


@transaction.atomic
def ask_removal(
    *, place: Place, message: str = "", email: str = "", by: Actor, at_once: bool = False, brake: bool = True,
    at: datetime | None = None,
) -> RemovalRequest:  # fmt: skip
    """Without account, reason or address, the entry is gone `at_once`, or the market desk has a request to take it off.

    At once only while fewer than REMOVALS_A_DAY entries left the town within a day (`brake`). Refused once it is hidden, and for
    entries that belong to a shop: its owner gives the shop up.
    """
    check_claimable(place)
    now = at or clock.now()
    contact: Guest | None = accounts.leave_contact(email=email) if email.strip() else None
    row = RemovalRequest.objects.create(place=place, contact=contact, message=message[:2000], created_at=now)
    record(facts.REMOVAL_REQUESTED, subject=row, by=by, at=at, removal=row.pk, place=place.pk)
    if at_once and not (brake and _removed_lately(now) >= REMOVALS_A_DAY):
        row.state, row.decided_at, row.decided_by = Request.GRANTED, now, BY_RULE
        row.save()
        _hide(row, at)
        record(facts.REMOVAL_DECIDED, subject=row, by=by, at=at, removal=row.pk, hidden=True)
    return row


@transaction.atomic
def decide_removal(
    *, removal: RemovalRequest, hide: bool, reason: str = "", by: Actor, at: datetime | None = None
) -> RemovalRequest:
    """Hidden: the entry is gone from lists and search, also after the next import. Kept: the contact hears why.

    Refused: to everybody but the market desk; a second decision; keeping the entry without a reason.
    """
    row = decide_request(removal, hide, reason, by, at)
    if hide:
        _hide(row, at)
    record(facts.REMOVAL_DECIDED, subject=row, by=by, at=at, removal=row.pk, hidden=hide)
    return row


@transaction.atomic
def undo_removal(*, removal: RemovalRequest, reason: str, by: Actor, at: datetime | None = None) -> RemovalRequest:
    """The entry is shown again, and whoever left an address hears why.

    Refused: to everybody but the market desk; without a reason; when it was undone already or was never granted.
    """
    must_decide(by)
    if not reason.strip():
        raise ActionRefused(_("Please say why, so that the person understands."), code="reason")
    done = RemovalRequest.objects.filter(pk=removal.pk, state=Request.GRANTED).update(
        state=Request.DECLINED, reason=reason.strip()[:300], undone_at=at or clock.now(), undone_by=by.key
    )
    if not done:
        raise ActionRefused(_("This request was decided already."), code="decided")
    row = RemovalRequest.objects.select_related("place").get(pk=removal.pk)
    city.show_place(place=row.place, version=row.place.version, by=SYSTEM, at=at)  # our own rule was asked above
    documents.push_places([row.place_id])
    record(facts.REMOVAL_DECIDED, subject=row, by=by, at=at, removal=row.pk, hidden=False)
    return row


def _removed_lately(now: datetime) -> int:
    since = now - timedelta(days=1)
    return RemovalRequest.objects.filter(state=Request.GRANTED, decided_by=BY_RULE, decided_at__gt=since).count()


def _hide(row: RemovalRequest, at: datetime | None) -> None:
    """Callers have asked their own rule, so the town hides it in the system's name."""
    city.hide_place(place=row.place, version=row.place.version, by=SYSTEM, at=at)
    documents.push_places([row.place_id])
