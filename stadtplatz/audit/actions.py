"""Recording facts."""

import re
from datetime import datetime
from typing import Any

from django.db import models, transaction

from stadtplatz.audit.facts import Fact
from stadtplatz.audit.models import Record
from stadtplatz.kit import clock
from stadtplatz.kit.actors import Actor

_CODE = re.compile(r"[A-Za-z0-9_.:\-]{0,80}")


def record(fact: Fact, *, subject: models.Model, by: Actor, at: datetime | None = None, **keys: Any) -> Record:
    """Write the fact down in the running transaction and write one job for each reaction to it.

    Keys must be declared by the fact and hold ids, codes, numbers, truth values or short lists of them: names, contacts and
    free text stay in the domain's rows where they can be erased (ValueError otherwise). Must run inside a transaction.
    """
    from stadtplatz.audit.reactions import write_down

    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError(f"{fact.verb} must be recorded in the transaction of its change.")
    _check(fact, keys)
    row = Record.objects.create(
        verb=fact.verb,
        subject_kind=subject._meta.label_lower,
        subject_id=subject.pk,
        actor=by.key,
        at=at or clock.now(),
        keys=keys,
    )
    write_down(row)
    return row


def _check(fact: Fact, keys: dict[str, Any]) -> None:
    if unknown := set(keys) - fact.keys:
        raise ValueError(f"{fact.verb} does not allow the keys {sorted(unknown)}.")
    for name, value in keys.items():
        values = value if isinstance(value, (list, tuple)) else [value]
        if len(values) > 100 or not all(_harmless(item) for item in values):
            raise ValueError(f"{fact.verb}: {name} must hold ids and codes, not {value!r}.")


def _harmless(value: Any) -> bool:
    return value is None or isinstance(value, (bool, int)) or (isinstance(value, str) and bool(_CODE.fullmatch(value)))
