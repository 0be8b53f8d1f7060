"""Reading what buyers of something illegal were told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from stadtplatz.catalogue.models import Offer
from stadtplatz.kit import clock
from stadtplatz.kit.workdays import months_before
from stadtplatz.moderation import queries as notices
from stadtplatz.moderation.models import Matter, Statement
from stadtplatz.orders import flow
from stadtplatz.orders.models import BuyersTold, OrderPart

MONTHS = 6
"""Art. 32 (1) DSA."""
NOT_BOUGHT = frozenset({flow.DECLINED, flow.CANCELLED})


@dataclass(frozen=True)
class BuyersPage:
    """What was told, or how many orders there are to tell."""

    done: BuyersTold | None
    orders: int
    since: datetime
    illegal: bool
    """Taken down because it breaks a law, which is what buyers are told about."""


def public_warnings() -> list[BuyersTold]:
    """Warnings for buyers whom nobody could write to, newest first."""
    return list(BuyersTold.objects.filter(unknown__gt=0)[:100])


def buyers_page(matter: Matter, at: datetime | None = None) -> BuyersPage | None:
    """For the desk; None when the offer is gone and nothing was told."""
    done = BuyersTold.objects.filter(matter=matter.case.number).first()
    offer = Offer.objects.filter(pk=matter.key).first()
    if done is None and offer is None:
        return None
    since = done.since if done else months_before(at or clock.now(), MONTHS)
    return BuyersPage(done, bought(offer, since).count() if offer else 0, since, taken_down(matter) is not None)


def taken_down(matter: Matter) -> Statement | None:
    """The last decision, if it took the content down because it breaks a law."""
    said = notices.last_statement(matter) if matter.statements.exists() else None
    illegal = said is not None and said.outcome == Statement.RESTRICTED and said.basis_kind == Statement.LAW
    return said if illegal else None


def bought(offer: Offer, since: datetime) -> QuerySet[OrderPart]:
    """The parts of orders since then that hold the offer or a variant of it, and were not called off."""
    head = offer.variant_of_id or offer.pk
    family = Q(lines__offer=head) | Q(lines__offer__variant_of=head)
    rows = OrderPart.objects.filter(family, order__placed_at__gte=since).exclude(state__in=NOT_BOUGHT)
    return rows.select_related("order__guest", "order__person").distinct().order_by("pk")
