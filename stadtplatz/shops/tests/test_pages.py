import pytest
from django.test import Client

from stadtplatz.accounts.models import Person
from stadtplatz.kit.actors import ANONYMOUS
from stadtplatz.kit.identity import forget
from stadtplatz.shops import actions, queries
from stadtplatz.shops.models import ClaimRequest, Membership, RemovalRequest, Shop
from stadtplatz.shops.tests.builders import berlin, owner, person, place, shop, worker

pytestmark = pytest.mark.usefixtures("town")

SIDE = {
    "": {"owner", "staff", "packer"},
    "profil/": {"owner", "staff"},
    "einrichten/": {"owner", "staff"},
    "einrichten/identity/": {"owner", "staff"},
    "einrichten/account/": {"owner"},
    "einrichten/texts/": {"owner"},
    "oeffnungszeiten/": {"owner", "staff"},
    "team/": {"owner"},
}


def signed_in(actor) -> Client:
    client = Client()
    client.force_login(
        Person.objects.get(pk=actor.person_id), backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    return client


@pytest.fixture
def people():
    bakery = shop()
    return {
        "owner": signed_in(owner(bakery)),
        "staff": signed_in(worker(bakery, Membership.STAFF, "stefan")),
        "packer": signed_in(worker(bakery, Membership.PACKER, "paul")),
        "other owner": signed_in(owner(shop("Andere"), "otto")),
        "nobody": signed_in(worker(shop("Dritte"), Membership.PACKER, "nina")),
    }


@pytest.mark.parametrize("page", SIDE)
def test_the_shop_side_opens_for_the_team_by_role_and_hides_from_others(people, page):
    for who, client in people.items():
        answer = client.get(f"/laden/baeckerei-musterkorn/{page}")
        assert answer.status_code == (200 if who in SIDE[page] else 404), who
    stranger = Client().get(f"/laden/baeckerei-musterkorn/{page}")
    assert stranger.status_code == 302
    assert "/konto/" in stranger["Location"]


@pytest.mark.parametrize(
    "page",
    [
        "profil/",
        "einrichten/tax/",
        "einrichten/account/",
        "einrichten/vorlegen/",
        "oeffnungszeiten/",
        "zustand/",
        "team/",
    ],
)
@pytest.mark.parametrize("who", ["packer", "other owner", "nobody", "stranger"])
def test_nobody_else_posts_on_the_shop_side(people, page, who):
    before = Shop.objects.filter(slug="baeckerei-musterkorn").values().get()
    data = {"version": 1, "name": "Gekapert", "to": "paused", "Mo": "8-9", "email": "x@example.org", "role": "owner"}
    answer = people.get(who, Client()).post(f"/laden/baeckerei-musterkorn/{page}", data)
    assert answer.status_code == (302 if who == "stranger" else 404)
    assert Shop.objects.filter(slug="baeckerei-musterkorn").values().get() == before
    assert Membership.objects.filter(shop__slug="baeckerei-musterkorn").count() == 3


def profile(**changes):
    return {
        "version": 1, "name": "Bäckerei Musterkorn", "category": "bakery", "premises": "counter", "street": "Marktplatz 3", "postcode": "71083",
        "town": "Musterstadt", "phone": "07032 12345", "email": "laden@example.org", **changes,
    }  # fmt: skip


def test_the_profile_is_saved_and_a_stale_one_shows_both_texts(people):
    people["staff"].post("/laden/baeckerei-musterkorn/profil/", profile(description="Neu"))
    answer = people["owner"].post("/laden/baeckerei-musterkorn/profil/", profile(description="Meins"))
    assert answer.status_code == 200
    text = answer.content.decode()
    assert "Neu" in text
    assert "Meins" in text
    assert Shop.objects.get(slug="baeckerei-musterkorn").description == "Neu"


def test_a_refused_form_keeps_what_was_typed(people):
    answer = people["owner"].post(
        "/laden/baeckerei-musterkorn/profil/", profile(postcode="abc", description="Mühsam getippt")
    )
    assert "Mühsam getippt" in answer.content.decode()
    assert Shop.objects.get(slug="baeckerei-musterkorn").version == 1


def test_hours_are_typed_by_day(people):
    days = {"Mo": "8-12.30, 14-18 Uhr", "Tu": "8-18", "Sa": "8 bis 13", "Su": "geschlossen"}
    people["owner"].post("/laden/baeckerei-musterkorn/oeffnungszeiten/", {"version": 1, **days})
    saved = Shop.objects.get(slug="baeckerei-musterkorn").hours
    assert saved == "Mo 08:00-12:30,14:00-18:00; Tu 08:00-18:00; Sa 08:00-13:00; PH off"
    answer = people["owner"].post("/laden/baeckerei-musterkorn/oeffnungszeiten/", {"version": 2, "Mo": "morgens"})
    assert "morgens" in answer.content.decode()
    assert Shop.objects.get(slug="baeckerei-musterkorn").hours == saved


def test_an_unclaimed_entry_is_never_open_now_and_not_indexed(client):
    entry = place()
    text = client.get(f"/orte/{entry.pk}/").content.decode()
    assert "Laut OpenStreetMap, Stand April 2020, ungeprüft" in text
    assert 'content="noindex"' in text
    assert "Ist das Ihr Geschäft?" in text
    assert "09:00–18:00" in text
    assert "Jetzt geöffnet" not in text
    assert "open-state" not in text


def test_the_list_filters_and_never_calls_an_entry_open(client, monkeypatch):
    shop(), shop("Blumenladen Auf"), place("Apotheke am Eck", category="pharmacy")
    monkeypatch.setattr("stadtplatz.kit.clock.now", lambda: berlin("2026-11-23 10:00"))
    text = client.get("/geschaefte/").content.decode()
    assert "3 Betriebe" in text
    assert text.index("Blumenladen Auf") < text.index("Apotheke am Eck")
    assert "Apotheke am Eck" not in client.get("/geschaefte/?open=on").content.decode()
    assert "Blumenladen" not in client.get("/geschaefte/?q=apotheke").content.decode()
    assert "Apotheke am Eck" in client.get("/geschaefte/?kind=pharmacy").content.decode()
    assert "Kein Geschäft passt" in client.get("/geschaefte/?q=gibtsnicht").content.decode()


@pytest.mark.parametrize("many", [1, 30])
@pytest.mark.parametrize("view", ["", "?view=map"])
def test_the_list_costs_few_queries_however_long(client, django_assert_max_num_queries, many, view):
    for number in range(many):
        shop(f"Laden {number}")
        place(f"Ort {number}")
    forget()
    with django_assert_max_num_queries(10):
        assert client.get(f"/geschaefte/{view}").status_code == 200


def test_reading_pages_sets_no_cookie(client):
    entry = place()
    shop()
    for path in ("/geschaefte/", f"/orte/{entry.pk}/", "/geschaefte/?open=on&kind=bakery"):
        assert not client.get(path).cookies


def test_a_removal_is_asked_without_account_and_not_too_often(client):
    entries = [place(f"Betrieb {number}") for number in range(6)]
    answers = [client.post(f"/orte/{entry.pk}/entfernen/", {"message": "zu"}).status_code for entry in entries]
    assert answers[:5] == [302] * 5 or answers[:5] == [303] * 5
    assert answers[5] == 429
    assert RemovalRequest.objects.count() == 5
    shown = [bool(queries.shown_place(entry.pk)) for entry in entries]
    assert shown == [False, False, True, True, True, True]  # the first two at once, further ones wait for the desk


def test_a_claim_is_asked_with_name_and_phone(client):
    entry = place()
    answer = client.post(
        f"/orte/{entry.pk}/uebernehmen/", {"name": "Flora", "email": "kaputt", "position": "Inhaberin"}
    )
    assert answer.status_code == 200
    assert "Flora" in answer.content.decode()
    assert not ClaimRequest.objects.exists()
    full = {"name": "Flora", "email": "flora@example.org", "position": "Inhaberin", "phone": "07032 1", "way": "call"}
    refused = client.post(f"/orte/{entry.pk}/uebernehmen/", {**full, "phone": ""})
    assert "Telefonnummer" in refused.content.decode()
    assert not ClaimRequest.objects.exists()
    assert client.post(f"/orte/{entry.pk}/uebernehmen/", full).status_code in (302, 303)
    assert ClaimRequest.objects.get().contact.email == "flora@example.org"


def test_the_market_desk_is_for_the_market_desk(client, people):
    entry = place()
    row = actions.ask_removal(place=entry, by=ANONYMOUS)
    for someone in people.values():
        assert someone.get("/desk/geschaefte/").status_code == 404
        assert someone.post(f"/desk/geschaefte/entfernung/{row.pk}/", {"grant": "1"}).status_code == 404
    assert client.get("/desk/geschaefte/").status_code == 302
    row.refresh_from_db()
    assert row.state == RemovalRequest.NEW
    clerk = person("desk")
    Person.objects.filter(pk=clerk.pk).update(is_operator=True)
    client.force_login(clerk, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert "Blumen Beispiel" in client.get("/desk/geschaefte/").content.decode()
    client.post(f"/desk/geschaefte/entfernung/{row.pk}/", {"grant": "1"})
    assert client.get(f"/orte/{entry.pk}/").status_code == 404


def test_an_entry_leads_to_its_shop(client):
    entry = place()
    made = shop(place=entry)
    assert client.get(f"/orte/{entry.pk}/")["Location"] == f"/geschaefte/{made.slug}/"


def test_special_days_are_added_and_removed_on_the_hours_page(people, monkeypatch):
    monkeypatch.setattr("stadtplatz.kit.clock.now", lambda: berlin("2026-11-23 10:00"))
    address = "/laden/baeckerei-musterkorn/oeffnungszeiten/"
    typed = {"version": 1, "first": "2026-12-28", "last": "2027-01-06", "times": "", "note": "Betriebsferien"}
    assert people["packer"].post(f"{address}tage/", typed).status_code == 404
    assert people["other owner"].post(f"{address}tage/", typed).status_code == 404
    assert "Betriebsferien" in people["staff"].post(f"{address}tage/", typed, follow=True).content.decode()
    refused = people["staff"].post(f"{address}tage/", {**typed, "version": 2, "last": "2026-12-01"})
    assert "muss hinter dem ersten liegen" in refused.content.decode()
    assert len(Shop.objects.get(slug="baeckerei-musterkorn").special_days) == 1
    people["staff"].post(f"{address}tage/2026-12-28/weg/")
    assert Shop.objects.get(slug="baeckerei-musterkorn").special_days == []


def test_a_suspended_shop_is_not_called_visible_and_leads_whoever_may_to_the_reasons(people):
    Shop.objects.update(standing=Shop.SUSPENDED)
    words = {
        who: people[who].get("/laden/baeckerei-musterkorn/").content.decode() for who in ("owner", "staff", "packer")
    }
    assert all("sieht niemand das Geschäft" in text and "Sichtbar" not in text for text in words.values())
    assert {who for who, text in words.items() if "Warum, und was Sie tun können" in text} == {"owner", "staff"}
