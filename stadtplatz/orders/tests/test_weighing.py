"""Loose goods are ordered by estimate, weighed when packed, and paid by the scales up to the bound that was shown."""

from decimal import Decimal

import pytest
from django.test import Client

from stadtplatz.audit.models import Record
from stadtplatz.kit import jobs
from stadtplatz.kit.actors import LINK_HOLDER
from stadtplatz.kit.refusals import ActionRefused, NotAllowed, Stale
from stadtplatz.notifications.models import Message
from stadtplatz.orders import actions
from stadtplatz.orders.models import Order, OrderPart
from stadtplatz.orders.tests.test_pages import put_in, walk_to_review
from stadtplatz.orders.tests.town import actor, member_of, offer_of, open_shop, ordered

pytestmark = pytest.mark.django_db


@pytest.fixture
def dairy():
    return open_shop("Käserei Probelaib (erfunden)", "probelaib")


@pytest.fixture
def cheese(dairy):
    """Two hundred grams for 3.99."""
    loose = {"kind": "loose", "content_amount": Decimal(200), "content_unit": "g"}
    return offer_of(dairy, "Bergkäse", 399, **loose)


@pytest.fixture
def keeper(dairy):
    return actor(member_of(dairy, "packer"))


@pytest.fixture
def part(dairy, cheese):
    return ordered((cheese, 2), (offer_of(dairy, "Butter", 250), 1)).parts.get()


def weigh(part, grams, by, **more):
    line = part.lines.get(grams__isnull=False)
    return actions.weigh(part, grams={line.pk: grams}, by=by, **more)


@pytest.mark.parametrize(("grams", "charged"), [(380, 758), (400, 798), (430, 858), (500, 877)])
def test_the_part_and_the_order_cost_what_the_scales_showed(part, keeper, grams, charged):
    weigh(part, grams, keeper)
    fresh = OrderPart.objects.get()
    assert [line.amount.cents for line in fresh.lines.all()] == [charged, 250]
    assert fresh.goods.cents == Order.objects.get().goods.cents == charged + 250
    assert sum(row.gross.cents for row in fresh.vat()) == charged + 250


def test_it_can_be_weighed_again_until_it_is_packed(part, keeper):
    weigh(part, 380, keeper)
    fresh = weigh(OrderPart.objects.get(), 410, keeper)
    actions.advance(fresh, move="ready", by=keeper)
    with pytest.raises(ActionRefused):
        weigh(fresh, 400, keeper)
    assert OrderPart.objects.get().lines.first().weighed == 410


@pytest.mark.parametrize("grams", [1, 199, 801, 40_000])
def test_a_slip_of_the_finger_is_asked_back(part, keeper, grams):
    with pytest.raises(ActionRefused) as refused:
        weigh(part, grams, keeper)
    assert refused.value.code == "weight"
    assert OrderPart.objects.get().goods == part.goods


def test_strangers_buyers_and_other_shops_weigh_nothing(part):
    other = actor(member_of(open_shop()))
    for by in (LINK_HOLDER, other):
        with pytest.raises(NotAllowed):
            weigh(part, 400, by)
    assert not Record.objects.filter(verb="orders.weighed").exists()


def test_a_stale_page_and_foreign_lines_are_refused(part, keeper):
    with pytest.raises(Stale):
        weigh(part, 400, keeper, expected_version=part.version - 1)
    with pytest.raises(ValueError):
        actions.weigh(part, grams={part.lines.last().pk: 400}, by=keeper)
    assert OrderPart.objects.get().goods == part.goods


def test_the_buyer_knows_the_bound_before_ordering(client, cheese):
    assert "höchstens 10 % mehr" in client.get(f"/angebot/{cheese.pk}-{cheese.slug}/").content.decode()
    put_in(client, cheese, 2)
    html = walk_to_review(client).content.decode()
    assert "etwa 400 g" in html
    assert "höchstens 8,77" in html
    assert "Höchstens, nach dem Wiegen" in html


def test_the_buyer_reads_the_final_price_on_the_page_and_in_the_mail(client, part, keeper):
    page = f"/bestellung/{part.order.secret}/"
    assert "höchstens 8,77" in client.get(page).content.decode()
    weighed = weigh(part, 500, keeper)
    actions.advance(weighed, move="ready", by=keeper)
    html = client.get(page).content.decode()
    assert "gewogen: 500 g, bestellt waren etwa 400 g" in html
    assert "ist kostenlos" in html
    assert "11,27" in html
    jobs.run_all()
    mail = Message.objects.filter(subject__startswith="Abholbereit").get()
    assert "gewogen: 500 g" in mail.text
    assert "11,27" in mail.text


def test_the_shop_weighs_on_the_page_of_the_order(dairy, part):
    packer = Client()
    packer.force_login(member_of(dairy, "packer"))
    address, field = f"/laden/{dairy.slug}/bestellungen/{part.order.number}/", f"grams-{part.lines.first().pk}"
    assert f'name="{field}"' in packer.get(address).content.decode()
    wrong = packer.post(f"{address}wiegen/", {"version": part.version, field: 9000})
    assert (wrong.status_code, 'value="9000"' in wrong.content.decode()) == (409, True)
    packer.post(f"{address}wiegen/", {"version": part.version, field: 410})
    assert OrderPart.objects.get().lines.first().weighed == 410
    assert 'value="410"' in packer.get(address).content.decode()


@pytest.mark.parametrize("who", [None, "other"])
def test_the_weighing_page_opens_only_for_its_own_people(dairy, part, who):
    visitor = Client()
    if who:
        visitor.force_login(member_of(open_shop()))
    answer = visitor.post(f"/laden/{dairy.slug}/bestellungen/{part.order.number}/wiegen/", {"version": 1})
    assert answer.status_code == (404 if who else 302)
    assert OrderPart.objects.get().version == part.version
