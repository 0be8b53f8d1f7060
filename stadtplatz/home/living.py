"""What lives on the square at this moment, and what waits on the desk: plain facts from the domains below."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import ngettext

from stadtplatz.catalogue import queries as catalogue
from stadtplatz.city import queries as city
from stadtplatz.kit.actors import Actor
from stadtplatz.kit.identity import is_on
from stadtplatz.shops import queries as shops
from stadtplatz.shops import rules as shop_rules
from stadtplatz.tickets import queries as tickets
from stadtplatz.tickets.rules import works_on_tickets

MOST = 5
"""Lines of each list on the start page."""


@dataclass(frozen=True)
class Figure:
    """A number and what it counts, to be read as one sentence."""

    number: int
    words: str


def square_now() -> dict[str, Any]:
    """Open shops (or those that open next), the newest reports without their words, and public figures. Four queries."""
    open_count, open_shops = shops.open_soonest(MOST) if is_on("shops") else (0, [])
    return {
        "open_count": open_count,
        "open_shops": open_shops,
        "recent": tickets.recent_public(MOST) if is_on("tickets") else [],
        "figures": [figure for figure in _figures() if figure.number],
    }


def desk_now(actor: Actor) -> dict[str, Any]:
    """What waits for this person: reports by list with the link to each, claims of shops, absences in their units."""
    handles = is_on("tickets") and works_on_tickets(actor)
    return {
        "handles_reports": handles,
        "lists": _lists(actor) if handles else [],
        "claims": len(shops.waiting_claims()) if is_on("shops") and shop_rules.may_decide(actor) else 0,
        "absences": city.absences_near(actor),
    }


@dataclass(frozen=True)
class Waiting:
    """A list of the desk: how many stand in it, and whether that is a reason to worry."""

    label: object
    count: int
    url: str
    urgent: bool = False


def _lists(actor: Actor) -> list[Waiting]:
    counts, address = tickets.desk_counts(actor), reverse("desk-tickets")
    shown = ("mine", "new", "late", "waiting", "unit")
    return [
        Waiting(tickets.LISTS[name], counts[name], f"{address}?liste={name}", name == "late" and counts[name] > 0)
        for name in shown
    ]


def _figures() -> list[Figure]:
    found: list[Figure] = []
    if is_on("tickets"):
        reports = tickets.public_figures()
        found.append(Figure(reports.done, _reports_done(reports.done, reports.days)))
        if reports.working_days is not None:
            found.append(Figure(reports.working_days, _within(reports.working_days)))
    if is_on("catalogue"):
        offers, selling = catalogue.sale_counts()
        found.append(Figure(offers, ngettext("offer to buy now", "offers to buy now", offers)))
        found.append(Figure(selling, ngettext("shop with offers", "shops with offers", selling)))
    return found


def _reports_done(count: int, days: int) -> str:
    return ngettext("report done in the last {days} days", "reports done in the last {days} days", count).format(
        days=days
    )


def _within(days: int) -> str:
    return ngettext("working day at most, for half of them", "working days at most, for half of them", days)
