"""One transaction at a time for what has no row to lock, for example "how much one contact may have waiting"."""

import hashlib

from django.db import connection


def alone(name: str) -> None:
    """Until the transaction ends, every other one that asks for this name waits here. Must run inside a transaction.

    PostgreSQL keeps an advisory lock by the name's digest (two names may in theory share one and then wait for each other
    without need). SQLite needs none: whoever is in a writing transaction is alone already.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("alone() guards the rest of a transaction and needs one.")
    if connection.vendor == "postgresql":
        key = int.from_bytes(hashlib.blake2b(name.encode(), digest_size=8).digest(), signed=True)
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [key])
