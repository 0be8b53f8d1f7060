"""Which kinds of errands there are, and where each shows its page."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.urls import reverse
from django.utils.translation import pgettext

from stadtplatz.kit import ratelimit
from stadtplatz.kit.actors import Actor
from stadtplatz.kit.codes import read_number
from stadtplatz.kit.identity import is_on

# domain -> name of the page that opens with the secret
KINDS = {"tickets": "tickets-page", "orders": "orders-page"}
TRIES = 5


@dataclass(frozen=True)
class Line:
    """One errand in a list."""

    kind: str
    number: str
    title: str
    url: str
    at: datetime | None


def queries_of(domain: str) -> Any | None:
    """The queries of this kind of errand, if the city has it switched on."""
    module = f"stadtplatz.{domain}.queries"
    if not is_on(domain) or not find_spec(module):
        return None
    queries = import_module(module)
    return queries if hasattr(queries, "by_secret") else None


def kinds() -> list[tuple[str, Any]]:
    """(domain, its queries) for every kind of errand that works here."""
    return [(domain, queries) for domain in KINDS if (queries := queries_of(domain))]


def page_of(secret: str) -> str | None:
    """The address of the page this secret opens; None if it opens nothing."""
    for domain, queries in kinds():
        if queries.by_secret(secret):
            return reverse(KINDS[domain], args=[secret])
    return None


def secret_for(*, number: str, code: str, address: str) -> str | None:
    """The secret of the errand with this number and typed code; None for a wrong number and a wrong code alike.

    Each try counts, right or wrong: five an hour for the network address and five for the number, then TooOften.
    Every kind is asked whatever the number looks like, so that the time taken tells nothing.
    """
    ratelimit.count("home.find.address", address, limit=TRIES, per=timedelta(hours=1))
    ratelimit.count("home.find.number", read_number(number) or number, limit=TRIES, per=timedelta(hours=1))
    found = [queries.by_number_and_code(number, code) for _domain, queries in kinds()]
    return next((_errand(thing).secret for thing in found if thing), None)


def of_actor(actor: Actor) -> list[Line]:
    """All errands of this person, newest first; none for somebody without an account."""
    if not actor.is_person:
        return []
    lines = [_line(domain, thing) for domain, queries in kinds() for thing in queries.mine(actor)]
    return sorted(lines, key=lambda line: line.at.timestamp() if line.at else 0, reverse=True)


def of_secrets(secrets: Iterable[str]) -> list[Line]:
    """The errands behind these secrets, in their order; what no longer exists is left out."""
    asked = kinds()
    found = ((domain, queries.by_secret(secret)) for secret in secrets for domain, queries in asked)
    return [_line(domain, thing) for domain, thing in found if thing]


def _errand(thing: Any) -> Any:
    """The row with number and secret: the thing itself, or the case it stands on."""
    return getattr(thing, "case", thing)


def _line(domain: str, thing: Any) -> Line:
    errand = _errand(thing)
    at = getattr(errand, "received_at", None) or getattr(errand, "placed_at", None)
    kind = pgettext("errand", "Report") if domain == "tickets" else pgettext("errand", "Order")
    return Line(kind, errand.number, getattr(thing, "title", ""), reverse(KINDS[domain], args=[errand.secret]), at)
