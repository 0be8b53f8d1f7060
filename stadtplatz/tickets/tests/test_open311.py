"""Apps of others read what was released and send reports, by the letter of GeoReport v2."""

import json
from datetime import timedelta
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest

from stadtplatz.accounts.models import Guest
from stadtplatz.accounts.visitors import actor_for
from stadtplatz.city.models import Address, Street
from stadtplatz.kit import clock, jobs
from stadtplatz.kit.actors import SYSTEM
from stadtplatz.kit.refusals import ActionRefused, NotAllowed
from stadtplatz.questionnaires.actions import publish
from stadtplatz.tickets import actions
from stadtplatz.tickets.actions.clients import make_client, rekey_client, revoke_client
from stadtplatz.tickets.actions.publication import Picture, release
from stadtplatz.tickets.demo import programs
from stadtplatz.tickets.models import ApiClient, Category, DangerKind, Ticket
from stadtplatz.tickets.open311 import views
from stadtplatz.tickets.tests.conftest import PLACE, not_a_picture, picture

V2 = "/open311/v2"
LONG, LAT = PLACE


@pytest.fixture(autouse=True)
def unhurried():
    views.READING.forget()


@pytest.fixture
def open_town(town):
    """Every category is released by rule."""
    Category.objects.update(release=Category.AUTOMATIC)
    town.pothole.refresh_from_db()
    town.tree.refresh_from_db()
    return town


@pytest.fixture
def program(town):
    return make_client(name="Kreis-App", contact="app@example.org", by=actor_for(town.people.operator))


@pytest.fixture
def send(client, program):
    """Sends a report with the program's key; fields may be changed, or left out with None."""

    def sent(ending="json", **changes):
        right = {"api_key": program[1], "service_code": "road-damage", "lat": LAT, "long": LONG}
        given = right | {"description": "Ein tiefes Schlagloch"} | changes
        return client.post(f"{V2}/requests.{ending}", {k: v for k, v in given.items() if v is not None})

    return sent


def told(response):
    return json.loads(response.content)


def listed(client, **asked):
    response = client.get(f"{V2}/requests.json", asked)
    assert response.status_code == 200, response.content
    return told(response)


def errors(response):
    return [one["description"] for one in told(response)]


# --- reading --------------------------------------------------------------------------------------------------------
def test_only_what_was_released_is_listed_and_nothing_of_who_sent_it(client, open_town, report, guest):
    Category.objects.filter(code="green").update(release=Category.BY_STAFF)
    open_town.tree.refresh_from_db()
    report(text="Schlagloch, Telefon 0171 2345678", contact=guest, at=clock.now())
    hidden = report(text="Hinter dem Haus meiner Nachbarin", category=open_town.tree, at=clock.now())
    [shown] = listed(client)
    assert shown["description"].startswith("Schlagloch")
    assert "2345678" not in shown["description"]
    assert guest.email not in json.dumps(shown)
    assert client.get(f"{V2}/requests/{hidden.case.number}.json").status_code == 404
    assert listed(client, service_request_id=hidden.case.number) == []


def test_a_range_of_exactly_90_days_is_answered_and_a_second_more_is_refused(client, open_town, report):
    end = clock.now().replace(microsecond=0)
    start = end - timedelta(days=90)
    first = report(at=start)
    last = report(at=end)
    report(at=start - timedelta(seconds=1))
    asked = {"start_date": start.isoformat(), "end_date": end.isoformat()}
    assert [one["service_request_id"] for one in listed(client, **asked)] == [last.case.number, first.case.number]
    longer = asked | {"start_date": (start - timedelta(seconds=1)).isoformat()}
    refused = client.get(f"{V2}/requests.json", longer)
    assert refused.status_code == 400
    assert errors(refused) == ["start_date und end_date dürfen höchstens 90 Tage auseinander liegen."]


def test_the_same_moment_in_other_spellings_is_the_same(client, open_town, report):
    report(at=clock.now().replace(microsecond=0) - timedelta(days=1))
    at = Ticket.objects.get().case.received_at
    utc = at.strftime("%Y-%m-%dT%H:%M:%SZ")
    ahead = (at + timedelta(hours=2)).strftime("%Y-%m-%dT%H:%M:%S+02:00")
    for moment in (utc, ahead, ahead.replace("+", " "), utc.replace("Z", ".000Z"), clock.local(at).date().isoformat()):
        assert len(listed(client, start_date=moment)) == 1, moment
    assert len(listed(client, end_date=clock.local(at).date().isoformat())) == 1
    assert listed(client, start_date=(at + timedelta(seconds=1)).strftime("%Y-%m-%dT%H:%M:%SZ")) == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"start_date": "gestern"},
        {"start_date": "2026-11-02T10:00:00"},
        {"end_date": "2026-13-45"},
        {"start_date": "0001-01-01", "end_date": "0001-01-01T00:00:00Z"},
        {"end_date": "0001-01-02T00:00:00Z"},
        {"start_date": "9999-12-31T00:00:00Z"},
        {"status": "vielleicht"},
        {"page": "0"},
        {"page_size": "1001"},
        {"page": "٣"},
    ],
)
def test_what_cannot_be_understood_is_400_with_a_reason(client, town, wrong):
    response = client.get(f"{V2}/requests.json", wrong)
    assert response.status_code == 400
    assert errors(response)[0]
    assert told(response)[0]["code"] == 400


def test_changes_are_told_from_a_moment_on_whatever_their_age_and_page_by_page(client, open_town, report, worker):
    old = report(at=clock.now() - timedelta(days=200))
    actions.accept(old, by=worker, at=clock.now() - timedelta(days=200))
    since = clock.now() - timedelta(hours=1)
    actions.close(old, outcome="done", words="Erledigt.", by=worker)
    jobs.run_all()
    fresh = report(at=clock.now())
    assert [one["service_request_id"] for one in listed(client)] == [fresh.case.number]
    asked = {"updated_after": since.isoformat(), "page_size": "1"}
    first = client.get(f"{V2}/requests.json", asked)
    assert [one["service_request_id"] for one in told(first)] == [old.case.number]
    assert 'rel="next"' in first["Link"]
    assert "page=2" in first["Link"]
    second = client.get(f"{V2}/requests.json", asked | {"page": "2"})
    assert [one["service_request_id"] for one in told(second)] == [fresh.case.number]
    assert 'rel="prev"' in second["Link"]
    assert "next" not in second["Link"]


def test_finer_states_are_told_only_to_those_who_ask(client, open_town, report, worker):
    actions.accept(report(at=clock.now()), by=worker)
    [plain] = listed(client)
    assert "extended_attributes" not in plain
    [extended] = listed(client, extensions="true")
    assert extended["extended_attributes"]["detailed_status"] == "IN_PROCESS"


def test_a_thousand_requests_cost_as_many_queries_as_one(client, open_town, report, django_assert_max_num_queries):
    for _ in range(3):
        report(at=clock.now())
    with django_assert_max_num_queries(5):
        assert len(listed(client)) == 3


def test_an_error_speaks_the_format_that_was_asked_for(client, town):
    for path in ("requests/A-222-2222", "services/nothing", "tokens/nothing", "elsewhere"):
        xml = client.get(f"{V2}/{path}.xml")
        assert xml.status_code == 404
        assert xml["Content-Type"] == "text/xml; charset=utf-8"
        assert ElementTree.fromstring(xml.content).findtext("error/code") == "404"  # noqa: S314 - our own answer
        assert client.get(f"{V2}/{path}.json")["Content-Type"] == "application/json; charset=utf-8"
    assert client.get(f"{V2}/services.csv").status_code == 404
    assert client.put(f"{V2}/requests.json").status_code == 400
    assert client.get(f"{V2}/elsewhere").status_code == 404


def test_script_and_control_signs_in_a_text_break_neither_format(client, open_town, report):
    report(text="<script>alert(1)</script> \x08\x1b & ]]> 😀 שלום", at=clock.now())
    xml = ElementTree.fromstring(client.get(f"{V2}/requests.xml").content)  # noqa: S314 - our own answer
    assert "<script>" in xml.findtext("request/description")
    assert "😀 שלום" in listed(client)[0]["description"]


def test_discovery_names_the_endpoint_and_both_formats(client, town, settings):
    for path in ("/open311/discovery.json", f"{V2}/discovery.json"):
        [endpoint] = told(client.get(path))["endpoints"]
        assert endpoint["url"] == f"{settings.BASE_URL}{V2}"
        assert endpoint["formats"] == ["text/xml", "application/json"]


def test_names_come_in_the_language_asked_for(client, town):
    names = [one["service_name"] for one in told(client.get(f"{V2}/services.json?lang=en"))]
    assert names[0] == "Road damage"


# --- sending --------------------------------------------------------------------------------------------------------
def test_a_report_lies_with_the_responsible_unit_and_the_reporter_can_be_reached(client, town, send):
    response = send(email="kim@example.org", first_name="Kim", last_name="Muster", address_string="vor der Schule")
    assert response.status_code == 200
    [answer] = told(response)
    ticket = Ticket.objects.get()
    assert answer["service_request_id"] == ticket.case.number
    assert "Tiefbauamt" in answer["service_notice"]
    assert ticket.case.unit == town.roads
    assert ticket.case.channel == "api"
    assert (ticket.place_note, ticket.by_client.client.name) == ("vor der Schule", "Kreis-App")
    assert (ticket.case.applicant_guest.name, ticket.case.applicant_guest.email) == ("Kim Muster", "kim@example.org")


def test_the_sending_program_reads_its_report_before_it_is_released_and_others_do_not(client, town, send, program):
    number = told(send())[0]["service_request_id"]
    path = f"{V2}/requests/{number}.json"
    assert client.get(path).status_code == 404
    other = make_client(name="Andere App", by=actor_for(town.people.operator))[1]
    assert client.get(path, {"api_key": other}).status_code == 404
    [own] = told(client.get(path, {"api_key": program[1]}))
    assert own["description"] == "Ein tiefes Schlagloch"


def test_a_typed_address_or_a_known_one_is_a_place(client, town, send):
    known = {"lon": LONG, "lat": LAT}
    edges = {"west": LONG, "east": LONG, "south": LAT, "north": LAT}
    street = Street.objects.create(name="Hauptstraße", name_key="hauptstrasse", **edges, **known)
    address = Address.objects.create(street=street, house_number="5", number_key="5", osm_type="n", osm_id=1, **known)
    assert send(lat=None, long=None, address_id=address.pk).status_code == 200
    assert send(lat=None, long=None, address_id="999999").status_code == 400
    assert send(lat=None, long=None, address_string="Nirgendwo 77").status_code == 400
    assert Ticket.objects.count() == 1


@pytest.mark.parametrize(
    ("wrong", "status"),
    [
        ({"api_key": None}, 403),
        ({"api_key": "sp_wrong"}, 403),
        ({"service_code": None}, 400),
        ({"service_code": ""}, 400),
        ({"service_code": "nothing"}, 404),
        ({"lat": None, "long": None}, 400),
        ({"long": None}, 400),
        ({"lat": "nan"}, 400),
        ({"lat": "inf"}, 400),
        ({"lat": "52.5", "long": "13.4"}, 400),
        ({"description": "x" * 4001}, 400),
        ({"description": "hm"}, 400),
        ({"email": "no address"}, 400),
        ({"media_url": "javascript:alert(1)"}, 400),
        ({"token": "short"}, 400),
    ],
)
def test_what_is_refused_opens_nothing(town, send, wrong, status):
    response = send(**wrong)
    assert response.status_code == status, response.content
    assert errors(response)[0]
    assert not Ticket.objects.exists()
    assert not Guest.objects.exists()


def test_pictures_come_along_as_files(town, send):
    assert send(media=[picture("eins.jpg"), picture("zwei.jpg")]).status_code == 200
    assert Ticket.objects.get().case.documents.count() == 2
    assert send(media=not_a_picture()).status_code == 400
    assert send(media=[picture(f"{n}.jpg") for n in range(6)]).status_code == 400
    assert Ticket.objects.count() == 1


def test_a_picture_elsewhere_is_kept_as_an_address_and_never_fetched(town, send):
    assert send(media_url="https://pictures.example/1.jpg").status_code == 200
    assert Ticket.objects.get().by_client.media_url == "https://pictures.example/1.jpg"


def test_the_questions_of_the_category_are_asked_and_answers_kept(client, town, send):
    question = {"name": "depth", "kind": "number", "labels": {"de": "Wie tief?"}, "required": True, "most": 99}
    publish("tickets:road-damage", [question], by=SYSTEM)
    assert told(client.get(f"{V2}/services.json"))[0]["metadata"] is True
    missing = send()
    assert missing.status_code == 400
    assert "attribute[depth]" in errors(missing)[0]
    assert send(**{"attribute[depth]": "sehr"}).status_code == 400
    assert not Ticket.objects.exists()
    assert send(**{"attribute[depth]": "7", "attribute[other]": "x"}).status_code == 200
    assert Ticket.objects.get().answers.answers == {"depth": 7}


def test_a_lost_answer_is_asked_for_again_by_token(client, town, send):
    token = "a-token-of-the-program-1"
    first, second = send(token=token), send(token=token)
    assert told(first)[0]["service_request_id"] == told(second)[0]["service_request_id"]
    assert Ticket.objects.count() == 1
    [known] = told(client.get(f"{V2}/tokens/{token}.json"))
    assert known == {"service_request_id": Ticket.objects.get().case.number, "token": token}


def test_a_program_has_a_limit_an_hour(town, send, program):
    ApiClient.objects.update(per_hour=2)
    assert [send().status_code for _ in range(3)] == [200, 200, 429]
    assert Ticket.objects.count() == 2


def test_nobody_is_written_to_without_end(town, send):
    answers = [send(email="victim@example.org").status_code for _ in range(7)]
    assert answers == [200] * 6 + [429]


# --- keys -----------------------------------------------------------------------------------------------------------
def test_a_key_is_kept_as_a_digest_and_ends_when_it_is_revoked(town, send, program):
    client, key = program
    operator = actor_for(town.people.operator)
    assert key not in json.dumps([str(value) for value in ApiClient.objects.values_list().first()])
    newer = rekey_client(client, by=operator)
    assert send().status_code == 403
    assert send(api_key=newer).status_code == 200
    revoke_client(client, by=operator)
    assert send(api_key=newer).status_code == 403


def test_only_operators_give_keys(town, worker):
    with pytest.raises(NotAllowed):
        make_client(name="App", by=worker)
    assert not ApiClient.objects.exists()


def test_two_programs_do_not_share_a_name(town, program):
    with pytest.raises(ActionRefused):
        make_client(name="Kreis-App", by=actor_for(town.people.operator))
    assert ApiClient.objects.count() == 1


def test_the_demo_has_a_program_with_a_key_to_try(town, client):
    programs.build(clock.now())
    programs.build(clock.now())
    assert ApiClient.objects.get().reports.count() == 1
    given = {"api_key": programs.KEY, "service_code": "green", "lat": LAT, "long": LONG, "description": "Ein Ast hängt"}
    assert client.post(f"{V2}/requests.json", given).status_code == 200


def test_what_a_program_said_beside_a_report_is_gone_when_the_report_is_made_anonymous(town, send):
    send(media_url="https://pictures.example/1.jpg", token="a-token-of-the-program-1")
    actions.anonymise(Ticket.objects.select_related("case", "category").get(), why="request")
    known = Ticket.objects.get().by_client
    assert (known.media_url, known.token_digest) == ("", "")


def test_the_page_for_developers_is_there_for_everybody(client, town):
    question = {"name": "depth", "kind": "number", "labels": {"de": "Wie tief?"}, "required": True}
    publish("tickets:road-damage", [question], by=SYSTEM)
    page = client.get("/anliegen/schnittstelle/").content.decode()
    assert "/open311/v2" in page
    assert "service_code=green" in page, "the example is one that is taken as it stands"


def test_the_desk_sees_which_program_sent_it_and_the_picture_elsewhere(town, send, browser):
    send(media_url="https://pictures.example/1.jpg")
    number = Ticket.objects.get().case.number
    page = browser(town.people.worker).get(f"/desk/anliegen/{number}/").content.decode()
    assert "Kreis-App" in page
    assert 'href="https://pictures.example/1.jpg" rel="noreferrer nofollow"' in page


def test_a_danger_reported_by_a_program_is_not_sent_back_for_a_missing_answer(town, send):
    question = {"name": "depth", "kind": "number", "labels": {"de": "Wie tief?"}, "required": True}
    publish("tickets:road-damage", [question], by=SYSTEM)
    DangerKind.objects.create(code="shaft", names={"de": "Schacht"}, words=["offen* schacht"])
    assert send(description="Da ist ein offener Schacht vor der Schule").status_code == 200
    ticket = Ticket.objects.get()
    assert ticket.danger.code == "shaft"
    assert ticket.answers is None


def test_released_pictures_have_an_address_that_everybody_can_open(client, open_town, send, worker):
    send(media=picture())
    ticket = Ticket.objects.select_related("case").get()
    assert listed(client)[0]["media_url"] is None
    release(ticket, text="Schlagloch", pictures=[Picture(ticket.case.documents.get(), words="Loch")], by=worker)
    [shown] = listed(client, extensions="true")
    assert shown["extended_attributes"]["photos"][0]["title"] == "Loch"
    path = urlsplit(shown["media_url"]).path
    assert client.get(path)["Content-Type"] == "image/jpeg"
    assert client.get(f"/api/v1/tickets/{ticket.case.number}").json()["photos"][0]["url"] == shown["media_url"]
