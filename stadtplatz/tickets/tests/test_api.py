"""REST: the same reports, actions and limits as on the pages, for programs."""

import json
import re
from pathlib import Path

import pytest

from stadtplatz.accounts.visitors import actor_for
from stadtplatz.kit import clock, jobs, rest
from stadtplatz.kit.actors import SYSTEM
from stadtplatz.notifications.models import Message
from stadtplatz.questionnaires.actions import publish
from stadtplatz.tickets import actions
from stadtplatz.tickets.actions.clients import make_client
from stadtplatz.tickets.models import Category, Ticket
from stadtplatz.tickets.tests.conftest import PLACE, not_a_picture, picture

V1 = "/api/v1"
REPORT = {"text": "Ein tiefes Schlagloch", "category": "road-damage", "lon": PLACE[0], "lat": PLACE[1]}


@pytest.fixture(autouse=True)
def unhurried():
    rest.READING.forget()


@pytest.fixture
def post(client):
    def sent(path, body, **headers):
        return client.post(f"{V1}/{path}", json.dumps(body), content_type="application/json", headers=headers)

    return sent


@pytest.fixture
def released(town, report):
    Category.objects.update(release=Category.AUTOMATIC)
    town.pothole.refresh_from_db()
    return report(at=clock.now())


def test_categories_tell_deadlines_and_questions(client, town):
    question = {"name": "depth", "kind": "number", "labels": {"de": "Wie tief?", "en": "How deep?"}}
    publish("tickets:road-damage", [question], by=SYSTEM)
    first, second = client.get(f"{V1}/categories?lang=en").json()
    assert (first["code"], first["name"], first["done_days"]) == ("road-damage", "Road damage", 10)
    assert first["questions"][0]["label"] == "How deep?"
    assert second["questions"] == []


def test_only_released_reports_are_listed_with_filters_and_pages(client, town, released, report):
    Category.objects.filter(code="green").update(release=Category.BY_STAFF)
    town.tree.refresh_from_db()
    hidden = report(category=town.tree, at=clock.now())
    numbers = lambda **asked: [one["number"] for one in client.get(f"{V1}/tickets", asked).json()["items"]]  # noqa: E731 - short
    assert numbers() == [released.case.number]
    assert numbers(status="closed") == numbers(category="green") == []
    lon, lat = PLACE
    assert numbers(box=f"{lon - 0.01},{lat - 0.01},{lon + 0.01},{lat + 0.01}") == [released.case.number]
    assert numbers(box="1,1,2,2") == []
    assert client.get(f"{V1}/tickets/{hidden.case.number}").status_code == 404
    report(at=clock.now())
    page = client.get(f"{V1}/tickets", {"page_size": 1})
    assert page.json()["more"] is True
    assert 'rel="next"' in page["Link"]


def test_a_report_is_opened_and_read_and_answered_by_its_secret(client, town, post, worker):
    opened = post("tickets", REPORT | {"email": "kim@example.org"})
    assert opened.status_code == 201
    told = opened.json()
    ticket = Ticket.objects.get()
    assert (told["number"], told["unit"]) == (ticket.case.number, "Tiefbauamt")
    assert (ticket.case.channel, ticket.case.applicant_guest.email) == ("api", "kim@example.org")
    actions.ask(ticket, words="Vor welchem Haus?", by=worker)
    own = client.get(f"{V1}/own-tickets/{told['secret']}").json()
    assert "answer" in own["moves"]
    assert own["timeline"][-1]["body"] == "Vor welchem Haus?"
    answered = post(f"own-tickets/{told['secret']}/messages", {"body": "Vor Haus 5"})
    assert answered.status_code == 201
    assert answered.json()["timeline"][-1]["body"] == "Vor Haus 5"
    assert post(f"own-tickets/{told['secret']}/withdraw", {"body": ""}).json()["finished"] is True


def test_a_guessed_secret_opens_nothing(client, town):
    response = client.get(f"{V1}/own-tickets/{'x' * 22}")
    assert response.status_code == 404
    assert response.json()["code"] == "not-found"


@pytest.mark.parametrize(
    ("wrong", "status"),
    [
        ({"text": "hm"}, 409),
        ({"text": None}, 422),
        ({"category": "nothing"}, 409),
        ({"lon": 13.4, "lat": 52.5}, 409),
        ({"lon": None}, 409),
        ({"lon": 999}, 422),
        ({"email": "no address"}, 409),
        ({"name": "Kim\x00"}, 422),
        ({"token": "short"}, 409),
    ],
)
def test_what_is_refused_opens_nothing_and_says_why(town, post, wrong, status):
    response = post("tickets", REPORT | wrong)
    assert response.status_code == status, response.content
    assert response.json()["message"]
    assert not Ticket.objects.exists()


def test_wrong_answers_are_named(town, post):
    publish(
        "tickets:road-damage",
        [{"name": "depth", "kind": "number", "labels": {"de": "Tiefe"}, "required": True}],
        by=SYSTEM,
    )
    response = post("tickets", REPORT | {"answers": {"depth": "sehr"}})
    assert response.status_code == 422
    assert list(response.json()["fields"]) == ["depth"]
    assert not Ticket.objects.exists()
    assert post("tickets", REPORT | {"answers": {"depth": 5}}).status_code == 201


def test_strangers_have_the_limits_of_the_website_and_programs_their_own(town, post):
    key = make_client(name="App", by=actor_for(town.people.operator))[1]
    answers = [post("tickets", REPORT).status_code for _ in range(31)]
    assert answers == [201] * 30 + [429]
    assert post("tickets", REPORT, **{"Api-Key": key}).status_code == 201
    assert post("tickets", REPORT, **{"Api-Key": "sp_wrong"}).status_code == 403


def test_a_token_leads_to_the_same_report_but_never_to_that_of_a_stranger(town, post):
    mine = REPORT | {"token": "a-token-of-mine-0001"}
    first, again = post("tickets", mine).json(), post("tickets", mine).json()
    assert first["secret"] == again["secret"]
    other = post("tickets", mine | {"text": "Ein anderes Loch"}).json()
    assert other["secret"] != first["secret"]
    assert Ticket.objects.count() == 2


def test_reading_too_often_is_told_to_wait(client, town, monkeypatch):
    monkeypatch.setattr(rest.READING, "most", 2)
    assert [client.get(f"{V1}/categories").status_code for _ in range(3)] == [200, 200, 429]


def test_photos_are_added_by_the_secret_and_painted_anew(client, ticket):
    where = f"{V1}/own-tickets/{ticket.case.secret}/photos"
    answer = client.post(where, {"photos": [picture("a.jpg"), picture("b.jpg")]})
    assert (answer.status_code, answer.json()) == (
        201,
        {"number": ticket.case.number, "added": 2, "not_scanned_yet": 0},
    )
    kept = list(ticket.case.documents.all())
    assert [(row.purpose, row.content_type, row.quarantined) for row in kept] == [("photo", "image/jpeg", False)] * 2
    assert client.get(f"/anliegen/{ticket.case.secret}/foto/{kept[0].pk}/").status_code == 200
    assert client.get(f"{V1}/tickets/{ticket.case.number}").status_code == 404


@pytest.mark.parametrize(
    ("sent", "status", "code"),
    [
        ({"photos": [not_a_picture()]}, 400, "not-a-picture"),
        ({"photos": [picture(f"{n}.jpg") for n in range(6)]}, 409, "too-many"),
        ({}, 422, "invalid"),
        ({"photos": "words"}, 422, "invalid"),
    ],
)
def test_what_is_no_picture_or_too_many_is_refused_and_nothing_is_kept(client, ticket, sent, status, code):
    answer = client.post(f"{V1}/own-tickets/{ticket.case.secret}/photos", sent)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert not ticket.case.documents.exists()


def test_the_responsible_read_once_that_pictures_came(client, ticket, town):
    client.post(f"{V1}/own-tickets/{ticket.case.secret}/photos", {"photos": [picture("a.jpg"), picture("b.jpg")]})
    jobs.run_all()
    told = Message.objects.filter(subject__startswith="Neue Bilder")
    assert [mail.address for mail in told] == ["worker@example.org"]


def test_five_photos_in_all_and_none_on_a_finished_or_a_foreign_report(client, ticket, reporter):
    where = f"{V1}/own-tickets/{ticket.case.secret}/photos"
    assert client.post(where, {"photos": [picture(f"{n}.jpg") for n in range(4)]}).status_code == 201
    assert client.post(where, {"photos": [picture("5.jpg"), picture("6.jpg")]}).json()["code"] == "too-many"
    assert client.post(f"{V1}/own-tickets/{'x' * 22}/photos", {"photos": picture("5.jpg")}).status_code == 404
    actions.withdraw(ticket, by=reporter)
    assert client.post(where, {"photos": picture("5.jpg")}).json()["code"] == "finished"
    assert ticket.case.documents.count() == 4


def test_photos_wait_for_a_scanner_where_there_is_one(client, ticket, settings):
    settings.CLAMD = "127.0.0.1:1"
    answer = client.post(f"{V1}/own-tickets/{ticket.case.secret}/photos", {"photos": picture("a.jpg")})
    assert answer.json()["not_scanned_yet"] == 1
    photo = ticket.case.documents.get()
    assert photo.quarantined
    assert client.get(f"/anliegen/{ticket.case.secret}/foto/{photo.pk}/").status_code == 404


def test_the_example_of_the_documentation_works(client, town):
    """docs/api.md shows how a report with a photo is sent; this sends what stands there."""
    (code,) = re.findall(r"```python\n(import requests.*?)```", Path("docs/api.md").read_text("utf-8"), re.S)
    given = {"requests": _Requests(client), "open": lambda name, mode: picture(name)}
    exec(code.replace("import requests\n", ""), given)  # noqa: S102 - our own documentation
    assert Ticket.objects.get().case.documents.count() == 2


class _Requests:
    """The two calls of the example, to our own address."""

    def __init__(self, client):
        self.client = client

    def post(self, address, json=None, files=None):
        path = address.removeprefix("https://platz.example")
        if files is None:
            return _Answer(self.client.post(path, json, content_type="application/json"))
        return _Answer(self.client.post(path, {"photos": [file for _name, file in files]}))


class _Answer:
    def __init__(self, answer):
        self.json = answer.json
        self.status = answer.status_code

    def raise_for_status(self):
        assert self.status == 201
