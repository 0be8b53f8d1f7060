"""The overall search finds what was released of a report, and nothing else of it."""

import pytest

from stadtplatz.accounts.visitors import actor_for
from stadtplatz.cases.rules import link_holder
from stadtplatz.kit import jobs
from stadtplatz.search import actions as search
from stadtplatz.search.models import Document
from stadtplatz.search.queries import find
from stadtplatz.tickets import actions, commands
from stadtplatz.tickets.models import Category

SENT = "Vor der Schule liegt Fensterglas, sagt Frau Geheimrat."
RELEASED = "Vor der Schule liegt Fensterglas."


def found(words):
    return [hit.key for hit in find(words, kinds=["report"]).hits]


@pytest.fixture
def public(report, guest, worker):
    ticket = report(SENT, contact=guest)
    actions.release(ticket, text=RELEASED, answer="Die Kehrmaschine kommt.", by=worker)
    search.learn()
    return ticket


def test_a_released_report_is_found_by_its_released_words_alone(public, client):
    number = public.case.number
    assert found("Fensterglas") == found("Kehrmaschine") == found("Straßenschaden") == [number]
    assert found("Geheimrat") == []
    assert "Geheimrat" not in str(list(Document.objects.values()))
    page = client.get("/suche/?q=Fensterglas").text
    assert f"/anliegen/karte/{number}/" in page or f"/{number}/" in page
    assert client.get(find("Fensterglas").hits[0].url).status_code == 200


def test_what_was_never_released_is_not_found(ticket):
    jobs.run_all()
    assert not Document.objects.filter(kind="report").exists()


def test_text_released_by_rule_is_found_after_masking(town, report):
    Category.objects.update(release=Category.AUTOMATIC)
    town.pothole.refresh_from_db()
    ticket = report("Loch vor BB-XY 123 am Brunnen.")
    jobs.run_all()
    search.learn()
    assert found("Brunnen") == [ticket.case.number]
    assert found("BB-XY") == []


@pytest.mark.parametrize("how", ["hide", "reporter", "erase", "never"])
def test_what_is_taken_away_is_not_found_any_more_at_once(public, worker, how):
    if how == "hide":
        actions.unpublish(public, by=worker)
    elif how == "reporter":
        actions.withdraw(public, by=link_holder(public.case))
    elif how == "erase":
        actions.anonymise(public, why="request")
    else:
        Category.objects.update(release=Category.NEVER)
        commands.VERBS["reindex"].run(print, {})
    assert found("Fensterglas") == []
    row = Document.objects.filter(kind="report").first()
    assert row is None or (row.title, row.body, row.keywords) == ("", "", "")


def test_words_taken_out_by_a_second_release_are_gone(public, worker):
    actions.release(public, text="Vor der Schule liegt etwas.", by=worker)
    assert found("Fensterglas") == []
    assert found("Schule") == [public.case.number]


def test_the_command_finds_everything_public_again_and_nothing_twice(public):
    Document.objects.all().delete()
    said = []
    commands.VERBS["reindex"].run(said.append, {})
    commands.VERBS["reindex"].run(said.append, {})
    assert said == ["1 public reports can be found."] * 2
    assert found("Fensterglas") == [public.case.number]


def test_moving_on_keeps_it_found_and_a_closed_one_counts_less(public, town):
    before = Document.objects.get(kind="report").weight
    actions.close(public, outcome="done", words="Erledigt.", by=actor_for(town.people.worker))
    jobs.run_all()
    assert found("Fensterglas") == [public.case.number]
    assert Document.objects.get(kind="report").weight < before
