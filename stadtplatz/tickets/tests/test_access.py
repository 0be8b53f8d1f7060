"""Who may open what: each page and verb, tried as each kind of visitor."""

import pytest
from django.urls import reverse

from stadtplatz.accounts.visitors import actor_for
from stadtplatz.kit import codes
from stadtplatz.kit.actors import ANONYMOUS
from stadtplatz.kit.refusals import NotAllowed
from stadtplatz.kit.uploads import accept_image
from stadtplatz.tickets import actions, queries
from stadtplatz.tickets.tests.conftest import picture
from stadtplatz.tickets.tests.test_way import unchanged

READS = {
    # visitor: desk list, desk page, desk photo, page with the link, photo with the link
    "stranger": (302, 302, 302, 200, 200),
    "citizen": (403, 403, 403, 200, 200),
    "gardener": (200, 404, 404, 200, 200),
    "operator": (200, 404, 404, 200, 200),
    "worker": (200, 200, 200, 200, 200),
    "colleague": (200, 200, 200, 200, 200),
    "head": (200, 200, 200, 200, 200),
}


@pytest.fixture
def photographed(report, guest):
    return report(contact=guest, photos=[accept_image(picture())])


@pytest.mark.parametrize("who", READS)
def test_each_visitor_opens_what_is_theirs(browser, photographed, town, who):
    """The secret link is the key to the reporter's page for whoever holds it; at the desk the rule decides."""
    client = browser(None if who == "stranger" else getattr(town.people, who))
    case, photo = photographed.case, photographed.case.documents.get()
    addresses = [
        "/desk/anliegen/",
        reverse("desk-ticket", args=[case.number]),
        reverse("desk-ticket-photo", args=[case.number, photo.pk]),
        reverse("tickets-page", args=[case.secret]),
        reverse("tickets-photo", args=[case.secret, photo.pk]),
    ]
    assert tuple(client.get(address).status_code for address in addresses) == READS[who]


@pytest.mark.parametrize("who", ["stranger", "citizen", "gardener", "operator", "reporter"])
@pytest.mark.parametrize(
    "verb", ["accept", "start", "ask", "pass_on", "write", "close", "change_category", "take_back"]
)
def test_nobody_but_the_responsible_works_on_a_report(ticket, reporter, town, who, verb):
    by = {"stranger": ANONYMOUS, "reporter": reporter}.get(who) or actor_for(getattr(town.people, who))
    if verb == "write" and who == "reporter":
        given, refused = {"body": "x", "internal": True}, True
    else:
        given = {
            "ask": {"words": "x"},
            "pass_on": {"unit": town.green, "reason": "x"},
            "write": {"body": "x"},
            "close": {"outcome": "done", "words": "x"},
            "change_category": {"category": town.tree},
            "take_back": {"words": "x"},
        }.get(verb, {})
        refused = True
    same = unchanged(ticket)
    with pytest.raises(NotAllowed):
        getattr(actions, verb)(ticket, by=by, **given)
    assert refused
    assert same()


@pytest.mark.parametrize("who", ["stranger", "citizen", "gardener", "worker", "operator"])
@pytest.mark.parametrize("verb", ["answer", "reopen", "withdraw"])
def test_nobody_but_the_reporter_speaks_for_the_reporter(ticket, report, town, who, verb):
    from stadtplatz.cases.rules import link_holder

    worker = actor_for(town.people.worker)
    if verb == "reopen":
        ticket = actions.close(ticket, outcome="done", words="x", by=worker)
    elif verb == "answer":
        ticket = actions.ask(ticket, words="x", by=worker)
    given = {"answer": {"body": "x"}, "reopen": {"words": "x"}}.get(verb, {})
    same = unchanged(ticket)
    other_link = link_holder(report().case)
    for by in (ANONYMOUS if who == "stranger" else actor_for(getattr(town.people, who)), other_link):
        with pytest.raises(NotAllowed):
            getattr(actions, verb)(ticket, by=by, **given)
    assert same()


def test_the_account_of_the_reporter_is_the_reporter(report, town):
    citizen = actor_for(town.people.citizen)
    ticket = report(by=citizen)
    actions.withdraw(ticket, by=citizen)
    ticket.case.refresh_from_db()
    assert ticket.case.state == "withdrawn"


def test_a_unit_that_passed_it_on_no_longer_opens_it(browser, ticket, worker, town):
    actions.pass_on(ticket, unit=town.green, reason="x", by=worker)
    address = reverse("desk-ticket", args=[ticket.case.number])
    assert browser(town.people.worker).get(address).status_code == 404
    assert browser(town.people.gardener).get(address).status_code == 200


def test_numbers_and_guessed_secrets_open_nothing(browser, ticket):
    client = browser()
    for guess in (ticket.case.number, codes.new_secret(), "../../etc/passwd", "x" * 22):
        assert client.get(f"/anliegen/{guess}/").status_code == 404
    assert queries.by_number_and_code(ticket.case.number, codes.new_typed_code()) is None
    assert queries.by_number_and_code(ticket.case.number, ticket.case.typed_code) == ticket


def test_a_photo_of_another_report_is_not_served_with_this_link(browser, photographed, report):
    other = report()
    photo = photographed.case.documents.get()
    client = browser()
    assert client.get(reverse("tickets-photo", args=[other.case.secret, photo.pk])).status_code == 404
    assert client.get(reverse("tickets-draft-photo", args=[codes.new_secret(), photo.pk])).status_code == 404


def test_pages_of_reports_stay_out_of_caches_and_search_engines(browser, ticket):
    answer = browser().get(reverse("tickets-page", args=[ticket.case.secret]))
    assert "no-store" in answer["Cache-Control"]
    assert 'content="noindex"' in answer.content.decode()
