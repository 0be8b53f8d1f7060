"""What buyers and shops are told, and that nothing of other shops is in it."""

import pytest

from stadtplatz.kit import jobs
from stadtplatz.kit.actors import LINK_HOLDER
from stadtplatz.kit.models import Job
from stadtplatz.notifications.models import Message
from stadtplatz.orders import actions, privacy
from stadtplatz.orders.models import Order
from stadtplatz.orders.tests.town import actor, member_of, offer_of, open_shop, ordered

pytestmark = pytest.mark.django_db


@pytest.fixture
def bakery():
    return open_shop()


@pytest.fixture
def books():
    return open_shop("Buchhandlung Blätterwald (erfunden)", "blaetterwald")


def subjects(**given):
    return list(Message.objects.filter(medium="mail", **given).order_by("id").values_list("subject", flat=True))


def test_the_confirmation_has_everything_the_law_wants(bakery, books):
    order = ordered((offer_of(bakery), 2), (offer_of(books, "Heimatkunde", 1290, withdrawal="none"), 1))
    jobs.run_all()

    text = Message.objects.get(address="anna@example.org").text
    for wanted in (
        order.number,
        order.spelled_code,
        "2 × Landbrot",
        "1 × Heimatkunde",
        "22,70 €",
        "enthält 7 % MwSt.",
        "kein Widerrufsrecht: verdirbt schnell",
        "14 Tage Widerrufsrecht",
        "Bäckerei Musterkorn Inh. Erika Muster",
        "blaetterwald@example.org",
        "Widerrufsbelehrung",
        "Muster-Widerrufsformular",
        "Bestellbedingungen",
    ):
        assert wanted in text, wanted
    assert not Job.objects.filter(attempts__gt=0).exists()


def test_each_shop_reads_only_its_own_goods(bakery, books):
    member_of(bakery, email="baecker@example.org")
    member_of(books, email="buch@example.org")
    ordered((offer_of(bakery), 2), (offer_of(books, "Heimatkunde"), 1))
    jobs.run_all()

    told = Message.objects.get(person__email="baecker@example.org").text
    assert "Landbrot" in told
    assert "Heimatkunde" not in told


def test_from_ready_to_declined_the_buyer_hears_it(bakery, books):
    baker, seller = actor(member_of(bakery)), actor(member_of(books))
    order = ordered((offer_of(bakery), 2), (offer_of(books, "Heimatkunde"), 1))
    bread, book = order.parts.all()
    ready = actions.advance(bread, move="ready", by=baker)[0]
    actions.decline(book, reason="Das letzte Buch hat einen Knick.", by=seller)
    jobs.run_all()

    mails = Message.objects.filter(address="anna@example.org", medium="mail")
    assert any(ready.collection_code in mail.text for mail in mails)
    assert any("einen Knick" in mail.text for mail in mails)
    assert Message.objects.filter(medium="label").count() == 1


def test_cancelling_tells_the_shop_and_reacting_twice_writes_once(bakery):
    member_of(bakery, email="baecker@example.org")
    order = ordered((offer_of(bakery), 1))
    actions.cancel(order.parts.all(), by=LINK_HOLDER)
    waiting = list(Job.objects.filter(name="audit.reactions.react").values_list("args", flat=True))
    jobs.run_all()
    before = Message.objects.count()

    for args in waiting:
        jobs.REGISTRY["audit.reactions.react"](*args)

    assert Message.objects.count() == before
    assert any("storniert" in subject.lower() for subject in subjects(person__email="baecker@example.org"))


def test_somebody_with_only_a_phone_gets_no_mail_and_keeps_number_and_code(bakery, client):
    from stadtplatz.kit.actors import ANONYMOUS
    from stadtplatz.kit.clock import now
    from stadtplatz.orders.tests.town import basket_with, first_slots

    basket = basket_with((offer_of(bakery), 1))
    checkout = actions.choose_slots(basket, slots=first_slots(basket, now()))
    actions.leave_contact(checkout, name="Opa Muster", phone="07032 123")
    actions.begin_review(checkout)
    order = actions.place_order(key=checkout.key, shown_total=490, by=ANONYMOUS)
    jobs.run_all()

    assert not Message.objects.filter(medium="mail", person=None).exists()
    assert order.spelled_code in client.get(f"/bestellung/{order.secret}/").content.decode()


def test_erasing_leaves_the_voucher_and_nothing_that_leads_to_the_buyer(bakery):
    order = ordered((offer_of(bakery), 2))
    guest = order.guest
    assert privacy.export(guest)["orders"][0]["number"] == order.number

    stays = privacy.erase(guest, by=actor(member_of(bakery)))

    order = Order.objects.get()
    assert order.contact_key == ""
    assert order.total.cents == 980
    assert "8" in str(stays[0])
