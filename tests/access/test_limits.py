"""What anybody may write without an account is counted: by the network it comes from, and by the contact that is left.

Every public address that takes a POST stands in one of three tables, so that no new one is forgotten. Those that are counted are
tried: once as people do, then with every counter of that first time filled up.
"""

import inspect

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from stadtplatz.city.models import Unit
from stadtplatz.kit.models import RateCounter
from stadtplatz.moderation.models import Ground
from stadtplatz.moderation.tests.builders import EXPLANATION
from stadtplatz.orders.tests.town import offer_of
from stadtplatz.shops.tests.builders import place
from tests.access.addresses import every
from tests.access.whole_shop import WholeShop

pytestmark = pytest.mark.django_db
ELSEWHERE = (
    "desk/",
    "laden/",
    "konto/",
    "api/",
    "demo/",
    "open311",
    "^open311",
    "anliegen/",
    "^anliegen/",
    "^aufgabe/",
)
"""Behind a door; of programs with a key; reports, whose limits stand in `tickets.limits` and are tested there."""
OF_ITS_LINK = {
    "appointment-move", "appointment-cancel", "appointment-reminder", "orders-cancel", "orders-write", "orders-weight",
    "orders-withdraw", "reservations-cancel", "reservations-longer", "quotes-answer", "watch", "stock-question", "measure",
    "notice-complain", "letter-removal", "unsubscribe", "invitation", "follow",
}  # fmt: skip
"""Only who holds a secret link writes, about that one thing, and most of it once."""
OF_ITS_BASKET = {"basket-change", "basket-prices", "checkout", "checkout-contact", "checkout-extend", "checkout-order"}
"""Only a basket that was counted when it was begun, and within its own bounds; looking through it and ordering count again."""
NOTHING = {"mark", "unmark", "mine-keep", "mine-forget", "withdrawal"}
"""A cookie of the visitor's own; a first step that only shows."""
HOME = {"street": "Gartenweg 1", "postcode": "71083", "town": "Musterstadt"}
CONTACT = {"name": "Mia Beispiel", "email": "mia@example.org"}


@pytest.fixture(scope="module")
def town(standing):
    with standing():
        Unit.objects.create(slug="stadtmarketing", name="Stadtmarketing")
        yield WholeShop("Bäckerei Musterkorn (erfunden)", "musterkorn")


@pytest.fixture(scope="module")
def counted(town) -> dict[str, tuple[str, dict[str, object]]]:
    """Of every counted address, where it is and what somebody sends there."""
    offer, entry = town.offer, place()
    quote = offer_of(town.shop, "Festtorte", 0, stock=0, kind="quote")
    notice = {"ground": Ground.objects.first().pk, "explanation": EXPLANATION, "good_faith": "on", **CONTACT}
    claim = {"position": "Inhaberin", "phone": "07032 1", "way": "call", **CONTACT}
    return {
        "place-claim": (reverse("place-claim", args=[entry.pk]), claim),
        "new-business": (
            reverse("new-business"),
            {"business": "Wagners Hofladen", "category": "bakery", "premises": "home", **HOME, **claim},
        ),
        "place-code": (reverse("place-code", args=[entry.pk]), {"code": "FALSCH", **CONTACT}),
        "place-removal": (reverse("place-removal", args=[entry.pk]), {}),
        "shop-ask": (reverse("shop-ask", args=[town.shop.slug]), {"text": "Haben Sie offen?", **CONTACT}),
        "shop-notice": (reverse("shop-notice", args=[town.shop.slug]), notice),
        "place-notice": (reverse("place-notice", args=[entry.pk]), notice),
        "offer-notice": (reverse("offer-notice", args=[offer.pk, offer.slug]), notice),
        "reserve": (reverse("reserve", args=[offer.pk]), {"quantity": 1, **CONTACT}),
        "ask-price": (reverse("ask-price", args=[quote.pk]), {"wish": "Für 60", **CONTACT}),
        "watch-offer": (reverse("watch-offer", args=[offer.pk]), {"email": CONTACT["email"]}),
        "withdrawal-confirm": (reverse("withdrawal-confirm"), {"contract": "B-222-2222", **CONTACT}),
        "basket-add": (reverse("basket-add"), {"offer": offer.pk, "quantity": 1}),
        "shop-counted": (reverse("shop-counted", args=[town.shop.slug]), {"kind": "view"}),
        "find": (reverse("find"), {"number": "B-222-2222", "code": "ABCDE FGHJK"}),
    }


BY_CONTACT = {
    "place-claim", "new-business", "shop-ask", "shop-notice", "place-notice", "offer-notice", "reserve", "ask-price",
    "watch-offer",
}  # fmt: skip
"""Where somebody leaves an address, that counts as well, from wherever it is sent."""
QUIET = {"shop-counted"}
"""Answers nothing either way."""


def test_every_public_address_that_takes_something_is_in_a_table(counted):
    taking = {
        one.name
        for one, view in every()
        if not one.route.startswith(ELSEWHERE) and "POST" in inspect.getsource(inspect.unwrap(view))
    }
    helped = {"shop-notice", "place-notice", "offer-notice", "appointment-contact"}  # a helper of theirs takes it
    known = counted.keys() | OF_ITS_LINK | OF_ITS_BASKET | NOTHING | helped
    assert taking - known == set()
    assert counted.keys() >= BY_CONTACT


def sent(to: tuple[str, dict[str, object]], address: str) -> tuple[int, list[str]]:
    """The status, and what was written, counters apart."""
    found: list[str] = []

    def note(execute, sql, params, many, context):
        if sql.lstrip().upper().startswith(("INSERT", "UPDATE", "DELETE")) and "kit_ratecounter" not in sql:
            found.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        answer = Client().post(*to, REMOTE_ADDR=address, headers={"sec-fetch-site": "same-origin"})
    return answer.status_code, found


def tried(counted, names, second: str) -> dict[str, object]:
    """Each once from one network, then with all its counters full from the second; what was not refused then."""
    wrong: dict[str, object] = {}
    for name in sorted(names):
        RateCounter.objects.all().delete()
        mark = transaction.savepoint()
        first = sent(counted[name], "2001:db8:1:2::7")
        counters = list(RateCounter.objects.all())
        transaction.savepoint_rollback(mark)
        for counter in counters:
            counter.count = 1_000_000
        RateCounter.objects.bulk_create(counters)
        status, written = sent(counted[name], second)
        if written or status != (204 if name in QUIET else 429):
            wrong[name] = (first[0], status, written)
    return wrong


def test_a_household_that_did_it_too_often_writes_nothing_more(counted):
    """Another address of the same IPv6 household is the same visitor."""
    assert tried(counted, counted, "2001:db8:1:2:ffff::1") == {}


def test_a_contact_counts_wherever_it_is_sent_from(counted):
    assert tried(counted, BY_CONTACT, "198.51.100.9") == {}
