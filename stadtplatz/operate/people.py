"""Requests under the GDPR across all domains: each domain's `privacy.py` tells or erases what it keeps."""

from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType
from typing import Any

from django.db import transaction

from stadtplatz.accounts.models import Guest, Person
from stadtplatz.domains import DOMAINS
from stadtplatz.kit.actors import SYSTEM, Actor


def known_as(address: str) -> list[Person | Guest]:
    """Everybody this installation knows under the mail address: the account, and each guest contact."""
    people: list[Person | Guest] = list(Person.objects.filter(email__iexact=address))
    guests = Guest.objects.filter(email__iexact=address)
    return [*people, *guests]


def export(address: str) -> dict[str, Any]:
    """All that is kept about the holder of the address, by domain (GDPR Art. 15 and 20)."""
    people = known_as(address)
    return {
        domain: found
        for domain, privacy in _domains()
        if (found := [entry for somebody in people if (entry := privacy.export(somebody))])
    }


@transaction.atomic
def erase(address: str, *, by: Actor = SYSTEM) -> list[str]:
    """Erase the holder of the address in every domain; returns what stays, each with its legal ground (GDPR Art. 17)."""
    kept: list[str] = []
    for somebody in known_as(address):
        kept += erase_somebody(somebody, by=by)
    return list(dict.fromkeys(kept))


@transaction.atomic
def erase_somebody(somebody: Person | Guest, *, by: Actor) -> list[str]:
    """Erase one person or guest in every domain, the highest first; returns what stays and why."""
    return [str(sentence) for _domain, privacy in _domains() for sentence in privacy.erase(somebody, by=by)]


def _domains() -> Iterator[tuple[str, ModuleType]]:
    """From the highest domain down, so that accounts, which resolves the names, comes last."""
    for domain in DOMAINS:
        if find_spec(f"stadtplatz.{domain}.privacy"):
            yield domain, import_module(f"stadtplatz.{domain}.privacy")
