"""What the market desk decides about any request, and which entries of the map can be asked for."""

from datetime import datetime
from typing import TypeVar

from django.utils.translation import gettext_lazy as _

from stadtplatz.city.models import Place
from stadtplatz.kit import clock
from stadtplatz.kit.actors import Actor
from stadtplatz.kit.refusals import ActionRefused
from stadtplatz.shops.actions.permission import must_decide
from stadtplatz.shops.models import Request
from stadtplatz.shops.queries.entries import is_taken

R = TypeVar("R", bound=Request)


def decide_request(row: R, grant: bool, reason: str, by: Actor, at: datetime | None) -> R:
    """The request is granted or declined, once. Refused: to all but the market desk; declining without a reason; a second decision."""
    must_decide(by)
    if not grant and not reason.strip():
        raise ActionRefused(_("Please say why, so that the person understands."), code="reason")
    taken = (
        type(row)
        ._default_manager.filter(pk=row.pk, state=Request.NEW)
        .update(
            state=Request.GRANTED if grant else Request.DECLINED,
            reason=reason.strip()[:300],
            decided_at=at or clock.now(),
            decided_by=by.key,
        )
    )
    if not taken:
        raise ActionRefused(_("This request was decided already."), code="decided")
    row.refresh_from_db()
    return row


def check_claimable(place: Place) -> None:
    """Refused for entries that are hidden or belong to a shop, whatever place of it they are."""
    if place.hidden_at or place.gone_at:
        raise ActionRefused(_("This entry is no longer shown."), code="hidden")
    if is_taken(place):
        raise ActionRefused(_("This entry already belongs to a shop."), code="claimed")
