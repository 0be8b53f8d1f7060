"""SQLite is told once a day how its tables are filled."""

import pytest
from django.db import connection

from stadtplatz.kit import statistics
from stadtplatz.kit.jobs import TIMERS
from stadtplatz.kit.models import RateCounter


@pytest.mark.django_db
def test_sqlite_learns_how_its_tables_are_filled():
    RateCounter.objects.bulk_create(
        RateCounter(key=f"k{number}", count=1, expires_at="2026-01-01T00:00Z") for number in range(50)
    )
    statistics.renew()
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("SELECT stat FROM sqlite_stat1 WHERE tbl = %s", [RateCounter._meta.db_table])
            assert any(stat.startswith("50 ") for (stat,) in cursor.fetchall())


def test_once_a_day():
    assert statistics.renew_statistics.name in TIMERS
