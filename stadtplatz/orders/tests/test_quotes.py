"""A price is asked for, named until a day, and wanted or not; nobody is bound, and each reads only their own."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from stadtplatz.accounts.models import Guest, Person
from stadtplatz.accounts.visitors import actor_for
from stadtplatz.kit import clock, jobs
from stadtplatz.kit.actors import ANONYMOUS, LINK_HOLDER, SYSTEM
from stadtplatz.kit.money import Money
from stadtplatz.kit.refusals import ActionRefused, NotAllowed, Stale
from stadtplatz.notifications.models import Message
from stadtplatz.orders import actions, privacy, rules
from stadtplatz.orders.jobs import end_quotes
from stadtplatz.orders.models import Quote
from stadtplatz.orders.queries import quotes
from stadtplatz.orders.tests.town import actor, member_of, offer_of, open_shop
from stadtplatz.shops.models import Shop

pytestmark = pytest.mark.django_db

IN_A_WEEK = timedelta(days=7)


@pytest.fixture
def bakery():
    return open_shop(standing=Shop.KNOWN)


@pytest.fixture
def cake(bakery):
    return offer_of(bakery, "Hochzeitstorte", 0, stock=0, kind="quote")


@pytest.fixture
def owner(bakery):
    return actor(member_of(bakery))


def ask(cake, email="anna@example.org", by=ANONYMOUS, wish="Für 60 Personen, am 12. Juni."):
    return actions.ask_price(offer=cake, wish=wish, name="Anna Beispiel", email=email, by=by)


def name_price(quote, owner, cents=38_000, **more):
    day = more.pop("until", clock.today() + IN_A_WEEK)
    return actions.name_price(quote, price=Money(cents), valid_until=day, words="Mit Lieferung.", by=owner, **more)


def state_of(quote):
    return Quote.objects.get(pk=quote.pk).state


def browser(person):
    client = Client()
    if person:
        client.force_login(person)
    return client


def test_from_the_question_to_the_yes(client, bakery, cake):
    page = client.get(f"/angebot/{cake.pk}-{cake.slug}/").content.decode()
    assert f'href="/preis-anfragen/{cake.pk}/"' in page
    answer = client.post(f"/preis-anfragen/{cake.pk}/", {"wish": "Für 60 Personen", "name": "Anna"})
    quote = Quote.objects.get()
    assert (answer.status_code, answer["location"]) == (303, f"/preisanfrage/{quote.secret}/?neu")
    html = client.get(answer["location"]).content.decode()
    for words in (quote.number, quote.spelled_code, "Für 60 Personen"):
        assert words in html

    staff, side = browser(member_of(bakery)), f"/laden/{bakery.slug}/preisanfragen"
    assert quote.number in staff.get(f"{side}/").content.decode()
    day = (clock.today() + IN_A_WEEK).isoformat()
    typed = {"version": 1, "price": "380,00", "valid_until": day, "words": "Mit Lieferung"}
    staff.post(f"{side}/{quote.number}/offer/", typed)
    html = client.get(f"/preisanfrage/{quote.secret}/").content.decode()
    assert "380,00" in html
    assert "noch kein Vertrag" in html
    assert "zahlungspflichtig" not in html
    client.post(f"/preisanfrage/{quote.secret}/antwort/", {"move": "accept"})
    assert state_of(quote) == "accepted"
    assert "gewünscht" in staff.get(f"{side}/").content.decode()
    assert "sessionid" not in client.cookies


def test_both_sides_are_told(bakery, cake, owner):
    quote = ask(cake)
    name_price(quote, owner)
    actions.move_quote(quote, move="decline", by=LINK_HOLDER)
    jobs.run_all()
    told = [(row.address.split("@")[0], row.subject.split(":")[0]) for row in Message.objects.order_by("pk")]
    assert sorted(told) == sorted(
        [
            ("anna", "Ihre Preisanfrage bei Bäckerei Musterkorn (erfunden)"),
            ("owner", "Preisanfrage"),
            ("anna", "Bäckerei Musterkorn (erfunden) nennt einen Preis"),
            ("owner", "Nicht gewünscht"),
        ]
    )


@pytest.mark.parametrize("kind", ["goods", "showcase"])
def test_what_has_a_price_is_not_asked_for_one(client, cake, kind):
    type(cake).objects.update(kind=kind)
    cake.kind = kind
    with pytest.raises(ActionRefused):
        ask(cake)
    assert client.get(f"/preis-anfragen/{cake.pk}/").status_code == 404
    assert not Quote.objects.exists()


@pytest.mark.parametrize("days", [-1, 400])
def test_the_last_day_lies_ahead_and_within_a_year(cake, owner, days):
    quote = ask(cake)
    with pytest.raises(ActionRefused):
        name_price(quote, owner, until=clock.today() + timedelta(days=days))
    assert state_of(quote) == "asked"


def test_after_the_last_day_nobody_says_yes(cake, owner):
    quote = name_price(ask(cake), owner)
    late = clock.now() + IN_A_WEEK + timedelta(days=1)
    with pytest.raises(ActionRefused):
        actions.move_quote(quote, move="accept", by=LINK_HOLDER, at=late)
    Quote.objects.update(valid_until=clock.today() - timedelta(days=1))
    end_quotes()
    assert state_of(quote) == "ended"


def test_a_question_nobody_answers_ends_after_thirty_days(cake):
    quote = ask(cake)
    end_quotes()
    assert state_of(quote) == "asked"
    Quote.objects.update(asked_at=clock.now() - rules.QUOTE_WAITS - timedelta(hours=1))
    end_quotes()
    assert state_of(quote) == "ended"


def test_no_price_needs_a_reason_and_what_was_typed_stays(bakery, cake):
    quote, staff = ask(cake), browser(member_of(bakery, "staff"))
    address = f"/laden/{bakery.slug}/preisanfragen/{quote.number}"
    assert staff.post(f"{address}/refuse/", {"version": 1, "reason": ""}).status_code == 422
    wrong = staff.post(f"{address}/offer/", {"version": 1, "price": "viel", "valid_until": "2026-01-01"})
    assert (wrong.status_code, 'value="viel"' in wrong.content.decode()) == (422, True)
    assert state_of(quote) == "asked"
    staff.post(f"{address}/refuse/", {"version": 1, "reason": "Im Juni sind wir ausgebucht."})
    assert state_of(quote) == "refused"


@pytest.mark.parametrize("move", ["offer", "refuse", "accept", "decline", "cancel", "end"])
def test_each_move_belongs_to_somebody(bakery, cake, move):
    quote = ask(cake)
    packer, other = actor(member_of(bakery, "packer")), actor(member_of(open_shop("Kuhglück (erfunden)", "kuhglueck")))
    for by in (ANONYMOUS, packer, other):
        with pytest.raises(NotAllowed):
            actions.move_quote(quote, move=move, by=by)
    assert state_of(quote) == "asked"


def test_a_stale_page_changes_nothing(cake, owner):
    quote = ask(cake)
    actions.move_quote(quote, move="cancel", by=LINK_HOLDER)
    with pytest.raises(Stale):
        name_price(quote, owner, expected_version=quote.version)
    assert state_of(quote) == "cancelled"


@pytest.mark.parametrize(
    ("who", "status"), [("stranger", 302), ("citizen", 404), ("packer", 404), ("staff", 200), ("other", 404)]
)
def test_the_shop_side_opens_for_owners_and_staff_of_this_shop(bakery, cake, who, status):
    quote = ask(cake)
    people = {
        "stranger": lambda: None,
        "citizen": lambda: Person.objects.create_user("kundin@example.org"),
        "packer": lambda: member_of(bakery, "packer"),
        "staff": lambda: member_of(bakery, "staff"),
        "other": lambda: member_of(open_shop("Käse Kuhglück (erfunden)", "kuhglueck")),
    }
    visitor, side = browser(people[who]()), f"/laden/{bakery.slug}/preisanfragen"
    for address in (f"{side}/", f"{side}/{quote.number}/"):
        answer = visitor.get(address)
        assert answer.status_code == status, address
        assert ("Anna Beispiel" in answer.content.decode()) is (status == 200)


def test_the_sixth_question_in_an_hour_waits(client, cake):
    for _number in range(5):
        client.post(f"/preis-anfragen/{cake.pk}/", {"wish": "Torte", "name": "Anna"})
    assert client.post(f"/preis-anfragen/{cake.pk}/", {"wish": "Torte", "name": "Anna"}).status_code == 429
    assert Quote.objects.count() == 5


def test_it_is_found_again(cake):
    mira = Person.objects.create_user("mira@example.org", name="Mira")
    quote = ask(cake, email="", by=actor_for(mira))
    assert quotes.by_number_and_code(quote.number.lower(), quote.spelled_code) == quote
    assert quotes.by_number_and_code(quote.number, "22222 22222") is None
    assert Client().get(f"/v/{quote.secret}/")["location"] == f"/preisanfrage/{quote.secret}/"
    assert quote.number in browser(mira).get("/meine/").content.decode()
    assert Client().get(f"/preisanfrage/{quote.secret[:-1]}x/").status_code == 404


def test_words_and_contact_go_after_sixty_days_and_on_erasure(cake, owner):
    quote = ask(cake)
    actions.refuse_price(quote, reason="Nein", by=owner)
    assert actions.forget_quotes(at=clock.now() + rules.QUOTE_KEPT - timedelta(hours=1)) == 0
    assert actions.forget_quotes(at=clock.now() + rules.QUOTE_KEPT + timedelta(hours=1)) == 1
    row = Quote.objects.get()
    assert (row.wish, row.answer, row.guest, Guest.objects.get().email) == ("", "", None, "")
    again = ask(cake, email="bert@example.org")
    guest = again.guest
    assert privacy.export(guest)["asked_prices"][0]["wish"].startswith("Für 60")
    assert privacy.erase(guest, by=SYSTEM) == []
    assert Quote.objects.get(pk=again.pk).wish == ""


@pytest.mark.parametrize("many", [1, 12])
def test_no_page_asks_more_for_many(client, bakery, cake, many, django_assert_max_num_queries):
    made = [ask(cake, email=f"kunde{number}@example.org") for number in range(many)]
    for address in (f"/preis-anfragen/{cake.pk}/", f"/preisanfrage/{made[0].secret}/"):
        for _cold_then_warm in range(2):
            with django_assert_max_num_queries(7, info=address):
                client.get(address)
    staff = browser(member_of(bakery))
    with CaptureQueriesContext(connection) as frame:
        staff.get("/bestellbedingungen/")
    side = f"/laden/{bakery.slug}/preisanfragen"
    for address in (f"{side}/", f"{side}/{made[0].number}/"):
        with django_assert_max_num_queries(len(frame) + 6, info=address):
            assert staff.get(address).status_code == 200
