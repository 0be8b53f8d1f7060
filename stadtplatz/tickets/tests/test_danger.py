"""Danger comes first: one question, the number to call, and the on-call service is alarmed at any hour."""

import http.server
import json
import threading
from datetime import UTC, datetime, timedelta

import pytest

from stadtplatz.accounts.visitors import actor_for
from stadtplatz.audit import actions as audit
from stadtplatz.audit.models import Record
from stadtplatz.kit import clock
from stadtplatz.kit.jobs import REGISTRY
from stadtplatz.kit.models import Job
from stadtplatz.kit.packs import Report, keep_row
from stadtplatz.kit.refusals import ActionRefused, NotAllowed
from stadtplatz.notifications.models import Message
from stadtplatz.notifications.rules import can_be_stopped
from stadtplatz.tickets import actions, queries
from stadtplatz.tickets.models import DangerKind, Draft, Ticket
from stadtplatz.tickets.queries.danger import kind_in_words
from stadtplatz.tickets.tests.conftest import PLACE
from stadtplatz.tickets.tests.test_pages import begun

pytestmark = pytest.mark.usefixtures("town")
CHRISTMAS_NIGHT = datetime(2026, 12, 26, 2, 30, tzinfo=UTC)
TEXT = "Auf dem Gehweg ist ein offener Kanalschacht!"


def verbs(ticket):
    return list(Record.objects.filter(subject_id=ticket.case_id).order_by("id").values_list("verb", flat=True))


def work_off(verb):
    """Run the reactions to the facts of this verb."""
    for job in Job.objects.filter(name="audit.reactions.react").order_by("id"):
        if Record.objects.get(pk=job.args[0]).verb == verb:
            REGISTRY[job.name](*job.args)
            job.delete()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Der Gullydeckel fehlt.", True),
        ("Ein OFFENER Schacht mitten im Weg", True),
        ("Schächte offen", True),
        ("Der Schacht vor dem Haus ist offen", True),
        ("Das Tor ist offen. Der Schacht stinkt.", False),
        ("Hier hängt ein Kabel", False),
        ("Das Kabel ist gerißen, riss am Kabel", True),
        ("Ein Schlagloch.", False),
        ("", False),
    ],
)
def test_words_of_one_sentence_point_to_a_danger(shaft, text, found):
    assert (kind_in_words(text) == shaft) is found


def test_umlauts_may_be_written_either_way(shaft):
    shaft.words = ["baum* stürz*"]
    for text in ("Bäume stürzen um", "Baeume stuerzen um", "BAUM STURZT"):
        assert kind_in_words(text, [shaft]) == shaft


def test_one_question_then_number_and_place_and_the_alarm_is_on_its_way(browser, shaft, town, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: CHRISTMAS_NIGHT)
    client = browser()
    danger = begun(client, text=TEXT)["Location"]
    assert danger.endswith("/gefahr/")
    page = client.get(danger).content.decode()
    assert "Kann dort jetzt jemand hineinfallen?" in page
    assert 'href="tel:070320000911"' in page
    assert client.post(danger, {"danger": "yes"})["Location"] == danger
    page = client.get(danger).content.decode()
    assert "07032 0000-911" in page
    assert "Bleiben Sie auf Abstand." in page
    sent = client.post(danger, {"lon": PLACE[0], "lat": PLACE[1], "note": "vor der Schule"})["Location"]
    ticket = Ticket.objects.get()
    assert (ticket.danger, ticket.danger_sure, ticket.danger_at) == (shaft, True, CHRISTMAS_NIGHT)
    assert (ticket.category, ticket.case.unit) == (town.pothole, town.green)
    assert clock.local(ticket.case.due).date().isoformat() == "2026-12-26"  # a holiday: danger waits for no working day
    page = client.get(sent).content.decode()
    assert "07032 0000-911" in page
    assert "Grünflächen" in page
    work_off("tickets.danger_reported")
    mails = Message.objects.filter(kind="alarm")
    assert {mail.address for mail in mails} == {"gardener@example.org", "head@example.org"}
    assert mails[0].subject.startswith("GEFAHR: Offener Schacht")
    assert mails[0].created_at == CHRISTMAS_NIGHT
    assert TEXT in mails[0].text
    assert not can_be_stopped("alarm")


def test_no_leads_on_and_is_not_asked_again(browser, shaft):
    client = browser()
    danger = begun(client, text=TEXT)["Location"]
    place = client.post(danger, {"danger": "no"})["Location"]
    assert place.endswith("/ort/")
    kind = client.post(place, {"lon": PLACE[0], "lat": PLACE[1]})["Location"]
    review = client.post(kind, {"category": "green"})["Location"]
    assert review.endswith("/absenden/")
    client.post(review, {})
    assert Ticket.objects.get().danger_at is None


def test_an_unclear_answer_asks_again_and_keeps_everything(browser, shaft):
    client = browser()
    danger = begun(client, text=TEXT)["Location"]
    assert client.post(danger, {}).status_code == 422
    draft = Draft.objects.get()
    assert (draft.text, draft.danger, draft.no_danger) == (TEXT, None, [])


def test_who_said_yes_too_early_takes_it_back(browser, shaft):
    client = browser()
    danger = begun(client, text=TEXT)["Location"]
    client.post(danger, {"danger": "yes"})
    assert client.post(danger, {"calm": "1"})["Location"].endswith("/ort/")
    assert not Ticket.objects.exists()


def test_a_category_of_danger_asks_too_and_with_the_place_known_yes_alarms_at_once(browser, shaft):
    client = browser()
    place = begun(client, text="Hier stimmt etwas nicht.")["Location"]
    kind = client.post(place, {"lon": PLACE[0], "lat": PLACE[1]})["Location"]
    danger = client.post(kind, {"category": "green"})["Location"]
    assert danger.endswith("/gefahr/")
    assert "/gesendet/" in client.post(danger, {"danger": "yes"})["Location"]
    assert Ticket.objects.get().category.code == "green"


def test_a_place_outside_is_refused_and_the_number_stays(browser, shaft):
    client = browser()
    danger = begun(client, text=TEXT)["Location"]
    client.post(danger, {"danger": "yes"})
    answer = client.post(danger, {"lon": 9.2, "lat": 48.7})
    assert answer.status_code == 422
    assert "07032 0000-911" in answer.content.decode()
    assert not Ticket.objects.exists()


def test_where_nobody_can_be_asked_the_words_decide_and_the_mail_says_so(report, shaft, town):
    ticket = report(TEXT, channel="mail")
    ticket.refresh_from_db()
    assert (ticket.danger, ticket.danger_sure, ticket.case.unit) == (shaft, False, town.green)
    work_off("tickets.danger_reported")
    assert "nach den Worten der Meldung" in Message.objects.filter(kind="alarm")[0].text


def test_an_alarm_nobody_takes_is_raised_again_and_stops_when_somebody_has_it(report, shaft, town, monkeypatch):
    ticket = report(TEXT, danger=shaft, at=CHRISTMAS_NIGHT)
    (again,) = Job.objects.filter(name="tickets.actions.danger.look_after")
    assert again.run_at == CHRISTMAS_NIGHT + timedelta(minutes=15)
    monkeypatch.setattr(clock, "now", lambda: again.run_at)
    REGISTRY[again.name](*again.args)
    assert verbs(ticket)[-1] == "tickets.danger_unanswered"
    work_off("tickets.danger_unanswered")
    assert "head@example.org" in {m.address for m in Message.objects.filter(subject__startswith="GEFAHR")}
    actions.accept(ticket, by=actor_for(town.people.gardener))
    known = verbs(ticket)
    REGISTRY[again.name](ticket.pk, 2)
    assert verbs(ticket) == known


def test_the_all_clear_is_given_by_the_responsible_alone(report, shaft, town):
    ticket = report(TEXT, danger=shaft)
    gardener = actor_for(town.people.gardener)
    assert list(queries.in_danger(gardener)) == [ticket]
    assert not queries.in_danger(actor_for(town.people.worker))
    with pytest.raises(NotAllowed):
        actions.give_all_clear(ticket, by=actor_for(town.people.worker))
    ticket.refresh_from_db()
    assert ticket.danger_at
    actions.give_all_clear(ticket, by=gardener)
    ticket.refresh_from_db()
    assert (ticket.danger_at, ticket.danger) == (None, shaft)
    with pytest.raises(ActionRefused):
        actions.give_all_clear(ticket, by=gardener)


def test_a_pager_hears_of_it_by_a_signed_web_hook(report, shaft, settings):
    heard = []

    class Pager(http.server.BaseHTTPRequestHandler):
        def do_POST(self):
            heard.append((dict(self.headers), self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(204)
            self.end_headers()

        def log_message(self, *args):
            """Quiet."""

    server = http.server.HTTPServer(("127.0.0.1", 0), Pager)
    threading.Thread(target=server.handle_request, daemon=True).start()
    settings.WEBHOOKS_TO_PRIVATE = True
    audit.listen(f"http://127.0.0.1:{server.server_port}/pager", verbs=["tickets.danger_reported"])
    ticket = report(TEXT, danger=shaft)
    (delivery,) = Job.objects.filter(name="audit.webhooks.deliver")
    REGISTRY[delivery.name](*delivery.args)
    server.server_close()
    ((headers, body),) = heard
    assert headers["Stadtplatz-Signature"].startswith("v1=")
    told = json.loads(body)
    assert (told["verb"], told["subject"]["id"]) == ("tickets.danger_reported", ticket.case_id)
    assert told["keys"] == {"danger": "shaft", "sure": True, "unit": "gruen"}


def test_a_danger_stands_out_at_the_desk(browser, report, shaft, town):
    ticket = report(TEXT, danger=shaft)
    client = browser(town.people.gardener)
    assert "GEFAHR: Offener Schacht" in client.get("/desk/anliegen/").content.decode()
    assert "GEFAHR: Offener Schacht" in client.get(f"/desk/anliegen/{ticket.case.number}/").content.decode()


def test_the_all_clear_is_a_button_at_the_desk_and_stands_on_both_timelines(browser, report, shaft, town):
    ticket = report(TEXT, danger=shaft)
    where = f"/desk/anliegen/{ticket.case.number}/"
    client = browser(town.people.gardener)
    assert "Entwarnung geben" in client.get(where).text
    assert browser(town.people.worker).post(f"{where}entwarnung/").status_code == 404
    ticket.refresh_from_db()
    assert ticket.danger_at
    assert client.post(f"{where}entwarnung/").status_code == 302
    page = client.get(where).text
    assert "Grünflächen: Es besteht keine Gefahr mehr." in page
    assert "Entwarnung geben" not in page
    assert "Es besteht keine Gefahr mehr." in browser().get(f"/anliegen/{ticket.case.secret}/").text
    assert client.post(f"{where}entwarnung/").status_code == 409


def sent(kind, **changed):
    return {
        "version": kind.version,
        "phone": kind.phone,
        "duty": kind.duty,
        "name_de": "Bereitschaft",
        "name_en": "",
        "active": "on",
        **changed,
    }


def test_number_and_duty_are_kept_at_the_desk_and_the_pack_leaves_them_alone(browser, shaft, town):
    client = browser(town.people.head)
    assert "07032 0000-911" in client.get("/desk/gefahren/").text
    assert client.post("/desk/gefahren/shaft/", sent(shaft, phone="07032 0000-4711")).status_code == 302
    shaft.refresh_from_db()
    assert (shaft.phone, shaft.dial, shaft.version) == ("07032 0000-4711", "0703200004711", 2)
    fact = Record.objects.get(verb="tickets.danger_set")
    assert fact.keys == {"danger": "shaft", "fields": ["phone"]}
    told = Report()
    keep_row(DangerKind, {"code": "shaft"}, {"phone": "112"}, told)
    shaft.refresh_from_db()
    assert shaft.phone == "07032 0000-4711"
    assert told.kept == ["Offener Schacht"]


@pytest.mark.parametrize(
    ("changed", "status"), [({"phone": "gleich hier"}, 409), ({"version": 7}, 409), ({"duty": "roads"}, 422)]
)
def test_what_makes_no_sense_is_refused_and_kept_in_the_form(browser, shaft, town, changed, status):
    answer = browser(town.people.operator).post("/desk/gefahren/shaft/", sent(shaft, name_de="Neu", **changed))
    assert answer.status_code == status
    assert "Neu" in answer.text
    shaft.refresh_from_db()
    assert (shaft.phone, shaft.version) == ("07032 0000-911", 1)
    assert not Record.objects.filter(verb="tickets.danger_set").exists()


def test_other_units_read_the_numbers_and_change_nothing(browser, shaft, town):
    for who in (town.people.worker, town.people.gardener):
        client = browser(who)
        assert "Ändern" not in client.get("/desk/gefahren/").text.split("<h1>")[1]
        assert client.post("/desk/gefahren/shaft/", sent(shaft, phone="110")).status_code == 404
    shaft.refresh_from_db()
    assert shaft.phone == "07032 0000-911"
    with pytest.raises(NotAllowed):
        actions.set_danger(
            shaft, phone="110", phone_names={}, duty="x", active=True, version=1, by=actor_for(town.people.worker)
        )
