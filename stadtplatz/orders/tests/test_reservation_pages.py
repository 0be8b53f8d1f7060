"""The way of something put aside through the pages, as a browser without JavaScript walks it, and who may see what."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from stadtplatz.accounts.models import Person
from stadtplatz.accounts.visitors import actor_for
from stadtplatz.kit import codes
from stadtplatz.kit.actors import ANONYMOUS
from stadtplatz.orders import actions
from stadtplatz.orders.models import Reservation
from stadtplatz.orders.queries import reservations
from stadtplatz.orders.tests.town import actor, member_of, offer_of, open_shop
from stadtplatz.shops.models import Shop

pytestmark = pytest.mark.django_db


@pytest.fixture
def bakery():
    return open_shop(standing=Shop.KNOWN)


@pytest.fixture
def bread(bakery):
    return offer_of(bakery)


def put_aside(offer, email="anna@example.org", by=ANONYMOUS):
    return actions.reserve(offer_id=offer.pk, quantity=1, name="Anna Beispiel", email=email, by=by)


def browser(person):
    client = Client()
    if person:
        client.force_login(person)
    return client


def test_without_account_and_mail_from_the_offer_to_the_status_page(client, bread):
    html = client.get(f"/angebot/{bread.pk}-{bread.slug}/").content.decode()
    assert f'href="/zuruecklegen/{bread.pk}/"' in html
    assert "Kostenlos zurücklegen" in html
    form = client.get(f"/zuruecklegen/{bread.pk}/").content.decode()
    assert "zahlungspflichtig" not in form
    assert "kein Kauf" in form

    answer = client.post(f"/zuruecklegen/{bread.pk}/", {"quantity": 2, "name": "Anni"})

    made = Reservation.objects.get()
    assert (answer.status_code, answer["location"]) == (303, f"/zurueckgelegt/{made.secret}/?neu")
    page = client.get(answer["location"]).content.decode()
    for words in (made.number, made.spelled_code, made.collection_code, "2 × Landbrot", "<svg"):
        assert words in page, words
    assert "sessionid" not in client.cookies


def test_what_was_typed_stays_when_it_is_refused(client, bread):
    answer = client.post(f"/zuruecklegen/{bread.pk}/", {"quantity": 2, "name": "Anni", "email": "kein at"})
    assert answer.status_code == 422
    assert 'value="Anni"' in answer.content.decode()
    assert not Reservation.objects.exists()


def test_the_eleventh_in_an_hour_from_one_network_waits(client, bread):
    for number in range(10):
        client.post(f"/zuruecklegen/{bread.pk}/", {"quantity": 1, "name": "Anni", "email": f"a{number}@example.org"})
    before = Reservation.objects.count()
    answer = client.post(f"/zuruecklegen/{bread.pk}/", {"quantity": 1, "name": "Anni"})
    assert answer.status_code == 429
    assert Reservation.objects.count() == before


@pytest.mark.parametrize("change", [{"standing": Shop.NEW}, {"reserve_hours": 0}])
def test_no_link_where_nothing_is_put_aside(client, bread, bakery, change):
    Shop.objects.update(**change)
    page = client.get(f"/angebot/{bread.pk}-{bread.slug}/")
    assert "zuruecklegen" not in page.content.decode()


def test_the_citizen_asks_for_longer_and_calls_it_off(client, bread):
    made = put_aside(bread)
    client.post(f"/zurueckgelegt/{made.secret}/laenger/")
    assert "noch nicht geantwortet" in client.get(f"/zurueckgelegt/{made.secret}/").content.decode()
    client.post(f"/zurueckgelegt/{made.secret}/absagen/")
    assert Reservation.objects.get().state == "cancelled"
    assert made.collection_code not in client.get(f"/zurueckgelegt/{made.secret}/").content.decode()


def test_number_and_code_find_it_only_together(bread, client):
    made = put_aside(bread)
    assert reservations.by_number_and_code(made.number.lower(), made.spelled_code) == made
    assert reservations.by_number_and_code(made.number, "22222 22222") is None
    assert client.get(f"/v/{made.secret}/")["location"] == f"/zurueckgelegt/{made.secret}/"
    answer = Client(headers={"sec-fetch-site": "same-origin"}).post(
        "/finden/", {"number": made.number, "code": made.spelled_code}
    )
    assert answer["location"] == f"/zurueckgelegt/{made.secret}/"


def test_it_stands_among_my_errands(bread):
    mira = Person.objects.create_user("mira@example.org", name="Mira")
    made = put_aside(bread, email="", by=actor_for(mira))
    page = browser(mira).get("/meine/").content.decode()
    assert made.number in page
    assert "liegt bis " in page


def test_the_shop_answers_and_hands_out_with_the_scanned_code(bread, bakery):
    made, packer = put_aside(bread), browser(member_of(bakery, "packer"))
    side = f"/laden/{bakery.slug}"
    assert "Anna Beispiel" in packer.get(f"{side}/zurueckgelegt/").content.decode()
    assert "1 × Landbrot" in packer.get(f"{side}/").content.decode()
    packer.post(f"{side}/zurueckgelegt/{made.number}/ready/", {"version": made.version})
    assert Reservation.objects.get().state == "ready"
    scanned = packer.get(f"{side}/uebergabe/?nummer={made.number}&code={made.collection_code}").content.decode()
    assert "Landbrot" in scanned
    assert f'value="{made.collection_code}"' in scanned
    packer.post(f"{side}/uebergabe/", {"number": made.number, "code": made.collection_code})
    assert Reservation.objects.get().state == "collected"


def test_not_there_needs_a_reason_and_keeps_the_form_open(bread, bakery):
    made, packer = put_aside(bread), browser(member_of(bakery, "packer"))
    address = f"/laden/{bakery.slug}/zurueckgelegt/{made.number}/refuse/"
    assert packer.post(address, {"version": 1, "reason": ""}).status_code == 422
    assert Reservation.objects.get().state == "held"
    packer.post(address, {"version": 1, "reason": "Leider weg"})
    assert Reservation.objects.get().reason == "Leider weg"


@pytest.mark.parametrize(("role", "changed"), [("owner", True), ("staff", True), ("packer", False)])
def test_owner_and_staff_say_how_long(bakery, role, changed):
    staff = browser(member_of(bakery, role))
    staff.post(f"/laden/{bakery.slug}/zurueckgelegt/dauer/", {"reserve_hours": 4, "version": bakery.version})
    assert (Shop.objects.get().reserve_hours == 4) is changed


@pytest.mark.parametrize(
    ("who", "status"),
    [("stranger", 302), ("citizen", 404), ("packer", 200), ("owner", 200), ("other", 404), ("operator", 404)],
)
def test_the_shop_side_opens_only_for_its_own_people(bread, bakery, who, status):
    made = put_aside(bread)
    people = {
        "stranger": lambda: None,
        "citizen": lambda: Person.objects.create_user("kundin@example.org"),
        "packer": lambda: member_of(bakery, "packer"),
        "owner": lambda: member_of(bakery),
        "other": lambda: member_of(open_shop("Käse Kuhglück (erfunden)", "kuhglueck")),
        "operator": lambda: Person.objects.create_user("betrieb@example.org", is_operator=True),
    }
    visitor, side = browser(people[who]()), f"/laden/{bakery.slug}/zurueckgelegt"
    for address in (f"{side}/", f"{side}/vorbei/", f"{side}/{made.number}/"):
        answer = visitor.get(address)
        assert answer.status_code == status, address
        assert ("Anna Beispiel" in answer.content.decode()) is (status == 200 and "vorbei" not in address)
    if status != 200:
        for move in ("ready", "refuse", "longer"):
            visitor.post(f"{side}/{made.number}/{move}/", {"version": 1, "reason": "x"})
        assert (Reservation.objects.get().state, Reservation.objects.get().version) == ("held", 1)


def test_the_link_opens_it_and_a_wrong_one_says_nothing(client, bread):
    made = put_aside(bread)
    assert client.get(f"/zurueckgelegt/{made.secret}/").status_code == 200
    assert client.get(f"/zurueckgelegt/{made.secret[:-1]}x/").status_code == 404
    assert client.get(f"/zurueckgelegt/{made.number}/").status_code == 404
    assert client.get(f"/v/{codes.new_secret()}/").status_code == 404


@pytest.mark.parametrize("many", [1, 12])
def test_no_page_asks_more_for_many(client, bakery, bread, many, django_assert_max_num_queries):
    made = [put_aside(bread, email=f"kunde{number}@example.org") for number in range(many) if number < 9]
    made += [put_aside(offer_of(bakery, f"Ware {n}"), email=f"k{n}@example.org") for n in range(many - len(made))]
    cache.clear()
    for address in (
        f"/zuruecklegen/{bread.pk}/",
        f"/zurueckgelegt/{made[0].secret}/",
        f"/angebot/{bread.pk}-{bread.slug}/",
    ):
        for _cold_then_warm in range(2):
            with django_assert_max_num_queries(8, info=address):
                client.get(address)
    staff = browser(member_of(bakery))
    with CaptureQueriesContext(connection) as frame:
        staff.get("/bestellbedingungen/")
    side = f"/laden/{bakery.slug}/zurueckgelegt"
    for address in (f"{side}/", f"{side}/vorbei/", f"{side}/{made[0].number}/"):
        with django_assert_max_num_queries(len(frame) + 6, info=address):
            assert staff.get(address).status_code == 200


def test_the_pages_exist_in_english(client, bread, bakery):
    made = put_aside(bread)
    assert "Put aside free of charge" in client.get(f"/en/zuruecklegen/{bread.pk}/").content.decode()
    assert "I no longer need it" in client.get(f"/en/zurueckgelegt/{made.secret}/").content.decode()
    assert actor(member_of(bakery)).is_person
