"""A shop's side belongs to its people: every address of it, tried by everybody else, and with things of another shop.

The addresses are read from the list of addresses, so a new one is tried from its first day; where it needs something that the whole
shop does not have yet, the first test says so.
"""

from itertools import product

import pytest
from django.urls import reverse

from stadtplatz.accounts.models import Person
from stadtplatz.city.models import Unit
from stadtplatz.orders.tests.town import member_of
from stadtplatz.shops.models import Membership
from tests.access.addresses import all_below, opened
from tests.access.whole_shop import WholeShop

pytestmark = pytest.mark.django_db
SIDE = {one.name: one.variables for one in all_below("laden/") if "slug" in one.variables}
DEEP = {name: has for name, has in SIDE.items() if set(has) - {"slug", "move", "code", "first"}}
"""Addresses that name something of the shop."""
PACKERS = {
    "shop-side", "shop-orders", "shop-orders-finished", "shop-packing-list", "shop-order", "shop-hand-over",
    "shop-reservations", "shop-reservations-over", "shop-reservation",
}  # fmt: skip
"""What who only packs may look at."""
WAYS = [("get", {}), ("post", {}), ("post", {"hx-request": "true"})]


@pytest.fixture(scope="module", autouse=True)
def town(standing):
    with standing():
        Unit.objects.create(slug="stadtmarketing", name="Stadtmarketing")
        yield


@pytest.fixture(scope="module")
def bakery(town) -> WholeShop:
    return WholeShop("Bäckerei Musterkorn (erfunden)", "musterkorn")


@pytest.fixture(scope="module")
def rival(bakery) -> WholeShop:
    return WholeShop("Buchhandlung Blätterwald (erfunden)", "blaetterwald")


@pytest.fixture(scope="module")
def strangers(bakery, rival) -> dict[str, Person]:
    """Everybody who has no business here."""
    former = member_of(bakery.shop, Membership.STAFF, "frueher@example.org")
    Membership.objects.filter(person=former).delete()
    return {
        "somebody with an account": Person.objects.create_user("kundin@example.org"),
        "a former member": former,
        "who owns another shop": rival.owner,
        "who runs the installation": Person.objects.create_user("betrieb@example.org", is_operator=True),
    }


def paths(of: WholeShop) -> dict[str, str]:
    return {name: reverse(name, kwargs=of.of(name, variables)) for name, variables in SIDE.items()}


def is_shut(method: str, answer: tuple[int, list[str]]) -> bool:
    """Nothing is there for them, and nothing was written; 405 where nobody may read."""
    return answer == (404, []) or (method == "get" and answer == (405, []))


def test_every_address_leads_its_owner_to_something_real(bakery):
    answers = {name: opened(bakery.owner, "get", path) for name, path in paths(bakery).items()}
    assert len(answers) > 80
    assert {name: got for name, got in answers.items() if got[0] not in {200, 302, 303, 405} or got[1]} == {}


def test_who_is_not_signed_in_is_led_to_the_door_and_changes_nothing(bakery):
    led = [(302, []), (405, [])]
    for name, path in paths(bakery).items():
        assert opened(None, "get", path) in led, name
        assert opened(None, "post", path) == led[0], name


def test_nobody_from_outside_gets_in_or_learns_that_it_is_there(bakery, strangers):
    wrong = {}
    for (name, path), (who, person), (method, head) in product(paths(bakery).items(), strangers.items(), WAYS[::2]):
        if not is_shut(method, got := opened(person, method, path, **head)):
            wrong[f"{name}, {who}, {method}"] = got
    assert wrong == {}


def test_nobody_reaches_things_of_another_shop_through_their_own(bakery, rival):
    wrong = {}
    for (name, variables), (method, head) in product(DEEP.items(), WAYS):
        path = reverse(name, kwargs=bakery.of(name, variables) | {"slug": rival.shop.slug})
        got = opened(rival.owner, method, path, **head)
        if not is_shut(method, got) and name != "shop-terms-accept":  # the terms are everybody's
            wrong[f"{name}, {method}"] = got
    assert wrong == {}


def test_who_only_packs_sees_orders_and_nothing_else(bakery):
    packer = member_of(bakery.shop, Membership.PACKER)
    assert {name for name, path in paths(bakery).items() if opened(packer, "get", path)[0] == 200} == PACKERS
