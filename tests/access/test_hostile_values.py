"""What no page ever sends: numbers no row can have, signs no database keeps, days of no age. Nothing breaks over them."""

import re

import pytest
from django.test import Client

from stadtplatz.accounts.models import Person
from stadtplatz.catalogue.meaning import exactly
from stadtplatz.city.models import Unit
from stadtplatz.kit.numbers import typed_id
from tests.access.addresses import every, opened
from tests.access.whole_shop import WholeShop

pytestmark = pytest.mark.django_db
VARIABLE = re.compile(r"<(?P<kind>\w+):(?P<name>\w+)>")
BAD = {"int": ["99999999999999999999"], "slug": ["x" * 3000], "str": ["²", "%00", "x" * 3000]}
"""Too large for any database; longer than any column; a digit that is no number; a sign PostgreSQL refuses."""


@pytest.fixture(scope="module")
def town(standing):
    with standing():
        Unit.objects.create(slug="stadtmarketing", name="Stadtmarketing")
        yield WholeShop("Bäckerei Musterkorn (erfunden)", "musterkorn")


def paths(slug: str) -> dict[str, str]:
    """Each address with something bad in the place of each of its variables in turn; a shop keeps its name on its own side."""
    found = {}
    for one, _view in every():
        inside = one.route.startswith("laden/")
        for spoilt in VARIABLE.finditer(one.route):
            if inside and spoilt["name"] == "slug":
                continue
            for bad in BAD.get(spoilt["kind"], []):
                values = {
                    name: bad if name == spoilt["name"] else slug if name == "slug" else "1" for name in one.variables
                }
                path = "/" + VARIABLE.sub(lambda token, values=values: values[token["name"]], one.route)
                found[f"{one.name} {spoilt['name']} {bad[:20]}"] = path
    return found


def house(method: str, path: str) -> int:
    """Whom it asks makes no difference: such a number never reaches a page."""
    return getattr(Client(), method)(path).status_code


def test_no_address_breaks_over_what_stands_in_it(town):
    operator = Person.objects.create_user("betrieb@example.org", is_operator=True)
    wrong = {}
    for name, path in paths(town.shop.slug).items():
        person = town.owner if path.startswith("/laden/") else operator if path.startswith("/desk/") else None
        for method in ("get", "post"):
            try:
                status = opened(person, method, path)[0] if "999999" not in path else house(method, path)
            except Exception as broken:  # every one of them would be a broken page
                wrong[f"{method} {name}"] = repr(broken)[:200]
            else:
                if status >= 500:
                    wrong[f"{method} {name}"] = str(status)
    assert wrong == {}


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/laden/musterkorn/termine/", {"tag": "0001-01-01"}),
        ("/laden/musterkorn/termine/", {"tag": "9999-12-31", "ansicht": "woche"}),
        ("/laden/musterkorn/angebote/export/", {}),
        ("/termin/neu/{service}/kontakt/", {"zeit": "00010101T0000Z"}),
        ("/termin/neu/{service}/", {"tag": "9999-12-31"}),
    ],
)
def test_pages_stand_what_their_addresses_are_asked(town, client, path, said):
    client.force_login(town.owner, backend="allauth.account.auth_backends.AuthenticationBackend")
    answer = client.get(path.format(service=town.service.offer_id), said)
    assert answer.status_code in {200, 303}
    assert answer.getvalue() is not None


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/laden/musterkorn/termine/kalender/{resource}/abwesend/", {"first": "0001-01-01"}),
        ("/laden/musterkorn/termine/kalender/{resource}/abwesend/", {"first": "9999-12-31"}),
        ("/laden/musterkorn/angebote/neu/", {"category": "9" * 5000, "title": "Brot"}),
        ("/laden/musterkorn/angebote/kasse/weg/", {"key": "²"}),
        ("/geschaefte/musterkorn/melden/", {"ground": "9" * 5000}),
        ("/warenkorb/preise/", {"shown": "9" * 5000 + ":1:1"}),
        ("/kasse/bestellen/", {"key": "x", "total": "9" * 5000}),
        ("/kasse/bestellen/", {"key": "x", "total": "²"}),
    ],
)
def test_forms_refuse_what_no_page_sends(town, client, path, said):
    client.force_login(town.owner, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert client.post(path.format(resource=town.ids["resource_id"]), said).status_code < 500


@pytest.mark.parametrize(
    ("text", "number"),
    [("17", 17), ("0", 0), ("", 0), ("-1", 0), ("1.0", 0), (" 1", 0), ("²", 0), ("٣", 0), ("9" * 18, 0), ("9" * 5000, 0), (None, 0)],
)  # fmt: skip
def test_the_id_of_a_row_from_what_was_typed(text, number):
    assert typed_id(text) == number


def test_a_category_of_endless_digits_is_none(town):
    assert exactly("9" * 5000) is None
