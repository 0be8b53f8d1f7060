"""My errands: what is under way, what comes next, what is over."""

from datetime import timedelta

import pytest

from stadtplatz.accounts.models import Person
from stadtplatz.accounts.visitors import actor_for
from stadtplatz.city.models import Unit
from stadtplatz.home import errands
from stadtplatz.home.tests.test_living import report
from stadtplatz.kit import clock
from stadtplatz.kit.identity import forget
from stadtplatz.orders.tests import town

pytestmark = pytest.mark.django_db


@pytest.fixture
def mira(db):
    yield Person.objects.create_user("mira@example.org", name="Mira")
    forget()


def test_what_is_under_way_comes_first_with_its_next_date(client, mira):
    roads, now = Unit.objects.create(slug="tiefbau", name="Tiefbauamt"), clock.now()
    report(roads, received=now, closed=now, outcome="done", applicant_person=mira)
    running = report(roads, received=now - timedelta(days=9), due=now + timedelta(days=2), applicant_person=mira)
    order = town.ordered((town.offer_of(town.open_shop()), 2), by=actor_for(mira))
    lines = errands.of_actor(actor_for(mira))
    assert [line.finished for line in lines] == [False, False, True]
    assert [line.number for line in lines][:2] == [order.number, running.number]
    assert lines[0].title == "Bäckerei Musterkorn (erfunden)"
    assert (lines[0].state, lines[0].next.split()[0]) == ("bestellt", "Abholung")
    assert lines[1].next.startswith("bis ")
    assert (lines[2].state, lines[2].next) == ("Erledigt", "")
    client.force_login(mira)
    page = client.get("/meine/").content.decode()
    assert page.index("Läuft noch") < page.index(running.number) < page.index("Abgeschlossen")


def test_without_errands_the_page_says_what_to_do(client, mira):
    client.force_login(mira)
    assert "Noch nichts da" in client.get("/meine/").content.decode()


def test_the_list_asks_no_more_for_many_errands(client, mira, django_assert_max_num_queries):
    roads = Unit.objects.create(slug="tiefbau", name="Tiefbauamt")
    for _n in range(15):
        report(roads, received=clock.now(), applicant_person=mira)
    client.force_login(mira)
    client.get("/meine/")  # what each process keeps in memory is asked for once
    with django_assert_max_num_queries(10):
        client.get("/meine/")
