"""The way through the pages, as a browser without JavaScript walks it; who may open what; how much each page asks the database."""

import re
from datetime import UTC, timedelta

import pytest
from django.test import Client

from stadtplatz.accounts.models import Person
from stadtplatz.appointments.models import Appointment, Block, Resource, Service
from stadtplatz.appointments.tests.town import berlin, booked, chair, haircut, keeper, salon
from stadtplatz.kit import clock, jobs
from stadtplatz.notifications.models import Message

pytestmark = pytest.mark.django_db


@pytest.fixture
def shop():
    return salon(hours="Mo-Su 08:00-20:00; PH 08:00-20:00")


@pytest.fixture
def service(shop):
    chair(shop, "Bea")
    chair(shop, "Toni")
    return haircut(shop)


def soon(days=3, hour=10):
    day = clock.today() + timedelta(days=days)
    return f"{day:%Y-%m-%d} {hour:02d}:00"


def book_by_hand(client, service, **typed):
    page = client.get(f"/termin/neu/{service.offer_id}/?tag={soon()[:10]}").content.decode()
    link = re.search(r'class="chooser__time" href="([^"]+)"', page)[1].replace("&amp;", "&")
    form = client.get(link).content.decode()
    hidden = dict(re.findall(r'type="hidden" name="(key|zeit|bei)" value="([^"]+)"', form))
    words = {"name": "Anna Beispiel", "email": "anna@example.org", "remind": "on"} | typed
    return client.post(link.split("?")[0], hidden | words)


def test_a_guest_books_moves_and_cancels_without_account(client, service):
    answer = book_by_hand(client, service)
    row = Appointment.objects.get()
    assert answer["location"] == f"/termin/{row.secret}/?neu"
    page = client.get(answer["location"]).content.decode()
    for words in (row.number, row.spelled_code, "Haarschnitt", "39,00 €"):
        assert words in page
    page = client.get(f"/termin/{row.secret}/verschieben/?tag={soon(4)[:10]}").content.decode()
    other = re.findall(r'name="zeit" value="([^"]+)"', page)[-1]
    answer = client.post(f"/termin/{row.secret}/verschieben/", {"zeit": other, "version": 1})
    assert answer.status_code == 303
    row.refresh_from_db()
    assert (row.version, f"{row.starts_at:%Y%m%d%H%MZ}") == (2, other)
    client.post(f"/termin/{row.secret}/absagen/")
    row.refresh_from_db()
    assert row.state == "cancelled"
    assert "sessionid" not in client.cookies
    jobs.run_all()
    told = list(Message.objects.filter(address="anna@example.org").order_by("id").values_list("subject", flat=True))
    assert [told[0], told[-1]] == [f"Ihr Termin {row.number}", f"Termin {row.number} ist abgesagt"]


def test_a_form_that_is_refused_comes_back_filled_in(client, service):
    answer = book_by_hand(client, service, name="", note="Ich bringe meinen Sohn mit.")
    assert answer.status_code == 422
    assert "Ich bringe meinen Sohn mit." in answer.content.decode()
    assert not Appointment.objects.exists()


def test_a_time_taken_meanwhile_is_said_in_words(client, service):
    chosen = berlin(soon())
    for name in ("a", "b"):
        booked(service, soon(), email=f"{name}@example.org", at=clock.now())
    typed = {"zeit": f"{chosen.astimezone(UTC):%Y%m%d%H%MZ}", "key": "k"}
    answer = client.post(f"/termin/neu/{service.offer_id}/kontakt/", typed | {"name": "Cem", "email": "c@example.org"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Jemand war schneller" in page
    assert 'value="Cem"' in page
    assert Appointment.objects.count() == 2


def test_the_offer_leads_to_the_times_and_says_that_nothing_is_bought(client, service):
    page = client.get(service.offer.get_absolute_url()).content.decode()
    assert f'href="/termin/neu/{service.offer_id}/"' in page
    assert "Der Vertrag kommt im Geschäft zustande" in page
    assert "Ausverkauft" not in page


def test_a_service_that_is_switched_off_says_whom_to_call(client, service):
    Service.objects.update(is_open=False)
    page = client.get(f"/termin/neu/{service.offer_id}/").content.decode()
    assert "07032 000005" in page
    assert "chooser" not in page


def test_the_file_for_the_own_calendar(client, service):
    row = booked(service, soon(), at=clock.now())
    answer = client.get(f"/termin/{row.secret}/termin.ics")
    assert answer["content-type"].startswith("text/calendar")
    assert f"UID:termin-{row.number}@" in answer.content.decode()


def test_the_reminder_is_switched_off_on_the_page(client, service):
    row = booked(service, soon(), at=clock.now())
    client.post(f"/termin/{row.secret}/erinnerung/", {"remind": "0"})
    assert not Appointment.objects.get().remind


def test_wrong_links_say_nothing(client, service):
    row = booked(service, soon(), at=clock.now())
    assert client.get(f"/termin/{row.secret[:-1]}x/").status_code == 404
    assert client.get(f"/termin/{row.number}/").status_code == 404
    assert client.get("/termin/neu/999999/").status_code == 404


def test_number_and_code_lead_to_the_page(client, service):
    row = booked(service, soon(), at=clock.now())
    answer = Client(headers={"sec-fetch-site": "same-origin"}).post(
        "/finden/", {"number": row.number, "code": row.spelled_code}
    )
    assert answer["location"].endswith(f"/termin/{row.secret}/")
    assert client.get(f"/v/{row.secret}/")["location"].endswith(f"/termin/{row.secret}/")


SIDE = "/laden/beispielschnitt/termine/"


def side_pages(row):
    resource, offer = row.resource_id, row.service.offer_id
    yield from (
        SIDE,
        f"{SIDE}?ansicht=woche",
        f"{SIDE}neu/",
        f"{SIDE}sperren/",
        f"{SIDE}kalender/",
        f"{SIDE}kalender/neu/",
    )
    yield from (
        f"{SIDE}kalender/{resource}/",
        f"{SIDE}leistungen/neu/",
        f"{SIDE}leistungen/{offer}/",
        f"{SIDE}{row.number}/",
    )


@pytest.mark.parametrize(
    ("who", "status"),
    [("stranger", 302), ("customer", 404), ("packer", 404), ("staff", 200), ("owner", 200), ("other owner", 404), ("operator", 404)],
)  # fmt: skip
def test_the_calendars_open_only_for_owner_and_staff(service, shop, who, status):
    row = booked(service, soon(), at=clock.now())
    browser = Client()
    if who in {"packer", "staff", "owner"}:
        browser.force_login(keeper(shop, who))
    elif who == "other owner":
        browser.force_login(keeper(salon("Anders (erfunden)", "anders")))
    elif who != "stranger":
        browser.force_login(Person.objects.create_user("wer@example.org", is_operator=who == "operator"))
    for address in side_pages(row):
        answer = browser.get(address)
        assert answer.status_code == status, address
        if status != 200:
            assert "Anna Beispiel" not in answer.content.decode()


@pytest.mark.parametrize("who", ["stranger", "packer", "other owner"])
def test_nobody_else_changes_the_calendars(service, shop, who):
    row = booked(service, soon(), at=clock.now())
    browser = Client()
    if who != "stranger":
        browser.force_login(keeper(shop, "packer") if who == "packer" else keeper(salon("Anders (erfunden)", "anders")))
    day = soon()[:10]
    when = {"resource": row.resource_id, "day": day, "hour": "15:00", "until": "16:00", "version": 1, "reason": "x"}
    for address, typed in {
        f"{SIDE}{row.number}/cancel/": when,
        f"{SIDE}{row.number}/verschieben/": when,
        f"{SIDE}neu/": when | {"service": service.pk, "name": "X"},
        f"{SIDE}sperren/": when,
        f"{SIDE}kalender/neu/": {"name": "X", "kind": "room", "capacity": 1},
        f"{SIDE}kalender/{row.resource_id}/abwesend/": {"first": day},
    }.items():
        assert browser.post(address, typed).status_code in {302, 404}, address
    row.refresh_from_db()
    assert (row.version, row.state) == (1, "booked")
    assert (Block.objects.count(), Resource.objects.count(), Appointment.objects.count()) == (0, 2, 1)


def test_the_shop_sets_everything_up_writes_down_moves_and_cancels(shop):
    browser = Client()
    browser.force_login(keeper(shop))
    assert "Ersten Kalender anlegen" in browser.get(SIDE).content.decode()
    browser.post(
        f"{SIDE}kalender/neu/", {"name": "Bea", "kind": "person", "capacity": 1, "is_active": "on", "Mo": "9-12 Uhr"}
    )
    bea = Resource.objects.get()
    assert bea.hours == "Mo 09:00-12:00; PH off"
    typed = {"title": "Bart", "price": "12,50", "minutes": 20, "before": 0, "after": 5, "step": 15, "resources": [bea.pk],
             "lead_hours": 1, "horizon_weeks": 4, "cancel_hours": 12, "is_open": "on"}  # fmt: skip
    assert browser.post(f"{SIDE}leistungen/neu/", typed).status_code == 303
    service = Service.objects.get()
    assert (service.offer.title, service.offer.price.cents, service.offer.state) == ("Bart", 1250, "published")
    when = {"resource": bea.pk, "day": soon()[:10], "hour": "15:00"}
    browser.post(f"{SIDE}neu/", when | {"service": service.pk, "name": "Herr Klingel", "phone": "0170 000"})
    row = Appointment.objects.get()
    assert (row.by_shop, row.guest.name) == (True, "Herr Klingel")
    assert "Herr Klingel" in browser.get(f"{SIDE}?tag={soon()[:10]}").content.decode()
    browser.post(f"{SIDE}{row.number}/verschieben/", when | {"hour": "16:00", "version": 1, "reason": "Stau"})
    row.refresh_from_db()
    assert clock.local(row.starts_at).hour == 16
    refused = browser.post(f"{SIDE}{row.number}/cancel/", {"version": 2, "reason": ""})
    assert refused.status_code == 422
    browser.post(f"{SIDE}{row.number}/cancel/", {"version": 2, "reason": "Wasserrohrbruch"})
    row.refresh_from_db()
    assert (row.state, row.reason) == ("cancelled", "Wasserrohrbruch")
    browser.post(f"{SIDE}sperren/", when | {"until": "15:30", "note": "Zahnarzt"})
    assert Block.objects.get().note == "Zahnarzt"


@pytest.mark.parametrize("many", [1, 25])
def test_no_page_asks_more_for_many(client, shop, django_assert_max_num_queries, many):
    bea = chair(shop, "Bea")
    service = haircut(shop, minutes=20)
    at = clock.now()
    rows = [
        booked(
            service, f"{soon()[:10]} {8 + number // 2:02d}:{number % 2 * 30:02d}", email=f"{number}@example.org", at=at
        )
        for number in range(min(many, 20))
    ]
    browser = Client()
    browser.force_login(keeper(shop))
    row = rows[0]
    public = [
        f"/termin/neu/{service.offer_id}/?tag={soon()[:10]}",
        f"/termin/{row.secret}/",
        f"/termin/{row.secret}/verschieben/",
    ]
    side = [
        f"{SIDE}?tag={soon()[:10]}",
        f"{SIDE}?ansicht=woche&tag={soon()[:10]}",
        f"{SIDE}{row.number}/",
        f"{SIDE}kalender/",
        f"{SIDE}kalender/{bea.pk}/",
    ]
    for address in public:
        with django_assert_max_num_queries(10):
            assert client.get(address).status_code == 200
    for address in side:
        browser.get(address)
        with django_assert_max_num_queries(14):
            assert browser.get(address).status_code == 200
