"""What was reported close by is shown before it is reported twice; and others may join a report."""

from datetime import timedelta

import pytest
from django.urls import reverse

from stadtplatz.accounts.visitors import actor_for
from stadtplatz.audit.models import Record
from stadtplatz.kit import clock
from stadtplatz.kit.actors import ANONYMOUS
from stadtplatz.kit.refusals import ActionRefused, NotAllowed
from stadtplatz.notifications.models import Message
from stadtplatz.tickets import actions, limits, queries
from stadtplatz.tickets.actions import echo as echoes
from stadtplatz.tickets.models import Draft, Echo, Ticket
from stadtplatz.tickets.queries.nearby import metres_between
from stadtplatz.tickets.tests.conftest import MONDAY, PLACE
from stadtplatz.tickets.tests.test_danger import work_off
from stadtplatz.tickets.tests.test_pages import begun

pytestmark = pytest.mark.usefixtures("town", "at_noon")
DAY = timedelta(days=1)
NORTH = 1 / 111_195


def beside(metres):
    return (PLACE[0], PLACE[1] + metres * NORTH)


def seen(town, **fields):
    return [row.ticket for row in queries.nearby(PLACE, town.pothole, **fields)]


def test_metres_are_metres():
    assert round(metres_between((8.87, 48.6), (8.87, 48.601))) == 111
    assert round(metres_between((8.87, 48.6), (8.871, 48.6))) == 74


def test_the_nearest_come_first_within_the_radius_of_the_category(report, town):
    far, near, _too_far = report(place=beside(49)), report(place=beside(3)), report(place=beside(53))
    assert seen(town) == [near, far]
    assert [row.metres for row in queries.nearby(PLACE, town.pothole)] == [3, 49]
    town.pothole.nearby_metres = 10
    assert seen(town) == [near]
    town.pothole.nearby_metres = 0
    assert seen(town) == []


def test_open_ones_stay_ended_ones_go_after_the_days_of_the_category(report, worker, town):
    old, done, declined = report(at=MONDAY - 90 * DAY), report(), report()
    actions.close(done, outcome="done", words="Fertig.", by=worker)
    actions.close(declined, outcome="declined", words="Nein.", by=worker)
    assert set(seen(town)) == {old, done}
    assert seen(town, at=MONDAY + 20 * DAY) == [old]


def test_other_categories_withdrawn_and_accusing_ones_are_not_shown(report, town):
    report(category=town.tree)
    withdrawn = report()
    actions.withdraw(withdrawn, by=ANONYMOUS.__class__("link", f"link:{withdrawn.case_id}"))
    assert seen(town) == []
    kept = report()
    town.pothole.accuses = True
    town.pothole.save()
    assert seen(town) == []
    actions.release(kept, text="Ein Loch.", pictures=[], by=actor_for(town.people.worker))
    assert seen(town) == [kept]


def test_only_what_was_released_is_read_by_others(report, town):
    ticket = report("Ein Schlagloch vor dem Haus von Frau Beispiel.")
    (row,) = queries.nearby(PLACE, town.pothole)
    assert (row.text, row.photos) == ("", [])
    actions.release(ticket, text="Ein Schlagloch.", pictures=[], by=actor_for(town.people.worker))
    (row,) = queries.nearby(PLACE, town.pothole)
    assert row.text == "Ein Schlagloch."


@pytest.mark.parametrize("number", [1, 40])
def test_the_list_asks_few_questions(report, town, django_assert_max_num_queries, number):
    for _ in range(number):
        report()
    with django_assert_max_num_queries(5):
        assert len(queries.nearby(PLACE, town.pothole)) == min(number, 5)


def to_nearby(client):
    place = begun(client, text="Das Loch ist auch mir aufgefallen.")["Location"]
    kind = client.post(place, {"lon": PLACE[0], "lat": PLACE[1]})["Location"]
    return client.post(kind, {"category": "road-damage"})["Location"]


def test_one_tap_instead_of_a_duplicate(browser, ticket):
    client = browser()
    nearby = to_nearby(client)
    page = client.get(nearby).content.decode()
    assert nearby.endswith("/schon-gemeldet/")
    assert "Betrifft mich auch" in page
    assert "genau an dieser Stelle" in page
    assert "0 Meter" not in page
    assert ticket.case.number not in page
    assert ticket.case.secret not in page
    assert "Ein tiefes Schlagloch" not in page
    own = client.post(nearby, {"join": ticket.pk})["Location"]
    assert (Ticket.objects.count(), Draft.objects.count(), Echo.objects.count()) == (1, 0, 1)
    page = client.get(own).content.decode()
    assert "Straßenschaden" in page
    assert "2 Personen" in page
    assert ticket.case.secret not in page
    client.post(own, {"email": "nachbar@example.org"})
    assert Echo.objects.get().guest.email == "nachbar@example.org"
    assert Record.objects.filter(verb="tickets.me_too").count() == 1


def test_something_else_goes_on_and_is_asked_once(browser, ticket):
    client = browser()
    nearby = to_nearby(client)
    review = client.post(nearby, {"other": "1"})["Location"]
    assert review.endswith("/absenden/")
    assert "/gesendet/" in client.post(review, {})["Location"]
    assert Ticket.objects.count() == 2


def test_only_what_is_shown_can_be_joined(browser, ticket, report, town):
    elsewhere = report(place=beside(500))
    answer = browser().post(to_nearby(browser()), {"join": elsewhere.pk})
    assert answer.status_code == 422
    assert not Echo.objects.exists()


def test_one_browser_counts_once(browser, ticket):
    client = browser()
    for _ in range(2):
        client.post(to_nearby(client), {"join": ticket.pk})
    assert Echo.objects.count() == 1
    other = browser()
    other.post(to_nearby(other), {"join": ticket.pk})
    assert Echo.objects.count() == 2


def test_followers_read_how_it_goes_on_but_no_words(ticket, worker, town):
    actions.join(ticket, kind=Echo.FOLLOW, by=ANONYMOUS, email="folge@example.org")
    actions.close(ticket, outcome="done", words="Frau Beispiel wurde informiert.", by=worker)
    work_off("tickets.done")
    mail = Message.objects.get(address="folge@example.org")
    assert mail.subject == "Straßenschaden: Erledigt"
    assert "Frau Beispiel" not in mail.text
    assert ticket.case.secret not in mail.text
    assert ticket.case.number not in mail.text


def test_who_joined_is_promised_news_only_while_there_can_be_some(browser, ticket, worker):
    found = actions.join(ticket, kind=Echo.FOLLOW, by=ANONYMOUS, email="folge@example.org")
    page = reverse("tickets-echo", args=[found.secret])
    assert "Wir schreiben Ihnen" in browser().get(page).content.decode()
    actions.close(ticket, outcome="done", words="Fertig.", by=worker)
    assert "Wir schreiben Ihnen" not in browser().get(page).content.decode()


def test_who_takes_it_back_is_forgotten(browser, ticket):
    found = actions.join(ticket, kind=Echo.ME_TOO, by=ANONYMOUS, browser="b" * 22)
    client = browser()
    client.post(reverse("tickets-unfollow", args=[found.secret]))
    assert not Echo.objects.exists()
    assert client.get(reverse("tickets-echo", args=[found.secret])).status_code == 404


def test_still_there_is_told_once_a_day_and_answered(ticket, worker, town):
    actions.close(ticket, outcome="done", words="Fertig.", by=worker, at=MONDAY)
    for n in range(5):
        actions.join(ticket, kind=Echo.STILL_THERE, by=ANONYMOUS, browser=f"{n}" * 22, at=clock.now())
    assert Record.objects.filter(verb="tickets.still_there").count() == 1
    work_off("tickets.still_there")
    assert Message.objects.get(address="worker@example.org").subject.startswith("Noch da, sagen andere")
    assert queries.echo_counts([ticket])[ticket.pk].still_there == 5
    actions.take_back(ticket, words="Wir sehen nach.", by=worker)
    work_off("tickets.reopened")
    assert queries.echo_counts([ticket])[ticket.pk].still_there == 0


def test_a_flood_of_voices_is_bounded(ticket, monkeypatch):
    monkeypatch.setattr(echoes, "MOST_A_DAY", 2)
    for n in range(2):
        actions.join(ticket, kind=Echo.ME_TOO, by=ANONYMOUS, browser=f"{n}" * 22)
    with pytest.raises(ActionRefused) as refusal:
        actions.join(ticket, kind=Echo.ME_TOO, by=ANONYMOUS, browser="x" * 22)
    assert refusal.value.code == "flood"
    assert Echo.objects.count() == 2


def test_a_flood_from_one_address_is_stopped(browser, ticket, monkeypatch):
    monkeypatch.setattr(limits, "ECHOES", 0)
    client = browser()
    nearby = to_nearby(client)
    assert client.post(nearby, {"join": ticket.pk}).status_code == 429
    assert (Echo.objects.count(), Draft.objects.count()) == (0, 1)


@pytest.mark.parametrize("kind", [Echo.STILL_THERE, "nonsense"])
def test_what_does_not_fit_is_refused(ticket, kind):
    with pytest.raises(ActionRefused):
        actions.join(ticket, kind=kind, by=ANONYMOUS, browser="b" * 22)
    assert not Echo.objects.exists()


def test_ended_and_accusing_reports_cannot_be_joined(ticket, worker, town):
    town.pothole.accuses = True
    town.pothole.save()
    with pytest.raises(NotAllowed):
        actions.join(ticket, kind=Echo.ME_TOO, by=ANONYMOUS, browser="b" * 22)
    town.pothole.accuses = False
    town.pothole.save()
    actions.close(ticket, outcome="declined", words="Nein.", by=worker)
    with pytest.raises(ActionRefused):
        actions.join(ticket, kind=Echo.FOLLOW, by=ANONYMOUS, browser="b" * 22)
    assert not Echo.objects.exists()


def test_from_the_public_page_people_join_without_a_token_but_from_our_pages_only(browser, ticket, town):
    address = reverse("tickets-join", args=[ticket.case.number])
    ours = {"Sec-Fetch-Site": "same-origin"}
    assert browser().post(address, {"kind": "me_too"}, headers=ours).status_code == 404
    actions.release(ticket, text="Ein Loch.", pictures=[], by=actor_for(town.people.worker))
    assert browser().post(address, {"kind": "me_too"}, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert not Echo.objects.exists()
    assert browser().post(address, {"kind": "follow"}, headers=ours).status_code == 302
    assert Echo.objects.get().kind == Echo.FOLLOW


def test_the_public_page_offers_to_join_and_after_the_end_to_say_that_it_is_still_there(browser, ticket, worker, town):
    actions.release(ticket, text="Ein Loch.", pictures=[], by=worker)
    address = reverse("tickets-public", args=[ticket.case.number])
    assert "Betrifft es Sie auch?" in browser().get(address).content.decode()
    actions.close(ticket, outcome="done", words="Fertig.", by=worker)
    assert "Ist es noch da?" in browser().get(address).content.decode()
