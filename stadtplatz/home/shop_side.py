"""What a shop's team sees first: today's orders, messages, what is missing, what looks old, and how many came."""

from datetime import timedelta
from typing import Any

from stadtplatz.appointments import queries as appointments
from stadtplatz.catalogue import queries as catalogue
from stadtplatz.catalogue.models import Offer
from stadtplatz.kit import clock
from stadtplatz.kit.identity import is_on
from stadtplatz.orders import queries as orders
from stadtplatz.orders.queries import quotes, reservations
from stadtplatz.shops import queries as shops
from stadtplatz.shops import rules as shop_rules
from stadtplatz.shops.models import Membership, Shop

OLD = timedelta(days=90)
"""An offer that was put on sale longer ago than this may no longer be true."""


def overview(shop: Shop, role: str) -> dict[str, Any]:
    """The context of the shop's home. Packers see orders alone."""
    manages = role in shop_rules.MANAGERS
    context: dict[str, Any] = {
        "shop": shop,
        "role": role,
        "manages": manages,
        "owns": role == Membership.OWNER,
        "here": "home",
        "state": shops.open_state(shop),
        "aside": reservations.kept_by(shop) if is_on("orders") else [],
        "today": orders.shop_today(shop) if is_on("orders") else [],
    }
    if manages:
        context |= {
            **_calendar(shop),
            "unanswered": shops.unanswered(shop),
            "prices_asked": quotes.unanswered(shop) if is_on("orders") else 0,
            "setup": shops.setup_of(shop),
            "lacking": catalogue.lacking_lines(shop) if is_on("catalogue") else [],
            "old_offers": _old_offers(shop) if is_on("catalogue") else [],
            "uncounted": catalogue.stale_offers(shop).count() if is_on("catalogue") else 0,
            "visits": shops.visits(shop),
            "care": [task for task in shops.care_of(shop) if task.done_at is None],
        }
    return context


def _calendar(shop: Shop) -> dict[str, Any]:
    """Today's appointments and the requests that wait; nothing for a shop without calendars."""
    if not is_on("appointments") or not appointments.has_calendars(shop):
        return {}
    return {
        "keeps_calendar": True,
        "appointments": appointments.today(shop),
        "asked": len(appointments.requests(shop)),
    }


def _old_offers(shop: Shop, most: int = 5) -> list[Offer]:
    """Offers on sale for so long that somebody should look whether they are still true, oldest first."""
    rows = Offer.objects.filter(shop=shop, state=Offer.PUBLISHED, published_at__lt=clock.now() - OLD)
    return list(rows.order_by("published_at")[:most])
