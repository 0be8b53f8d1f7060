"""Which kinds of errands there are, and where each shows its page."""

from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.urls import reverse

from stadtplatz.kit.identity import is_on

# domain -> name of the page that opens with the secret
KINDS = {"tickets": "tickets-page", "orders": "orders-page"}


def queries_of(domain: str) -> Any | None:
    """The queries of this kind of errand, if the city has it switched on."""
    module = f"stadtplatz.{domain}.queries"
    return import_module(module) if is_on(domain) and find_spec(module) else None


def page_of(secret: str) -> str | None:
    """The address of the page this secret opens; None if it opens nothing."""
    for domain, page in KINDS.items():
        queries = queries_of(domain)
        if queries and queries.by_secret(secret):
            return reverse(page, args=[secret])
    return None
