"""Erasures outlive backups: what was erased after a backup is erased again when the backup comes back."""

import json
from datetime import datetime
from pathlib import Path

from django.db import OperationalError, ProgrammingError, transaction

from stadtplatz.accounts.models import Erasure
from stadtplatz.accounts.queries import holder_of
from stadtplatz.kit.actors import SYSTEM
from stadtplatz.operate import people


def since(moment: datetime) -> set[str]:
    """The pseudonymous keys of everybody erased after this moment; none where there is no database yet."""
    try:
        with transaction.atomic():
            return set(Erasure.objects.filter(at__gte=moment).values_list("key", flat=True))
    except (OperationalError, ProgrammingError):
        return set()


def write() -> str:
    """The whole ledger as JSON, to be kept beside the backups on another machine."""
    return json.dumps(sorted(Erasure.objects.values_list("key", flat=True)))


def read(ledger: Path | None) -> set[str]:
    """The keys of a ledger file; none without a file."""
    return set(json.loads(ledger.read_text())) if ledger else set()


def repeat(keys: set[str]) -> int:
    """Erase these people again in every domain; returns how many were found."""
    found = [somebody for key in sorted(keys) if (somebody := holder_of(key))]
    for somebody in found:
        people.erase_somebody(somebody, by=SYSTEM)
    return len(found)
