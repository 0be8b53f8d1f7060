"""What the database knows about its own tables."""

from datetime import timedelta

from django.db import connection

from stadtplatz.kit.jobs import every, job

ROWS = 1_000
"""So many rows of each index are looked at, so that it takes moments however large the town."""


def renew() -> None:
    """SQLite counts anew how far each index narrows, which decides how it reads: without that it guesses, and may walk through all
    offers of a town for one barcode. Connections opened afterwards know it. PostgreSQL does this by itself."""
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA analysis_limit = {ROWS}")
        cursor.execute("ANALYZE")


@every(timedelta(days=1))
@job(max_attempts=3)
def renew_statistics() -> None:
    renew()
