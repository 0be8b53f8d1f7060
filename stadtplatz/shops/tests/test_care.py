"""Questions to a shop, help from the market desk within working days, and counts without persons."""

from datetime import date, timedelta

import pytest
from django.test import Client

from stadtplatz.accounts.models import Guest, Person
from stadtplatz.accounts.visitors import actor_for
from stadtplatz.kit import clock, jobs
from stadtplatz.kit.actors import ANONYMOUS, SYSTEM
from stadtplatz.kit.refusals import ActionRefused, NotAllowed
from stadtplatz.notifications.models import Message
from stadtplatz.shops import actions, privacy, queries
from stadtplatz.shops.actions import leaving
from stadtplatz.shops.models import Branch, CareTask, DayCount, Enquiry, Membership, Shop
from stadtplatz.shops.tests.builders import berlin, owner, person, shop, worker

pytestmark = pytest.mark.usefixtures("town")
SIDE = "/laden/baeckerei-musterkorn/"


def client_for(actor) -> Client:
    client = Client()
    client.force_login(
        Person.objects.get(pk=actor.person_id), backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    return client


@pytest.fixture
def bakery():
    return shop()


@pytest.fixture
def erna(bakery):
    return owner(bakery)


@pytest.fixture
def desk():
    clerk = person("haendlerbetreuung")
    clerk.is_operator = True
    clerk.save()
    return actor_for(clerk)


def question(bakery):
    return actions.ask_shop(
        shop=bakery, name="Mia", email="mia@example.org", text="Backen Sie glutenfrei?", by=ANONYMOUS
    )


def test_a_question_reaches_the_team_and_its_answer_whoever_asked(bakery, erna):
    worker(bakery, Membership.STAFF, "stefan"), worker(bakery, Membership.PACKER, "paul")
    row = question(bakery)
    jobs.run_all()
    asked = Message.objects.filter(subject__startswith="Eine Frage an")
    assert {message.address for message in asked} == {"erna@example.org", "stefan@example.org"}
    actions.answer_enquiry(enquiry=row, answer="Freitags.", by=erna)
    jobs.run_all()
    answer = Message.objects.get(address="mia@example.org")
    assert "Freitags." in answer.text
    with pytest.raises(ActionRefused):
        actions.answer_enquiry(enquiry=row, answer="Doch nicht.", by=erna)
    assert Enquiry.objects.get().answer == "Freitags."


@pytest.mark.parametrize("who", ["anonymous", "packer", "other owner"])
def test_nobody_else_reads_or_answers_the_questions(bakery, who):
    actor = {
        "anonymous": lambda: ANONYMOUS,
        "packer": lambda: worker(bakery, Membership.PACKER, "paul"),
        "other owner": lambda: owner(shop("Andere"), "otto"),
    }[who]()
    row = question(bakery)
    with pytest.raises(NotAllowed):
        actions.answer_enquiry(enquiry=row, answer="Gekapert", by=actor)
    client = Client() if who == "anonymous" else client_for(actor)
    assert client.get(f"{SIDE}nachrichten/").status_code == (302 if who == "anonymous" else 404)
    client.post(f"{SIDE}nachrichten/{row.pk}/", {"answer": "Gekapert"})
    assert Enquiry.objects.get().answered_at is None


def test_the_owner_answers_on_the_page_of_questions_and_once(bakery, erna):
    worker(bakery, Membership.STAFF, "stefan"), worker(bakery, Membership.PACKER, "paul")
    row = question(bakery)
    client = client_for(erna)
    where = f"{SIDE}nachrichten/{row.pk}/"
    assert "unterwegs" in client.post(where, {"answer": "Freitags."}, follow=True).text
    assert "Doch nicht" not in client.post(where, {"answer": "Doch nicht."}, follow=True).text
    assert Enquiry.objects.get().answer == "Freitags."


def test_an_owner_answers_no_question_to_another_shop(bakery, erna):
    row = question(shop("Andere"))
    assert client_for(erna).post(f"{SIDE}nachrichten/{row.pk}/", {"answer": "x"}).status_code == 404
    assert Enquiry.objects.get().answered_at is None


def test_the_page_takes_questions_without_account_and_not_too_many(bakery, client):
    typed = {"text": "Haben Sie Brezeln?", "email": "mia@example.org"}
    assert "E-Mail" in client.post("/geschaefte/baeckerei-musterkorn/frage/", {"text": "Hallo"}).content.decode()
    for _again in range(5):
        assert client.post("/geschaefte/baeckerei-musterkorn/frage/", typed).status_code in (302, 303)
    assert client.post("/geschaefte/baeckerei-musterkorn/frage/", typed).status_code == 429
    assert Enquiry.objects.count() == 5


def test_a_draft_cannot_be_asked(bakery, client):
    Shop.objects.update(state=Shop.DRAFT)
    assert client.get("/geschaefte/baeckerei-musterkorn/frage/").status_code == 404
    with pytest.raises(ActionRefused):
        question(Shop.objects.get())
    assert not Enquiry.objects.exists()


def test_what_somebody_asked_is_told_erased_and_gone_after_six_months(bakery, erna):
    row = question(bakery)
    guest = Guest.objects.get()
    assert privacy.export(guest)["questions"][0]["text"] == "Backen Sie glutenfrei?"
    actions.answer_enquiry(enquiry=row, answer="Ja.", by=erna, at=berlin("2026-01-10 12:00"))
    assert leaving.forget_requests(at=berlin("2026-07-10 11:00")) == 0
    assert leaving.forget_requests(at=berlin("2026-07-11 12:00")) == 1
    other = question(bakery)
    privacy.erase(other.contact, by=SYSTEM)
    assert not Enquiry.objects.exists()


@pytest.mark.parametrize(
    ("kind", "asked", "due"),
    [
        ("help", "2026-11-20 16:00", date(2026, 11, 24)),  # Friday
        ("help", "2026-12-23 09:00", date(2026, 12, 28)),  # over Christmas
        ("help", "2026-01-05 09:00", date(2026, 1, 8)),  # Epiphany is a holiday in BW
        ("photos", "2026-11-20 16:00", date(2026, 12, 4)),
        ("visit", "2026-11-20 16:00", date(2026, 12, 4)),
    ],
)
def test_help_is_promised_in_working_days(bakery, erna, kind, asked, due):
    row = actions.ask_for_help(shop=bakery, kind=kind, text="Bitte anrufen", by=erna, at=berlin(asked))
    assert clock.local(row.due_at).date() == due


def test_the_desk_takes_it_finishes_it_and_the_team_hears(bakery, erna, desk):
    row = actions.ask_for_help(shop=bakery, kind="help", text="Der Drucker", by=erna, at=berlin("2026-11-02 09:00"))
    with pytest.raises(NotAllowed):
        actions.take_task(task=row, by=erna)
    actions.take_task(task=row, by=desk)
    assert [(task.pk, late) for task, _who, late in queries.care_tasks()] == [(row.pk, row.due_at < clock.now())]
    with pytest.raises(ActionRefused):
        actions.finish_task(task=row, answer=" ", by=desk)
    actions.finish_task(task=row, answer="Neuer Treiber.", by=desk)
    with pytest.raises(ActionRefused):
        actions.finish_task(task=row, answer="Noch einmal.", by=desk)
    jobs.run_all()
    assert "Neuer Treiber." in Message.objects.get(address="erna@example.org").text
    assert queries.care_tasks() == []


@pytest.mark.parametrize("why", ["packer", "kind", "empty", "many"])
def test_help_is_refused_and_nothing_is_planned(bakery, erna, why):
    paul = worker(bakery, Membership.PACKER, "paul")
    if why == "many":
        for _again in range(5):
            actions.ask_for_help(shop=bakery, kind="visit", text="", by=erna)
    before = CareTask.objects.count()
    kind, text = ("tanz", "x") if why == "kind" else ("help", "" if why == "empty" else "x")
    with pytest.raises(ActionRefused):
        actions.ask_for_help(shop=bakery, kind=kind, text=text, by=paul if why == "packer" else erna)
    assert CareTask.objects.count() == before


def test_visits_are_counted_once_an_hour_for_a_household_and_name_nobody(bakery, client):
    address = "/geschaefte/baeckerei-musterkorn/besuch/"
    here = {"HTTP_SEC_FETCH_SITE": "same-origin"}
    for _again in range(3):
        assert client.post(address, {"kind": "view"}, **here).status_code == 204
    client.post(address, {"kind": "view"}, REMOTE_ADDR="203.0.113.9", **here)
    client.post(address, {"kind": "search"}, **here)
    assert client.post(address, {"kind": "spy"}, **here).status_code == 404
    assert client.post(address, {"kind": "view"}, HTTP_SEC_FETCH_SITE="cross-site").status_code == 403
    assert sorted(DayCount.objects.values_list("kind", "count")) == [("search", 1), ("view", 2)]
    assert {field.name for field in DayCount._meta.get_fields()} == {"id", "shop", "day", "kind", "count"}
    assert (queries.visits(bakery).views, queries.visits(bakery).searches) == (2, 1)


def test_opening_the_page_itself_writes_nothing(bakery, client):
    assert "data-counted" in client.get("/geschaefte/baeckerei-musterkorn/").content.decode()
    assert not DayCount.objects.exists()
    assert not client.cookies


def test_weeks_are_told_apart(bakery):
    for ago, kind, count in [
        (0, "view", 3),
        (6, "view", 2),
        (7, "view", 5),
        (13, "view", 1),
        (14, "view", 9),
        (2, "search", 4),
    ]:
        DayCount.objects.create(shop=bakery, day=clock.today() - timedelta(days=ago), kind=kind, count=count)
    seen = queries.visits(bakery)
    assert (seen.views, seen.searches, seen.views_before) == (5, 4, 6)


def test_a_shop_has_further_doors_with_their_own_hours(bakery, erna, client):
    client_for(erna).post(
        f"{SIDE}standorte/",
        {"name": "Filiale Süd", "street": "Südweg 1", "postcode": "71083", "town": "Musterstadt", "hours": "24/7"},
    )
    assert "Filiale Süd" in client.get("/geschaefte/baeckerei-musterkorn/").content.decode()
    assert queries.branches(bakery)[0][1].is_open is True
    other = owner(shop("Andere"), "otto")
    row = Branch.objects.get()
    assert client_for(other).post(f"{SIDE}standorte/{row.pk}/weg/").status_code == 404
    assert client_for(other).post(f"/laden/andere/standorte/{row.pk}/weg/").status_code == 404
    assert Branch.objects.exists()
    client_for(erna).post(f"{SIDE}standorte/{row.pk}/weg/")
    assert not Branch.objects.exists()


@pytest.mark.parametrize("page", ["nachrichten/", "hilfe/", "standorte/"])
def test_the_pages_of_care_are_for_owner_and_staff(bakery, erna, page):
    for role, name, seen in [(Membership.STAFF, "stefan", 200), (Membership.PACKER, "paul", 404)]:
        assert client_for(worker(bakery, role, name)).get(f"{SIDE}{page}").status_code == seen
    assert client_for(erna).get(f"{SIDE}{page}").status_code == 200
    assert client_for(owner(shop("Andere"), "otto")).get(f"{SIDE}{page}").status_code == 404
    assert Client().get(f"{SIDE}{page}").status_code == 302


def test_the_desk_sees_the_tasks_and_nobody_else(bakery, erna, desk):
    row = actions.ask_for_help(shop=bakery, kind="help", text="Der Drucker", by=erna)
    assert "Der Drucker" in client_for(desk).get("/desk/geschaefte/aufgaben/").content.decode()
    assert client_for(erna).get("/desk/geschaefte/aufgaben/").status_code == 404
    assert client_for(erna).post(f"/desk/geschaefte/aufgaben/{row.pk}/", {"answer": "x"}).status_code == 404
    client_for(desk).post(f"/desk/geschaefte/aufgaben/{row.pk}/", {"take": "1"})
    client_for(desk).post(f"/desk/geschaefte/aufgaben/{row.pk}/", {"answer": "Repariert."})
    assert CareTask.objects.get().answer == "Repariert."


@pytest.mark.parametrize("many", [1, 30])
def test_the_public_page_and_the_home_cost_few_queries(bakery, erna, many, client, django_assert_max_num_queries):
    for number in range(many):
        Branch.objects.create(shop=bakery, name=f"Ort {number}", street="Weg 1", postcode="71083", town="Ort")
        question(bakery)
    with django_assert_max_num_queries(12):
        assert client.get("/geschaefte/baeckerei-musterkorn/").status_code == 200
    side = client_for(erna)
    with django_assert_max_num_queries(24):
        assert side.get(SIDE).status_code == 200
