"""Figures for heads: of units, never of single people, and not from a handful of reports."""

from datetime import timedelta

import pytest

from stadtplatz.accounts.models import Person
from stadtplatz.accounts.visitors import actor_for
from stadtplatz.cases.actions import Hand
from stadtplatz.cases.models import Case
from stadtplatz.city.models import District, Membership
from stadtplatz.kit import clock
from stadtplatz.kit.actors import SYSTEM
from stadtplatz.tickets import actions
from stadtplatz.tickets.actions import PastReport
from stadtplatz.tickets.charts import bars
from stadtplatz.tickets.models import Feedback, Guidance, Ticket
from stadtplatz.tickets.queries.dashboard import dashboard
from stadtplatz.tickets.tests.conftest import MONDAY, PLACE, SQUARE

NOW = MONDAY + timedelta(days=60)


@pytest.fixture
def head(town):
    return actor_for(town.people.head)


@pytest.fixture
def past(town):
    """`past(6, closed=3)`: six reports answered after a day and done after three."""

    def made(count, *, closed=None, unit=None, **fields):
        ends = {"closed_at": MONDAY + timedelta(days=closed), "outcome": "done"} if closed else {}
        row = PastReport(
            **{
                "text": "Loch.",
                "category": town.pothole,
                "to": Hand(unit or town.roads),
                "received_at": MONDAY,
                "place": PLACE,
            }
            | {"accepted_at": MONDAY + timedelta(days=1), "place_label": "Hauptstraße 1"}
            | ends
            | fields
        )
        actions.import_reports([row] * count, source="Altstadt", by=SYSTEM, at=NOW)

    return made


def crowd(town, unit, count):
    for number in range(count):
        person = Person.objects.create_user(f"{unit.slug}{number}@example.org", name=f"P{number}")
        Membership.objects.create(person=person, unit=unit)


def test_times_promises_and_what_is_late(past, head):
    past(6, closed=3)
    past(1)
    whole = dashboard(head, at=NOW).whole
    assert (whole.received, whole.open, whole.late) == (7, 1, 1)
    assert (whole.first_answer, whole.done, whole.kept) == (1.0, 3.0, 86)


def test_a_report_whose_deadline_rests_is_open_and_not_late(past, head):
    past(1)
    Case.objects.update(due=None, resting=True)
    whole = dashboard(head, at=NOW).whole
    assert (whole.open, whole.late) == (1, 0)


def test_figures_from_fewer_than_five_reports_are_left_out(past, head):
    past(4, closed=3)
    whole = dashboard(head, at=NOW).whole
    assert whole.received == 4
    assert (whole.first_answer, whole.done, whole.kept, whole.reopened, whole.solved) == (None,) * 5


def test_a_unit_with_fewer_than_three_people_is_counted_with_the_one_above(past, town, head):
    past(6, closed=3)
    past(6, closed=3, unit=town.green)
    assert [row.name for row in dashboard(head, at=NOW).units] == ["Technik"]
    crowd(town, town.green, 2)
    assert {row.name: row.received for row in dashboard(head, at=NOW).units} == {"Grünflächen": 6, "Technik": 6}


def test_what_reporters_say_and_what_came_back(past, town, head):
    past(10, closed=3)
    for number, ticket in enumerate(Ticket.objects.order_by("pk")[:5]):
        solved = Feedback.NO if number == 0 else Feedback.YES
        Feedback.objects.create(ticket=ticket, closed_at=MONDAY, solved=solved, reopened=number == 0, at=MONDAY)
    whole = dashboard(head, at=NOW).whole
    assert (whole.solved, whole.answers, whole.reopened) == (80, 5, 10)


def test_heads_see_their_units_and_nobody_else_sees_anything(past, town, browser, at_noon):
    past(6, unit=town.green)
    for person, status in (
        (town.people.head, 200), (town.people.worker, 403), (town.people.citizen, 403), (town.people.operator, 403), (None, 302),
    ):  # fmt: skip
        assert browser(person).get("/desk/anliegen/auswertung/").status_code == status
    lead = Person.objects.create_user("lead@example.org", name="Lead")
    Membership.objects.create(person=lead, unit=town.roads, role=Membership.LEAD)
    assert dashboard(actor_for(lead), at=NOW).whole.received == 0


def test_for_each_thousand_residents_only_with_a_source(past, head):
    past(8)
    assert dashboard(head, at=NOW).town_per_thousand is None
    Guidance.objects.update(residents={"source": "Melderegister, 31.12.2025", "town": 4000})
    found = dashboard(head, at=NOW)
    assert (found.town_per_thousand, found.residents_source) == (2.0, "Melderegister, 31.12.2025")


def test_a_place_with_many_reports_stands_out(past, head):
    past(4, place=(8.9, 48.55))
    past(7)
    spots = dashboard(head, at=NOW).spots
    assert [(spot.label, spot.count) for spot in spots] == [("Hauptstraße 1", 7)]


def test_week_by_week_nothing_is_left_out(past, head):
    past(3, closed=10)
    weeks = dashboard(head, at=NOW).weeks
    assert [(week.received, week.closed) for week in weeks if week.received or week.closed] == [(3, 0), (0, 3)]
    chart = bars([(week.monday, week.received, week.closed) for week in weeks])
    assert len(chart.bars) == len(weeks)
    assert all(0 <= bar.x <= chart.width - 2 * bar.width for bar in chart.bars)


@pytest.mark.parametrize("table", ["units", "categories", "weeks", "districts", "channels", "spots"])
def test_each_table_comes_as_csv(past, town, browser, at_noon, table):
    past(6)
    answer = browser(town.people.head).get("/desk/anliegen/auswertung/", {"csv": table})
    assert answer["Content-Type"].startswith("text/csv")
    assert len(answer.content.decode("utf-8-sig").splitlines()) > 1


def test_the_page_names_nobody_and_needs_few_queries(past, town, browser, at_noon, django_assert_max_num_queries):
    past(40, closed=3, received_at=MONDAY - timedelta(days=20))
    visitor = browser(town.people.head)
    visitor.get("/desk/anliegen/auswertung/")
    with django_assert_max_num_queries(12):
        page = visitor.get("/desk/anliegen/auswertung/").content.decode()
    assert "Worker" not in page
    assert "Colleague" not in page


def test_words_that_look_like_formulas_are_harmless_in_a_spreadsheet():
    from stadtplatz.kit.tables import csv_lines

    assert list(csv_lines([["=1+1", -3, None, 'Er sagte "ja"']])) == ['\'=1+1,-3,,"Er sagte ""ja"""\r\n']


def test_invented_numbers_of_residents_say_so(past, head, town, browser, monkeypatch):
    box = {"west": 8.8, "south": 48.5, "east": 8.95, "north": 48.65, "lon": 8.87, "lat": 48.6}
    District.objects.create(slug="mitte", name="Mitte", source=District.SUBURB, geometry=SQUARE, **box)
    found = {"source": "Melderegister, 31.12.2025", "districts": {"mitte": 1000}, "invented": ["mitte"]}
    Guidance.objects.update(residents=found)
    past(6)
    Case.objects.update(district=District.objects.get())
    monkeypatch.setattr(clock, "now", lambda: NOW)
    client = browser(town.people.head)
    page = client.get("/desk/anliegen/auswertung/").text
    assert "erfunden</span>" in page
    assert "für die Vorführung ausgedacht" in page
    assert "6.0,1" in client.get("/desk/anliegen/auswertung/?csv=districts").text.replace(";", ",").replace(
        "6,0", "6.0"
    )
    Guidance.objects.update(residents=found | {"invented": []})
    assert "erfunden</span>" not in client.get("/desk/anliegen/auswertung/").text
