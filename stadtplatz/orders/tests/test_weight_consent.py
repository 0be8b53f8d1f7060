"""More than ordered costs more only with the buyer's yes; and nothing sold by weight is packed unweighed without a word."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from stadtplatz.audit.models import Record
from stadtplatz.catalogue.rules import full_price
from stadtplatz.kit import clock, jobs
from stadtplatz.kit.actors import LINK_HOLDER
from stadtplatz.kit.money import Money
from stadtplatz.kit.refusals import ActionRefused, NotAllowed, Stale
from stadtplatz.notifications.models import Message
from stadtplatz.orders import actions
from stadtplatz.orders.jobs import close_weights
from stadtplatz.orders.models import Order, OrderLine, OrderPart, WeightQuestion
from stadtplatz.orders.tests.town import actor, in_a_week, member_of, offer_of, open_shop, ordered

pytestmark = pytest.mark.django_db


@pytest.fixture
def dairy():
    return open_shop("Käserei Probelaib (erfunden)", "probelaib")


@pytest.fixture
def keeper(dairy):
    return actor(member_of(dairy))


@pytest.fixture
def line(dairy):
    """A kilogram of cheese for 12 euros, ordered; the collection is days away."""
    loose = {"kind": "loose", "content_amount": Decimal(1000), "content_unit": "g"}
    part = ordered((offer_of(dairy, "Bergkäse", 1200, **loose), 1)).parts.get()
    OrderPart.objects.update(starts_at=in_a_week(), ends_at=in_a_week() + timedelta(hours=1))
    return part.lines.get()


def now() -> OrderLine:
    return OrderLine.objects.select_related("part__order").get()


def weighed(grams, by) -> OrderLine:
    found = now()
    actions.weigh(found.part, grams={found.pk: grams}, by=by)
    return now()


def asked(by, grams=1300, **more) -> WeightQuestion:
    return actions.ask_weight(weighed(grams, by), by=by, **more)


def paid() -> tuple[int, int, int]:
    found = now()
    return found.amount.cents, found.part.goods.cents, Order.objects.get().goods.cents


@pytest.mark.parametrize(
    ("estimate", "ordered_g", "weighed_g", "full"),
    [(1200, 1000, 1300, 1560), (1200, 1000, 1101, 1321), (399, 200, 251, 501), (399, 200, 400, 798), (1, 3, 4, 1)],
)
def test_the_full_price_is_in_proportion_half_cents_up(estimate, ordered_g, weighed_g, full):
    assert full_price(Money(estimate), ordered=ordered_g, weighed=weighed_g).cents == full


@pytest.mark.parametrize(
    ("answer", "cents", "verb"),
    [
        (True, 1560, "orders.weight_agreed"),
        (False, 1320, "orders.weight_not_agreed"),
        (None, 1320, "orders.weight_late"),
    ],
)
def test_only_a_yes_in_time_lifts_the_price_above_the_bound(line, keeper, answer, cents, verb):
    question = asked(keeper)
    assert (question.price.cents, question.bound.cents) == (1560, 1320)
    assert paid() == (1320, 1320, 1320)
    if answer is None:
        WeightQuestion.objects.update(until=clock.now())
        close_weights()
    else:
        actions.answer_weight(question, yes=answer, by=LINK_HOLDER)
    assert paid() == (cents, cents, cents)
    assert now().partly_free is (answer is not True)
    assert Record.objects.filter(verb=verb).count() == 1
    jobs.run_all()
    assert Message.objects.filter(subject__contains="höheren Gewicht").count() == 1


def test_the_buyer_reads_both_weights_both_prices_and_the_end(line, keeper):
    asked(keeper)
    jobs.run_all()
    mail = Message.objects.get(subject__contains="wiegt mehr")
    for words in ("1300 g statt etwa 1000 g", "15,60", "12,00", "13,20"):
        assert words in mail.text.replace("\xa0", " ")


@pytest.mark.parametrize(
    ("left", "hours"), [(timedelta(days=7), 24), (timedelta(hours=24), 24), (timedelta(hours=3), 3)]
)
def test_the_answer_is_due_in_a_day_and_never_after_the_collection_begins(line, keeper, left, hours):
    at = clock.now()
    OrderPart.objects.update(starts_at=at + left)
    assert asked(keeper, at=at).until == at + timedelta(hours=hours)


def refused_asking(line, keeper, case):
    at = clock.now()
    if case == "not-above":
        actions.ask_weight(weighed(1100, keeper), by=keeper)
    elif case == "asked":
        actions.ask_weight(asked(keeper).line, by=keeper)
    elif case == "too-late":
        OrderPart.objects.update(starts_at=at + timedelta(minutes=29))
        asked(keeper, at=at)
    elif case == "wrong-state":
        found = weighed(1300, keeper)
        actions.advance(found.part, move="ready", by=keeper)
        actions.ask_weight(found, by=keeper)
    elif case == "nobody":
        Order.objects.update(contact_key="", person=None)
        asked(keeper)


@pytest.mark.parametrize("case", ["not-above", "asked", "too-late", "wrong-state", "nobody"])
def test_asking_is_refused(line, keeper, case):
    with pytest.raises(ActionRefused) as refused:
        refused_asking(line, keeper, case)
    assert refused.value.code == case
    assert WeightQuestion.objects.count() == (case == "asked")
    assert paid()[0] == 1320


def test_strangers_stale_pages_and_other_shops_ask_nothing(line, keeper):
    found = weighed(1300, keeper)
    for by in (LINK_HOLDER, actor(member_of(open_shop()))):
        with pytest.raises(NotAllowed):
            actions.ask_weight(found, by=by)
    with pytest.raises(Stale):
        actions.ask_weight(found, by=keeper, expected_version=found.part.version - 1)
    assert not WeightQuestion.objects.exists()


@pytest.mark.parametrize("case", ["shop", "late", "twice", "weighed again", "packed"])
def test_no_answer_counts_that_is_not_the_buyers_own_and_in_time(line, keeper, case):
    question, by, at = asked(keeper), LINK_HOLDER, None
    if case == "shop":
        by = keeper
    elif case == "late":
        at = question.until
    elif case == "twice":
        actions.answer_weight(question, yes=False, by=by)
    elif case == "weighed again":
        weighed(1250, keeper)
    elif case == "packed":
        actions.advance(now().part, move="ready", by=keeper)
    with pytest.raises(ActionRefused):
        actions.answer_weight(question, yes=True, by=by, at=at)
    assert paid() == (1320, 1320, 1320)
    assert now().agreed_at is None


def test_another_weight_ends_the_consent_and_the_same_one_keeps_it(line, keeper):
    actions.answer_weight(asked(keeper), yes=True, by=LINK_HOLDER)
    weighed(1300, keeper)
    assert paid()[0] == 1560
    weighed(1350, keeper)
    assert paid()[0] == 1320
    assert now().agreed_at is None


def test_the_database_knows_the_bound_too(line):
    OrderLine.objects.update(weighed=1300, charged=Money(1320))
    with pytest.raises(IntegrityError), transaction.atomic():
        OrderLine.objects.update(charged=Money(1321))
    OrderLine.objects.update(charged=Money(1321), agreed_at=clock.now())


def test_what_is_sold_by_weight_is_not_packed_before_it_was_weighed(line, keeper):
    with pytest.raises(ActionRefused) as refused:
        actions.advance(now().part, move="ready", by=keeper)
    assert refused.value.code == "weigh"
    assert "Bergkäse" in str(refused.value)
    assert now().part.state == "placed"
    assert not Record.objects.filter(verb="orders.ready").exists()


def test_as_ordered_is_a_press_of_its_own_and_weighing_takes_it_back(line, keeper):
    actions.take_as_ordered(now().part, by=keeper)
    assert (now().as_ordered, paid()[0]) == (True, 1200)
    with pytest.raises(ActionRefused):
        actions.take_as_ordered(now().part, by=keeper)
    weighed(1050, keeper)
    assert (now().as_ordered, paid()[0]) == (False, 1260)
    actions.advance(now().part, move="ready", by=keeper)
    with pytest.raises(ActionRefused):
        actions.take_as_ordered(now().part, by=keeper)
    with pytest.raises(NotAllowed):
        actions.take_as_ordered(now().part, by=LINK_HOLDER)


def test_from_the_scales_over_the_mail_to_the_yes_without_a_script(dairy, line, keeper, django_assert_max_num_queries):
    shop, buyer = Client(), Client()
    shop.force_login(member_of(dairy, "packer"))
    order = now().part.order
    address = f"/laden/{dairy.slug}/bestellungen/{order.number}/"
    refused = shop.post(f"{address}ready/", {"version": now().part.version}, follow=True).text
    assert "Noch nicht gewogen: Bergkäse" in refused
    shop.post(f"{address}wiegen/", {"version": now().part.version, f"grams-{line.pk}": 1300})
    assert "wiegen/" + str(line.pk) in shop.get(address).text
    shop.post(f"{address}wiegen/{line.pk}/", {"version": now().part.version})
    page, question = f"/bestellung/{order.secret}/", WeightQuestion.objects.get()
    buyer.get(page)
    with django_assert_max_num_queries(12):
        assert "1300 g statt etwa 1000 g" in buyer.get(page).text
    buyer.post(f"{page}gewicht/{question.pk}/", {"answer": "yes"})
    assert paid()[0] == 1560
    html = buyer.get(page).text
    assert "dem höheren Preis wurde zugestimmt" in html
    assert "gewicht/" not in html
    assert "die Kundschaft stimmt zu" in shop.get(address).text


@pytest.mark.parametrize("who", [None, "other"])
def test_only_the_shops_people_ask_or_take_as_ordered_and_only_the_link_answers(dairy, line, keeper, who):
    question, visitor = asked(keeper), Client()
    if who:
        visitor.force_login(member_of(open_shop()))
    status, order = 404 if who else 302, now().part.order
    base = f"/laden/{dairy.slug}/bestellungen/{order.number}/"
    for address in (f"{base}wiegen/{line.pk}/", f"{base}wie-bestellt/"):
        assert visitor.post(address, {"version": now().part.version}).status_code == status
    other = ordered(
        (offer_of(open_shop("Hofladen Apfelgrün (erfunden)", "apfelgruen"), "Äpfel", 300), 1), email="b@example.org"
    )
    answer = visitor.post(f"/bestellung/{other.secret}/gewicht/{question.pk}/", {"answer": "yes"})
    assert answer.status_code == 404
    assert OrderLine.objects.get(pk=line.pk).agreed_at is None
