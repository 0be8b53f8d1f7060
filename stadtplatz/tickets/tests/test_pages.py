"""The pages, as people walk them without scripts."""

import pytest
from django.urls import reverse

from stadtplatz.kit import ratelimit
from stadtplatz.kit.models import RateCounter
from stadtplatz.tickets import actions, limits
from stadtplatz.tickets.models import Draft, Ticket
from stadtplatz.tickets.tests.conftest import MONDAY, PLACE, not_a_picture, picture

pytestmark = pytest.mark.usefixtures("town")
TEXT = "Ein tiefes Schlagloch vor dem Haus."


def begun(client, text=TEXT, photos=(), **more):
    return client.post("/anliegen/neu/", {"text": text, "photos": list(photos), **more})


def walked(client, photos=(), email=""):
    """From the first question to the review; returns the address of the review."""
    place = begun(client, photos=photos)["Location"]
    kind = client.post(place, {"lon": PLACE[0], "lat": PLACE[1], "address": "", "note": "an der Ecke"})["Location"]
    return client.post(kind, {"category": "road-damage"})["Location"]


def test_a_stranger_reports_with_photo_and_follows_it(browser, town):
    client = browser()
    review = walked(client, [picture()])
    page = client.get(review).content.decode()
    assert TEXT in page
    assert "Straßenschaden" in page
    sent = client.post(review, {"email": "mein@example.org"})["Location"]
    ticket = Ticket.objects.get()
    page = client.get(sent).content.decode()
    assert ticket.case.number in page
    assert ticket.case.spelled_code in page
    assert "Tiefbauamt" in page
    assert (ticket.place_note, ticket.case.applicant_guest.email) == ("an der Ecke", "mein@example.org")
    follow = client.get(reverse("tickets-page", args=[ticket.case.secret])).content.decode()
    assert "Ihr Anliegen ist angekommen" in follow
    photo = ticket.case.documents.get()
    assert client.get(reverse("tickets-photo", args=[ticket.case.secret, photo.pk])).status_code == 200


def test_sending_twice_leads_to_the_one_report(browser):
    client = browser()
    review = walked(client)
    first, second = client.post(review, {}), client.post(review, {})
    assert first["Location"] == second["Location"]
    assert Ticket.objects.count() == 1
    assert client.get(review)["Location"] == first["Location"]


def test_a_bad_photo_does_not_lose_the_rest(browser):
    answer = begun(browser(), photos=[picture("gut.jpg"), not_a_picture("böse.jpg")])
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "böse.jpg" in page
    assert "1 Foto ist gespeichert" in page
    assert TEXT in page
    assert Draft.objects.get().photos.count() == 1


def test_a_refused_text_keeps_the_photos(browser):
    answer = begun(browser(), text="", photos=[picture()])
    assert answer.status_code == 422
    draft = Draft.objects.get()
    assert draft.photos.count() == 1
    assert reverse("tickets-draft-photo", args=[draft.token, draft.photos.get().pk]) in answer.content.decode()


def test_fifty_thousand_characters_are_answered_and_kept(browser):
    answer = begun(browser(), text="Loch " * 10_000)
    assert answer.status_code == 422
    assert "10000" in answer.content.decode()
    assert len(Draft.objects.get().text) == 50_000


def test_a_sixth_photo_is_named_and_a_photo_can_be_taken_out(browser):
    client = browser()
    answer = begun(client, photos=[picture(f"{i}.jpg") for i in range(6)])
    assert "5.jpg" in answer.content.decode()
    draft = Draft.objects.get()
    photo = draft.photos.first()
    client.post(reverse("tickets-draft-photo-remove", args=[draft.token, photo.pk]))
    assert draft.photos.count() == 4
    assert client.get(reverse("tickets-draft-photo", args=[draft.token, photo.pk])).status_code == 404


def test_a_place_outside_says_who_helps_and_keeps_what_was_typed(browser):
    client = browser()
    place = begun(client)["Location"]
    answer = client.post(place, {"lon": 9.2, "lat": 48.7, "address": "Stuttgart", "note": "am Bahnhof"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Die 115 hilft weiter." in page
    assert "am Bahnhof" in page
    assert Draft.objects.get().place is None


@pytest.mark.parametrize(
    "given", [{}, {"address": "Nirgendwoweg 7"}, {"choice": "x;y"}, {"lon": "abc", "lat": "1"}, {"lon": 999, "lat": 48}]
)
def test_a_place_that_is_none_is_refused(browser, given):
    client = browser()
    place = begun(client)["Location"]
    assert client.post(place, given).status_code == 422
    assert Draft.objects.get().place is None


def test_an_unknown_category_is_refused(browser):
    client = browser()
    place = begun(client)["Location"]
    kind = client.post(place, {"lon": PLACE[0], "lat": PLACE[1]})["Location"]
    assert client.post(kind, {"category": "nonsense"}).status_code == 422
    assert Draft.objects.get().category is None


def test_open_questions_come_before_the_review(browser):
    place = begun(browser())["Location"]
    review = place.replace("/ort/", "/absenden/")
    assert browser().get(review)["Location"] == place
    assert browser().post(review, {})["Location"] == place
    assert not Ticket.objects.exists()


def test_robots_fill_the_field_that_people_do_not_see(browser):
    client = browser()
    review = walked(client)
    assert client.post(review, {"website": "http://spam.example"}).status_code == 422
    assert not Ticket.objects.exists()


def test_a_flood_from_one_address_is_stopped_before_anything_is_written(browser, monkeypatch):
    monkeypatch.setattr(limits, "DRAFTS", 2)
    client = browser()
    assert [begun(client).status_code for _ in range(3)] == [302, 302, 429]
    assert Draft.objects.count() == 2


def test_too_many_reports_are_refused_on_the_form(browser, monkeypatch):
    monkeypatch.setattr(limits, "REPORTS", 0)
    client = browser()
    answer = client.post(walked(client), {"email": "mein@example.org"})
    assert answer.status_code == 429
    assert "mein@example.org" in answer.content.decode()
    assert not Ticket.objects.exists()
    assert RateCounter.objects.filter(key__startswith="tickets.send").exists()
    assert ratelimit is not None


def test_the_page_carries_messages_both_ways(browser, ticket, worker, town):
    actions.ask(ticket, words="Wo genau ist es?", by=worker)
    address = reverse("tickets-page", args=[ticket.case.secret])
    client = browser()
    assert "Wo genau ist es?" in client.get(address).content.decode()
    client.post(f"{address}antwort/", {"words": "An der <b>Ecke</b>.", "photos": [picture(), not_a_picture()]})
    page = browser(town.people.worker).get(reverse("desk-ticket", args=[ticket.case.number])).content.decode()
    assert "An der &lt;b&gt;Ecke&lt;/b&gt;." in page
    ticket.case.refresh_from_db()
    assert ticket.case.state == "accepted"
    assert ticket.case.documents.count() == 1


def test_an_empty_answer_is_refused_on_the_page(browser, ticket):
    answer = browser().post(reverse("tickets-answer", args=[ticket.case.secret]), {"words": " "})
    assert answer.status_code == 422
    assert not ticket.case.messages.exists()


def test_the_reporter_opens_again_and_withdraws(browser, ticket, worker):
    actions.close(ticket, outcome="done", words="Fertig.", by=worker)
    client = browser()
    client.post(reverse("tickets-reopen", args=[ticket.case.secret]), {"words": "Nicht fertig."})
    ticket.case.refresh_from_db()
    assert ticket.case.state == "new"
    client.post(reverse("tickets-withdraw", args=[ticket.case.secret]))
    ticket.case.refresh_from_db()
    assert ticket.case.state == "withdrawn"
    assert client.post(reverse("tickets-withdraw", args=[ticket.case.secret])).status_code == 409


def test_the_desk_works_a_report_from_first_to_last(browser, ticket, town):
    client = browser(town.people.worker)
    address = reverse("desk-ticket", args=[ticket.case.number])
    assert "Schlagloch" in client.get("/desk/anliegen/").content.decode()

    def version():
        ticket.case.refresh_from_db()
        return ticket.case.version

    client.post(f"{address}schritt/accept/", {"version": version()})
    client.post(f"{address}nachricht/", {"version": version(), "words": "Wir kommen.", "send": "1"})
    client.post(f"{address}nachricht/", {"version": version(), "words": "Nur für uns.", "note": "1"})
    client.post(f"{address}schritt/start/", {"version": version(), "words": ""})
    answer = client.post(
        f"{address}abschliessen/",
        {"version": version(), "outcome": "done", "words": "Geflickt.", "photos": [picture()]},
    )
    assert answer["Location"] == address
    assert version()
    assert ticket.case.state == "done"
    page = browser().get(reverse("tickets-page", args=[ticket.case.secret])).content.decode()
    assert "Wir kommen." in page
    assert "Geflickt." in page
    assert "Nur für uns." not in page
    assert "Worker" not in page


def test_a_stale_form_shows_how_it_is_now_and_keeps_the_words(browser, ticket, worker, town):
    seen = ticket.case.version
    actions.start(actions.accept(ticket, by=worker), by=worker)
    address = reverse("desk-ticket-close", args=[ticket.case.number])
    answer = browser(town.people.colleague).post(
        address, {"version": seen, "outcome": "declined", "words": "Mein Text."}
    )
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Mein Text." in page
    assert "In Arbeit" in page
    ticket.case.refresh_from_db()
    assert ticket.case.state == "in_progress"


def test_passing_on_and_correcting_the_category_at_the_desk(browser, ticket, report, town):
    client = browser(town.people.worker)
    address = reverse("desk-ticket-pass-on", args=[ticket.case.number])
    assert client.get(address).status_code == 200
    given = {"version": ticket.case.version, "target": f"{town.green.pk}:"}
    assert client.post(address, {**given, "words": ""}).status_code == 422
    assert client.post(address, {**given, "words": "Wurzel"})["Location"] == "/desk/anliegen/"
    other = report()
    address = reverse("desk-ticket-category", args=[other.case.number])
    assert client.post(address, {"version": other.case.version, "category": "green"})["Location"] == "/desk/anliegen/"
    other.case.refresh_from_db()
    assert other.case.unit == town.green


def test_a_standard_answer_is_put_into_its_form(browser, ticket, town):
    from stadtplatz.tickets.models import ReplyTemplate

    ReplyTemplate.objects.create(code="fixed", names={"de": "Repariert"}, bodies={"de": "Ist repariert."}, move="done")
    page = browser(town.people.worker).get(reverse("desk-ticket", args=[ticket.case.number]) + "?antwort=fixed")
    assert "Ist repariert.</textarea>" in page.content.decode()


@pytest.mark.parametrize("number", [1, 30])
def test_lists_and_pages_ask_few_questions(
    browser, report, ticket, worker, town, django_assert_max_num_queries, number
):
    from stadtplatz.kit import codes

    for i in range(number):
        actions.write(ticket, body=f"Nachricht {i}", by=worker, internal=bool(i % 2))
        if i:
            report(f"Noch ein Schlagloch {i}")
    client = browser(town.people.worker)
    client.get("/desk/anliegen/")
    assert codes.read_number(ticket.case.number)
    with django_assert_max_num_queries(10):
        client.get("/desk/anliegen/?liste=all")
    with django_assert_max_num_queries(12):
        client.get(reverse("desk-ticket", args=[ticket.case.number]))
    with django_assert_max_num_queries(10):
        browser().get(reverse("tickets-page", args=[ticket.case.secret]))
    with django_assert_max_num_queries(4):
        browser().get("/anliegen/")


def test_pages_speak_english_too(browser, ticket):
    page = browser().get(f"/en/anliegen/{ticket.case.secret}/").content.decode()
    assert "Your report has arrived." in page
    assert "Road damage" in page
    assert ticket.case.received_at == MONDAY


def test_reading_strangers_get_no_cookie_of_a_session(browser):
    client = browser()
    client.get("/anliegen/")
    client.get("/anliegen/neu/")
    assert "sessionid" not in client.cookies
    assert not Draft.objects.exists()
