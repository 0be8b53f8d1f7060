"""Buyers of something illegal of the last six months are told once: by mail, else on a page for everybody (Art. 32 DSA)."""

from datetime import timedelta

import pytest

from stadtplatz.accounts.models import Guest, Person
from stadtplatz.audit.models import Record
from stadtplatz.catalogue import actions as catalogue
from stadtplatz.catalogue.actions.noticed import offer_content
from stadtplatz.catalogue.models import Offer
from stadtplatz.kit import clock, jobs
from stadtplatz.kit.actors import ANONYMOUS
from stadtplatz.kit.refusals import ActionRefused, NotAllowed
from stadtplatz.kit.workdays import months_before
from stadtplatz.moderation.tests.builders import desk_of_two, notice, ruling
from stadtplatz.notifications.models import Message
from stadtplatz.orders import actions
from stadtplatz.orders.models import BuyersTold, Order, OrderPart
from stadtplatz.orders.tests.town import actor, member_of, offer_of, open_shop, ordered
from stadtplatz.shops.models import Membership

pytestmark = pytest.mark.django_db
REMEDIES = "Nicht essen. Im Laden zurückgeben, das Geld gibt es zurück."


@pytest.fixture
def desk():
    return desk_of_two()


@pytest.fixture
def syrup():
    return offer_of(open_shop(), "Heilsirup", 790, stock=60)


def down(syrup, desk, **more):
    offer = Offer.objects.select_related("shop").get(pk=syrup.pk)
    matter = notice(offer_content(offer)).matter
    catalogue.decide_about_offer(matter=matter, ruling=ruling(**more), by=desk[0])
    matter.refresh_from_db()
    return matter


def tell(matter, by, **more):
    return actions.tell_buyers(matter=matter, by=by, **{"remedies": REMEDIES, **more})


def test_each_buyer_reads_what_why_by_whom_and_what_to_do_once(desk, syrup):
    ordered((syrup, 1))
    ordered((syrup, 1), email="ben@example.org")
    ordered((offer_of(syrup.shop, "Landbrot"), 1), email="nicht@example.org")
    row = tell(down(syrup, desk), desk[0])
    assert (row.told, row.unknown) == (2, 0)
    jobs.run_all()
    mails = Message.objects.filter(subject__startswith="Wichtig zu Ihrer Bestellung")
    assert sorted(mails.values_list("address", flat=True)) == ["anna@example.org", "ben@example.org"]
    for words in ("Heilsirup", "Art. 44 LMIV", "Erika Muster", "Marktplatz 3", "zurückgeben"):
        assert words in mails.first().text
    assert Record.objects.filter(verb="orders.buyers_told").count() == 1


def test_six_calendar_months_back_and_nothing_called_off(desk, syrup):
    now = clock.now()
    start = months_before(now, 6)
    orders = [ordered((syrup, 1), email=f"{name}@example.org") for name in ("alt", "rand", "storno", "neu")]
    for order, at in zip(orders, (start - timedelta(seconds=1), start, now, now), strict=True):
        Order.objects.filter(pk=order.pk).update(placed_at=at)
    OrderPart.objects.filter(order=orders[2]).update(state="cancelled")
    row = tell(down(syrup, desk), desk[0], at=now)
    assert row.orders == [orders[1].pk, orders[3].pk]


def test_whoever_left_no_mail_address_finds_it_on_a_page(client, desk, syrup):
    order = ordered((syrup, 1))
    Guest.objects.filter(orders=order).update(email="", phone="0711 0")
    ordered((syrup, 1), email="ben@example.org")
    row = tell(down(syrup, desk), desk[0])
    assert (row.told, row.unknown) == (1, 1)
    html = client.get("/produktwarnungen/").text
    assert "Heilsirup" in html
    assert "Nicht essen" in html


@pytest.mark.parametrize("case", ["kept", "terms", "remedies", "nobody", "twice", "stranger", "member"])
def test_it_is_refused_and_nobody_is_told(desk, syrup, case):
    if case != "nobody":
        ordered((syrup, 1))
    more = {"kept": {"restrict": False}, "terms": {"basis_kind": "terms"}}.get(case, {})
    matter, by, words = down(syrup, desk, **more), desk[0], {}
    if case == "remedies":
        words = {"remedies": "kurz"}
    elif case == "twice":
        tell(matter, by)
    elif case == "stranger":
        by = ANONYMOUS
    elif case == "member":
        Membership.objects.create(person_id=by.person_id, shop=syrup.shop, role="packer", since=clock.now())
    with pytest.raises(NotAllowed if case in {"stranger", "member"} else ActionRefused):
        tell(matter, by, **words)
    assert BuyersTold.objects.count() == (case == "twice")


def test_from_the_decision_to_the_press(client, desk, syrup, django_assert_max_num_queries):
    ordered((syrup, 1))
    matter = down(syrup, desk)
    address = f"/desk/inhalte/angebot/{matter.case.number}/kaeufer/"
    assert client.get(address).status_code == 302
    client.force_login(member_of(syrup.shop))
    assert client.get(address).status_code == 404
    assert not actor(Person.objects.last()).operator
    client.force_login(Person.objects.get(email="anna.desk@example.org"))
    assert address in client.get(f"/desk/inhalte/angebot/{matter.case.number}/").text
    assert "1 Bestellung" in client.get(address).text
    client.post(address, {"remedies": REMEDIES})
    assert BuyersTold.objects.get().told == 1
    assert "1 per Mail" in client.get(address).text
    for extra in (0, 29):
        for number in range(extra):
            BuyersTold.objects.create(matter=f"M-{number}", title="X", seller="Y", ground="Z", facts="F", remedies="R", since=clock.now(), told=0, unknown=1, told_by="p", told_at=clock.now())  # fmt: skip
        with django_assert_max_num_queries(12):
            client.get("/produktwarnungen/")


@pytest.mark.parametrize(
    ("ordered_it", "ruled", "words"),
    [
        (True, {"restrict": False}, "weil sie gegen ein Gesetz verstoßen"),
        (True, {"basis_kind": "terms"}, "weil sie gegen ein Gesetz verstoßen"),
        (False, {}, "in den letzten sechs Monaten niemand bestellt"),
    ],
)
def test_where_nobody_is_to_be_told_the_page_says_why_and_has_no_button(client, desk, syrup, ordered_it, ruled, words):
    if ordered_it:
        ordered((syrup, 1))
    matter = down(syrup, desk, **ruled)
    client.force_login(Person.objects.get(email="anna.desk@example.org"))
    page = client.get(f"/desk/inhalte/angebot/{matter.case.number}/kaeufer/").text
    assert words in page
    assert 'name="remedies"' not in page
