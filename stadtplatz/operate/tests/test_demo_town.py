"""A folder's town is built once in each database that it is started with, and again where the database was emptied."""

import json

import pytest

from stadtplatz.accounts import demo as people
from stadtplatz.kit import clock
from stadtplatz.operate.demo import town

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("marker", "inhabited", "built"),
    [
        (None, False, False),
        (None, True, False),
        ([], True, False),
        (["elsewhere:5432/stadtplatz"], True, False),
        (["elsewhere:5432/stadtplatz", "here"], True, True),
        (["here"], False, False),
    ],
)
def test_a_town_is_there_if_folder_and_database_say_so(settings, tmp_path, marker, inhabited, built):
    settings.VAR = tmp_path
    if inhabited:
        people.build(clock.now())
    if marker is not None:
        databases = [town.database() if name == "here" else name for name in marker]
        (tmp_path / "demo.json").write_text(json.dumps({"databases": databases}))
    assert town._built() is built


def test_a_folder_from_before_is_one_of_sqlite(settings, tmp_path):
    settings.VAR = tmp_path
    (tmp_path / "demo.json").write_text(json.dumps({"version": "0.3", "pack": "herrenberg"}))
    people.build(clock.now())
    assert town._built() is (town.database() == "sqlite")
