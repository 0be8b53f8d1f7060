"""A database connection that is kept is believed while the server says nothing, and given up once the server hung up."""

import pytest
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext


@pytest.fixture
def second():
    """Another connection to the same database."""
    other = connections.create_connection("default")
    other.connect()
    yield other
    other.close()


@pytest.mark.django_db
def test_a_living_connection_is_believed_and_a_closed_one_is_not(second):
    assert second.is_usable()
    with CaptureQueriesContext(second) as asked:
        assert second.is_usable()
    assert not asked.captured_queries
    if connection.vendor == "postgresql":
        with second.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            [(session,)] = cursor.fetchall()
        assert second.is_usable()
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [session])
        assert not second.is_usable()
    second.close()
    second.connect()
    assert second.is_usable()
