"""Telling buyers of something illegal (Art. 32 DSA)."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from stadtplatz.audit.actions import record
from stadtplatz.catalogue.models import Offer
from stadtplatz.kit import clock
from stadtplatz.kit.actors import Actor
from stadtplatz.kit.refusals import ActionRefused, NotAllowed
from stadtplatz.kit.workdays import months_before
from stadtplatz.moderation import rules as notice_rules
from stadtplatz.moderation.models import Matter, Statement
from stadtplatz.orders import facts
from stadtplatz.orders.models import BuyersTold, OrderPart
from stadtplatz.orders.queries.warnings import MONTHS, bought, taken_down
from stadtplatz.shops import rules as shop_rules


@transaction.atomic
def tell_buyers(*, matter: Matter, remedies: str, by: Actor, at: datetime | None = None) -> BuyersTold:
    """Everybody who ordered the offer or a variant of it within six months before now reads what is illegal, who sold it and what they
    can do; where no mail address is known, the same stands on a page for everybody. Once for each decision.

    Refused: to all but the desk for notices and to members of the shop; about anything but an offer that was taken down because it
    breaks a law and still is; without remedies; twice; when nobody ordered it.
    """
    at = at or clock.now()
    offer, said = _taken_down(matter, by)
    if len(remedies.strip()) < 10:
        raise ActionRefused(_("Please write what buyers can do: return it, destroy it, whom to call."), code="remedies")
    since = months_before(at, MONTHS)
    parts = list(bought(offer, since))
    if not parts:
        raise ActionRefused(_("Nobody ordered this in the last six months."), code="nobody")
    reached = [part.order_id for part in parts if _reachable(part)]
    row = BuyersTold(
        matter=matter.case.number, title=matter.title, seller=f"{parts[-1].seller_name}, {parts[-1].seller_address}", ground=said.basis,
        facts=said.facts, remedies=remedies.replace("\x00", "").strip()[:4000], since=since, orders=reached, told=len(reached),
        unknown=len(parts) - len(reached), told_by=by.key, told_at=at,
    )  # fmt: skip
    _save_once(row)
    record(
        facts.BUYERS_TOLD, subject=offer, by=by, at=at, warning=row.pk, shop=offer.shop_id, told=row.told, unknown=row.unknown
    )  # fmt: skip
    return row


def _taken_down(matter: Matter, by: Actor) -> tuple[Offer, Statement]:
    """The offer and the decision that keeps it down for breaking a law. Refused where there is none, and to who must not decide."""
    offer = Offer.objects.select_related("shop").filter(pk=matter.key).first() if matter.kind == "offer" else None
    if not notice_rules.may_moderate(by) or (offer and shop_rules.role_in(by, offer.shop)):
        raise NotAllowed(
            _("Only the desk that looks after notices decides this, and nobody about a shop of their own.")
        )
    said = taken_down(matter)
    if offer is None or said is None:
        raise ActionRefused(
            _("Buyers are told about offers that were taken down because they break a law."), code="state"
        )
    return offer, said


def _save_once(row: BuyersTold) -> None:
    """Refused when the buyers of this decision were told already, also by somebody who pressed at the same moment."""
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as twice:
        raise ActionRefused(_("The buyers were told already."), code="twice") from twice


def _reachable(part: OrderPart) -> bool:
    guest, person = part.order.guest, part.order.person
    return bool((guest and guest.email) or (person and person.email))
