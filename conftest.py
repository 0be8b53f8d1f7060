"""Tests speak to a small German town; see docs/testing.md."""

import gc
import os
from collections.abc import Iterator
from contextlib import contextmanager

os.environ["STADTPLATZ_MODE"] = "test"
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "stadtplatz.settings")

import django
import pytest
from django.utils import translation
from hypothesis import settings

from stadtplatz.kit.messages import compile_stale
from tests.support import migrated

compile_stale()  # before Django reads the translations
django.setup()  # only now, so that the settings see the test mode

# Examples have no time limit of their own: a busy machine is no fault of the code.
settings.register_profile("fast", deadline=None, max_examples=40)
settings.register_profile("proof", deadline=None, max_examples=1_000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "fast"))


def pytest_configure(config: pytest.Config) -> None:
    """Where several processes share the tests, somebody else migrates while they collect; and nobody tidies up meanwhile."""
    gc.disable()
    if config.getoption("numprocesses", None):
        migrated.begin()


def pytest_collection_finish() -> None:
    """All that is loaded now stays: whoever tidies up after tests need not look at it again."""
    gc.freeze()
    gc.enable()


def pytest_collection_modifyitems(config, items):
    """What never asks a database, or always SQLite, says the same in every run: on PostgreSQL it is left out, the run on SQLite has it."""
    from django.conf import settings as ours

    if not ours.DATABASE_URL.startswith("postgres"):
        return
    asking = [item for item in items if _asks_a_database(item)]
    if len(asking) < len(items):
        config.hook.pytest_deselected(items=[item for item in items if not _asks_a_database(item)])
        items[:] = asking


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Each test begins in German, whatever language the pages before it were read in."""
    translation.deactivate()


@pytest.fixture(scope="session", autouse=True)
def _whole_again_instead_of_empty():
    """A test with transactions of its own would leave empty tables; here it leaves what migrations wrote. Emptying 150 tables first cost more."""
    from django.test import TransactionTestCase

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda _case: _copy_the_migrated())
        yield


def _copy_the_migrated() -> None:
    from django.conf import settings as ours
    from django.db import connection

    if connection.vendor == "sqlite":
        connection.ensure_connection()
        migrated.copy_into(connection.connection)
    else:
        connection.close()
        migrated.create(migrated.beside(ours.DATABASE_URL, connection.settings_dict["NAME"]))


def _asks_a_database(item: pytest.Item) -> bool:
    """By itself, or through processes that use databases beside the one of this run; not what is always about SQLite."""
    if item.get_closest_marker("sqlite"):
        return False
    fixtures = {"db", "transactional_db", "django_db_setup", "databases_beside"}
    return item.get_closest_marker("django_db") is not None or bool(fixtures & set(item.fixturenames))


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_blocker, django_db_modify_db_settings):
    """The test database of this process: a copy of the migrated one instead of migrating again."""
    from django.conf import settings as ours
    from django.db import connection

    with django_db_blocker.unblock():
        connection.close()
        connection.settings_dict["NAME"] = connection.creation._get_test_db_name()
        _copy_the_migrated()
    yield
    if connection.vendor != "sqlite":
        with django_db_blocker.unblock():
            connection.close()
            migrated.drop(migrated.beside(ours.DATABASE_URL, connection.settings_dict["NAME"]))


@pytest.fixture(scope="session")
def standing(django_db_setup, django_db_blocker):
    """`with standing():` what is built stands for all tests of a class or module that only look at it, and is gone afterwards."""
    from django.db import transaction

    @contextmanager
    def stands() -> Iterator[None]:
        with django_db_blocker.unblock(), transaction.atomic():
            yield
            transaction.set_rollback(True)

    return stands
