"""The town hall's side: every address of it, tried by everybody who has no desk, and by staff without their second factor."""

import pytest
from django.urls import NoReverseMatch, reverse

from stadtplatz.accounts.models import Person
from stadtplatz.city.models import Unit
from stadtplatz.orders.tests.town import member_of, open_shop
from tests.access.addresses import Address, all_below, opened

pytestmark = pytest.mark.django_db
SAMPLES = {
    "slug": "musterkorn", "code": "probe", "what": "probe", "side": "sender", "subject": "probe", "move": "close",
    "number": "A-222-2222", "year": 2026,
}  # fmt: skip


def path_of(one: Address) -> str:
    try:
        return reverse(one.name, kwargs={name: SAMPLES.get(name, 1) for name in one.variables})
    except NoReverseMatch:
        return reverse(one.name, kwargs=dict.fromkeys(one.variables, "a" * 22))


DESK = {one.name: path_of(one) for one in all_below("desk/")}
LED, SHUT = {302}, {403, 404, 405}
"""Shown the way to the door, or shut out; 405 where an address takes no such request from anybody."""


@pytest.fixture(scope="module", autouse=True)
def town(standing):
    with standing():
        Unit.objects.create(slug="stadtmarketing", name="Stadtmarketing")
        yield


@pytest.mark.parametrize("method", ["get", "post"])
def test_nobody_without_a_desk_comes_in_or_changes_anything(settings, method):
    settings.STAFF_NEED_SECOND_FACTOR = True
    people = {
        "nobody": (None, LED | SHUT),
        "who owns a shop": (member_of(open_shop()), SHUT),
        "who runs it, without the second factor": (
            Person.objects.create_user("betrieb@example.org", is_operator=True),
            LED | SHUT,
        ),
    }
    wrong = {}
    for who, (person, expected) in people.items():
        for name, path in DESK.items():
            status, changed = opened(person, method, path)
            if changed or status not in expected:
                wrong[f"{name}, {who}"] = (status, changed)
    assert len(DESK) > 100
    assert wrong == {}


def test_whoever_is_not_signed_in_is_shown_the_way_to_each_page_that_can_be_read():
    assert {name for name, path in DESK.items() if opened(None, "get", path)[0] not in {302, 405}} == set()
