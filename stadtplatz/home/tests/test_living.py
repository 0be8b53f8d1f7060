"""What lives on the start page, and what waits on the desk's first page."""

from datetime import timedelta

import pytest

from stadtplatz.accounts.models import Person
from stadtplatz.cases.models import Case
from stadtplatz.catalogue.tests import builders as stalls
from stadtplatz.city.models import Absence, Membership, Unit
from stadtplatz.kit import clock
from stadtplatz.kit.codes import new_number, new_secret, new_typed_code
from stadtplatz.kit.identity import forget, set_identity
from stadtplatz.shops import queries as shop_queries
from stadtplatz.shops.tests import builders
from stadtplatz.tickets import queries as tickets
from stadtplatz.tickets.models import Category, Publication, Ticket

pytestmark = pytest.mark.django_db
THURSDAY = builders.berlin("2026-11-26 10:00")


@pytest.fixture(autouse=True)
def town(db):
    set_identity({"slug": "musterstadt", "name": "Musterstadt", "long_name": "Musterstadt", "land": "BW"})
    yield
    forget()


@pytest.fixture
def roads():
    return Unit.objects.create(slug="tiefbau", name="Tiefbauamt")


@pytest.fixture
def worker(roads):
    person = Person.objects.create_user("sabine@example.org", name="Sabine")
    Membership.objects.create(person=person, unit=roads)
    return person


def report(unit, *, received, closed=None, outcome="", **details):
    """A report as it stands in the table, with a text nobody may read on the start page."""
    category, _new = Category.objects.get_or_create(
        code="pothole", defaults={"names": {"de": "Schlagloch"}, "duty": "roads.pothole"}
    )
    case = Case.objects.create(
        kind="ticket", number=new_number("A"), secret=new_secret(), typed_code=new_typed_code(), unit=unit,
        state=outcome or "new", state_since=closed or received, received_at=received, closed_at=closed,
        changed_at=closed or received, outcome=outcome, **details,
    )  # fmt: skip
    ticket = Ticket.objects.create(case=case, category=category, text="Vor dem Haus von Familie Geheim")
    Publication.objects.create(
        ticket=ticket, category=category, text="Vor einem Haus, geheim", received_at=received,
        released_at=received, released_by="system", changed_at=received,
    )  # fmt: skip
    return case


def test_the_start_page_names_the_newest_reports_without_their_words_or_numbers(client, roads):
    case = report(roads, received=clock.now() - timedelta(hours=3))
    page = client.get("/").content.decode()
    assert "Zuletzt gemeldet" in page
    assert "Schlagloch" in page
    assert "Geheim" not in page
    assert case.number not in page


def test_figures_count_only_what_was_done_in_the_last_thirty_days(roads):
    for working_days_earlier in (7, 2, 1):  # Thursday the week before, Tuesday, Wednesday
        report(roads, received=THURSDAY - timedelta(days=working_days_earlier), closed=THURSDAY, outcome="done")
    report(roads, received=THURSDAY - timedelta(days=3), closed=THURSDAY, outcome="declined")
    report(roads, received=THURSDAY - timedelta(days=90), closed=THURSDAY - timedelta(days=31), outcome="done")
    report(roads, received=THURSDAY)
    figures = tickets.public_figures(THURSDAY + timedelta(hours=1))
    assert (figures.done, figures.working_days) == (3, 2)


def test_a_young_town_says_nothing_about_how_long_things_take():
    assert tickets.public_figures().working_days is None


def test_open_shops_come_first_and_else_those_that_open_next():
    early = builders.shop("Früh", hours="Mo-Fr 06:00-12:00")
    late = builders.shop("Spät", hours="Mo-Fr 14:00-20:00")
    assert [shop for shop, _ in shop_queries.open_soonest(5, THURSDAY)[1]] == [early]
    count, coming = shop_queries.open_soonest(5, THURSDAY + timedelta(hours=3))
    assert count == 0
    assert [shop for shop, _ in coming] == [late, early]


def test_the_start_page_asks_no_more_with_many_of_everything(client, roads, django_assert_max_num_queries):
    for n in range(12):
        bakery = builders.shop(f"Bäckerei {n}", email=f"laden{n}@example.org")
        stalls.offer(bakery, builders.owner(bakery, f"inhaber{n}"))
        report(roads, received=clock.now() - timedelta(days=9), closed=clock.now(), outcome="done")
    client.get("/")
    with django_assert_max_num_queries(8):
        page = client.get("/").content.decode()
    assert "12</span> Geschäfte mit Angeboten" in page


def test_the_desk_counts_what_waits_and_says_who_is_away(client, roads, worker, django_assert_max_num_queries):
    report(roads, received=clock.now(), due=clock.now() - timedelta(days=1))
    report(roads, received=clock.now(), assignee=worker)
    Absence.objects.create(person=worker, starts_on=clock.today(), ends_on=clock.today())
    client.force_login(worker)
    client.get("/desk/")
    with django_assert_max_num_queries(10):
        page = client.get("/desk/").content.decode()
    assert '<a class="tile is-urgent" href="/desk/anliegen/?liste=late"><span class="stat">1</span>' in page
    assert '<a class="tile" href="/desk/anliegen/?liste=mine"><span class="stat">2</span>' in page
    assert "Sabine" in page.split("Abwesend in meinen Stellen")[1]


def test_a_typed_number_leads_straight_to_the_report_for_those_who_may_read_it(client, roads, worker):
    case = report(roads, received=clock.now())
    foreign = report(Unit.objects.create(slug="bad", name="Freibad"), received=clock.now())
    client.force_login(worker)
    assert client.get(f"/desk/anliegen/?q={case.number.lower()}")["Location"] == f"/desk/anliegen/{case.number}/"
    assert client.get(f"/desk/anliegen/?q={foreign.number}").status_code == 200


def test_on_a_page_of_the_desk_only_that_page_is_marked(client, worker):
    client.force_login(worker)
    menu = client.get("/desk/anliegen/").content.decode().split('class="desk__nav"')[1].split("</nav>")[0]
    assert menu.count("aria-current") == 1
    assert 'href="/desk/anliegen/" aria-current="page"' in menu
