from datetime import timedelta

import pytest
from django.test import Client

from stadtplatz.accounts.models import Person
from stadtplatz.catalogue import actions, queries
from stadtplatz.catalogue.models import Offer, StockQuestion
from stadtplatz.catalogue.tests.builders import offer
from stadtplatz.kit import clock, jobs
from stadtplatz.kit.refusals import NotAllowed, Stale
from stadtplatz.notifications.models import Message
from stadtplatz.search.models import Document
from stadtplatz.shops.models import Membership, Shop
from stadtplatz.shops.tests.builders import owner, shop, worker
from stadtplatz.shops.tests.test_pages import signed_in

DAY = timedelta(days=1)
SIDE = "/laden/baeckerei-musterkorn/angebote/zaehlen/"


@pytest.fixture
def old_loaf(bakery, erna):
    return offer(bakery, erna, at=clock.now() - 20 * DAY, quantity=10)


def link_for(by):
    question = StockQuestion.objects.get()
    return f"/bestand/{queries.sign_question(question, Person.objects.get(pk=by.person_id))}/"


def answer(one, kind, expected=10, **more):
    return {"offer": one.pk, "answer": kind, "expected": expected, **more}


@pytest.mark.parametrize(
    ("days", "details", "stale"),
    [(20, {}, True), (13, {}, False), (20, {"quantity": None}, True), (20, {"kind": "showcase"}, False), (20, {"published": False}, False)],
)  # fmt: skip
def test_what_was_not_counted_for_two_weeks_is_stale(bakery, erna, days, details, stale):
    offer(bakery, erna, at=clock.now() - days * DAY, **details)
    assert queries.stale_offers(bakery).exists() is stale


def test_the_shop_is_asked_once_a_week_by_a_mail_for_each_who_may_answer(bakery, erna, old_loaf):
    worker(bakery, Membership.STAFF, "stefan")
    worker(bakery, Membership.PACKER, "paul")
    assert actions.ask_all() == 1
    assert actions.ask_all() == 0
    jobs.run_all()
    said = list(Message.objects.filter(subject__contains="Stimmt der Bestand von 1 Angebot noch"))
    assert sorted(row.address for row in said) == ["erna@example.org", "stefan@example.org"]
    assert all("Dinkel-Vollkornbrot" in row.text and "10 Stück" in row.text for row in said)
    assert len({row.link for row in said}) == 2
    assert actions.ask_all(at=clock.now() + 8 * DAY) == 1


def test_a_shop_whose_shelf_was_counted_is_not_asked(bakery, erna, old_loaf):
    actions.set_stock(offer=old_loaf, quantity=10, by=erna)
    assert actions.ask_all() == 0


@pytest.mark.parametrize(
    ("kind", "more", "left"), [("same", {}, 10), ("none", {}, 0), ("number", {"quantity": "4"}, 4)]
)
def test_one_button_answers_without_signing_in(bakery, erna, old_loaf, kind, more, left):
    actions.ask_all()
    browser, link = Client(), link_for(erna)
    assert "10 Stück" in browser.get(link).content.decode().replace("<strong>", "").replace("</strong>", "")
    assert not queries.counted([Offer.objects.get()])[0].offer.counted_at > clock.now() - DAY
    assert browser.post(link, answer(old_loaf, kind, **more)).status_code == 303
    assert (actions.shelf(old_loaf).count, queries.stale_offers().count()) == (left, 0)
    assert "beantwortet" in browser.get(link).content.decode()


def test_opening_the_link_changes_nothing(bakery, erna, old_loaf):
    actions.ask_all()
    before = Offer.objects.values().get()
    for _scanner in range(3):
        assert Client().get(link_for(erna) + f"?angebot={old_loaf.pk}").status_code == 200
    assert Offer.objects.values().get() == before


@pytest.mark.parametrize(
    "wrong", [{"answer": "vielleicht"}, {"answer": "number"}, {"answer": "number", "quantity": "-1"}, {"offer": "0"}]
)
def test_a_wrong_answer_changes_nothing(bakery, erna, old_loaf, wrong):
    actions.ask_all()
    Client().post(link_for(erna), {**answer(old_loaf, "same"), **wrong})
    assert queries.stale_offers().count() == 1
    assert actions.shelf(old_loaf).count == 10


def test_the_link_ends_with_the_work_in_the_shop_and_after_three_weeks(bakery, erna, old_loaf):
    actions.ask_all()
    link = link_for(erna)
    assert Client().get("/bestand/erfunden/").status_code == 404
    assert Client().get(link[:-3] + "xy/").status_code == 404
    Membership.objects.all().update(role=Membership.PACKER)
    assert Client().get(link).status_code == 404
    assert Client().post(link, answer(old_loaf, "none")).status_code == 404
    assert actions.shelf(old_loaf).count == 10


def test_a_link_answers_for_its_own_shop_only(bakery, erna, old_loaf):
    other = shop("Andere")
    foreign = offer(other, owner(other, "otto"), quantity=5)
    actions.ask_about_stock(shop=bakery)
    Client().post(link_for(erna), answer(foreign, "none", expected=5))
    assert actions.shelf(foreign).count == 5


def test_an_answer_that_was_overtaken_is_asked_again(bakery, erna, old_loaf):
    actions.set_stock(offer=old_loaf, quantity=3, by=erna)
    with pytest.raises(Stale):
        actions.answer_stock(offer=old_loaf, expected=10, quantity=None, by=erna)
    assert actions.shelf(old_loaf).count == 3
    with pytest.raises(NotAllowed):
        actions.answer_stock(offer=old_loaf, expected=3, quantity=0, by=owner(shop("Andere"), "otto"))
    assert actions.shelf(old_loaf).count == 3


def test_what_was_counted_lately_is_found_as_fresh(bakery, erna, old_loaf):
    before = Document.objects.get(kind="offer").fresh_day
    actions.answer_stock(offer=old_loaf, expected=10, quantity=None, by=erna)
    assert Document.objects.get(kind="offer").fresh_day == before + 20
    assert actions.refresh_ranks() == 1


def test_a_closed_shop_is_not_asked(bakery, erna, old_loaf):
    Shop.objects.filter(pk=bakery.pk).update(state=Shop.CLOSED)
    assert actions.ask_all() == 0


def test_the_shop_side_lists_what_waits_for_a_count(bakery, erna, old_loaf):
    browser = signed_in(erna)
    assert "1 Angebot wurde" in browser.get(SIDE).content.decode()
    assert SIDE in browser.get("/laden/baeckerei-musterkorn/").content.decode()
    browser.post(SIDE, answer(old_loaf, "same"))
    assert "in den letzten zwei Wochen gezählt" in browser.get(SIDE).content.decode()
    assert SIDE not in browser.get("/laden/baeckerei-musterkorn/").content.decode()


def test_the_list_is_for_owner_and_staff(client, bakery, erna, old_loaf):
    others = [signed_in(worker(bakery, Membership.PACKER, "paul")), signed_in(owner(shop("Andere"), "otto"))]
    assert client.get(SIDE).status_code == 302
    for browser in others:
        assert browser.get(SIDE).status_code == 404
        assert browser.post(SIDE, answer(old_loaf, "none")).status_code == 404
    assert actions.shelf(old_loaf).count == 10


@pytest.mark.parametrize("many", [1, 30])
def test_the_pages_cost_few_queries(client, bakery, erna, many, django_assert_max_num_queries):
    for number in range(many):
        offer(bakery, erna, title=f"Brot {number}", at=clock.now() - 20 * DAY)
    actions.ask_all()
    browser, link = signed_in(erna), link_for(erna)
    for page, reader in ((SIDE, browser), (link, client)):
        reader.get(page)
        with django_assert_max_num_queries(12):
            assert reader.get(page).status_code == 200


def test_old_questions_are_forgotten(bakery, erna, old_loaf):
    actions.ask_all()
    assert actions.forget_questions() == 0
    assert actions.forget_questions(at=clock.now() + 80 * DAY) == 1
