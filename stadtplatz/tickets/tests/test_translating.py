"""Staff may keep a German reading beside a report; the reporter's own words stay and count."""

import pytest

from stadtplatz.cases.rules import link_holder
from stadtplatz.kit.refusals import NotAllowed, Stale
from stadtplatz.tickets import actions
from stadtplatz.tickets.models import Ticket, Translation

TURKISH = "Sokak lambası iki gündür yanmıyor."


@pytest.fixture
def foreign(report, guest):
    return report(TURKISH, contact=guest, language="tr")


def test_it_stands_beside_the_original_with_whose_it_is(foreign, town, browser):
    client, where = browser(town.people.worker), f"/desk/anliegen/{foreign.case.number}/"
    assert client.post(f"{where}uebersetzung/", {"text": "Die Laterne ist aus.", "version": "0"}).status_code == 302
    page = client.get(where).text
    assert TURKISH in page
    assert "Die Laterne ist aus." in page
    assert "von Worker" in page
    assert Ticket.objects.get().text == TURKISH
    assert "Die Laterne ist aus." not in browser().get(f"/anliegen/{foreign.case.secret}/").text
    assert client.post(f"{where}uebersetzung/", {"text": "", "version": "1"}).status_code == 302
    assert not Translation.objects.exists()


def test_only_who_handles_it_translates_and_nobody_overwrites_a_colleague(foreign, worker, town, browser):
    where = f"/desk/anliegen/{foreign.case.number}/uebersetzung/"
    assert browser(town.people.gardener).post(where, {"text": "Nein", "version": "0"}).status_code == 404
    with pytest.raises(NotAllowed):
        actions.keep_translation(foreign, text="Nein", by=link_holder(foreign.case))
    actions.keep_translation(foreign, text="Die Laterne ist aus.", by=worker)
    with pytest.raises(Stale):
        actions.keep_translation(foreign, text="Anders", by=worker)
    assert Translation.objects.get().text == "Die Laterne ist aus."


def test_it_is_forgotten_with_the_report(foreign, worker):
    actions.keep_translation(foreign, text="Die Laterne ist aus.", by=worker)
    actions.anonymise(foreign, why="request")
    assert not Translation.objects.exists()


def test_german_reports_offer_no_translation(report, town, browser):
    page = browser(town.people.worker).get(f"/desk/anliegen/{report().case.number}/").text
    assert "Übersetzung" not in page
