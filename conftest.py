"""Tests speak to a small German town; see docs/testing.md."""

import os

os.environ["STADTPLATZ_MODE"] = "test"
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "stadtplatz.settings")

import django
import pytest
from hypothesis import settings

from stadtplatz.kit.messages import compile_stale
from tests.support import migrated

compile_stale()  # before Django reads the translations
django.setup()  # only now, so that the settings see the test mode

# Examples have no time limit of their own: a busy machine is no fault of the code.
settings.register_profile("fast", deadline=None, max_examples=40)
settings.register_profile("proof", deadline=None, max_examples=1_000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "fast"))


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_blocker, django_db_modify_db_settings):
    """The test database of this process: a copy of the migrated one instead of migrating again."""
    from django.conf import settings as ours
    from django.db import connection

    known, url = connection.settings_dict, ours.DATABASE_URL
    with django_db_blocker.unblock():
        connection.close()
        known["NAME"] = connection.creation._get_test_db_name()
        if connection.vendor == "sqlite":
            connection.ensure_connection()
            migrated.copy_into(connection.connection)
            yield
            return
        here = migrated.beside(url, known["NAME"])
        migrated.create(here)
    yield
    with django_db_blocker.unblock():
        connection.close()
        migrated.drop(here)
