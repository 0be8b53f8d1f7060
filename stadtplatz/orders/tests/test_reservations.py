"""What is put aside lies aside until its end, binds nobody, and is never promised twice."""

from datetime import datetime, timedelta

import pytest

from stadtplatz.accounts.models import Guest, Person
from stadtplatz.accounts.visitors import actor_for
from stadtplatz.audit.models import Record
from stadtplatz.catalogue.rules import stock_key
from stadtplatz.kit import clock, jobs
from stadtplatz.kit.actors import ANONYMOUS, LINK_HOLDER, SYSTEM
from stadtplatz.kit.refusals import ActionRefused, NotAllowed, Stale, TooOften
from stadtplatz.notifications.models import Message
from stadtplatz.orders import actions, privacy, rules
from stadtplatz.orders.jobs import end_what_lies_aside
from stadtplatz.orders.models import Reservation
from stadtplatz.orders.tests.town import actor, member_of, offer_of, open_shop
from stadtplatz.pools import actions as pools
from stadtplatz.pools.queries import levels
from stadtplatz.shops.models import Shop
from stadtplatz.shops.queries import kept_until

pytestmark = pytest.mark.django_db


@pytest.fixture
def bakery():
    return open_shop()


@pytest.fixture
def bread(bakery):
    return offer_of(bakery, stock=10)


@pytest.fixture
def keeper(bakery):
    return actor(member_of(bakery, "packer"))


def put_aside(offer, quantity=1, email="anna@example.org", by=ANONYMOUS, **details):
    return actions.reserve(
        offer_id=offer.pk, quantity=quantity, name="Anna", email=email, network="192.0.2.7", by=by, **details
    )


def shelf(offer):
    level = levels([stock_key(offer)])[stock_key(offer)]
    return (level.available, level.held, level.booked)


def let_time_pass(reservation):
    """The end has come, for the pool too."""
    past = clock.now() - timedelta(seconds=1)
    Reservation.objects.filter(pk=reservation.pk).update(until=past)
    type(reservation.hold).objects.filter(pk=reservation.hold_id).update(until=past)


def state_of(reservation):
    return Reservation.objects.get(pk=reservation.pk).state


def test_pieces_lie_aside_and_nothing_is_bought(bread):
    made = put_aside(bread, 2)

    assert (made.state, made.number[0], made.quantity) == ("held", "Z", 2)
    assert shelf(bread) == (8, 2, 0)
    assert made.until > clock.now()
    assert Record.objects.get(verb="orders.reserved").actor == made.guest.key


def test_a_known_seller_may_put_aside_before_the_papers_for_selling_are_complete(bread):
    Shop.objects.update(standing=Shop.KNOWN, vat_id="", legal_name="")
    assert put_aside(bread).state == "held"


@pytest.mark.parametrize(
    "change",
    [{"standing": Shop.NEW}, {"standing": Shop.SUSPENDED}, {"state": Shop.PAUSED}, {"reserve_hours": 0}],
    ids=lambda change: str(change),
)
def test_a_shop_that_is_unknown_suspended_pausing_or_unwilling_puts_nothing_aside(bread, change):
    Shop.objects.update(**change)
    with pytest.raises(ActionRefused):
        put_aside(bread)
    assert shelf(bread) == (10, 0, 0)
    assert not Reservation.objects.exists()


@pytest.mark.parametrize("kind", ["made", "quote"])
def test_what_does_not_stand_on_the_shelf_is_not_put_aside(bread, kind):
    type(bread).objects.update(kind=kind)
    with pytest.raises(ActionRefused):
        put_aside(bread)


def test_sold_out_means_nothing_is_put_aside(bread):
    pools.set_available(stock_key(bread), 0)
    with pytest.raises(ActionRefused) as refused:
        put_aside(bread)
    assert refused.value.code == "not-on-sale"


def test_one_contact_gets_few_things_and_few_pieces(bakery, bread):
    put_aside(bread, 3)
    with pytest.raises(ActionRefused) as pieces:
        put_aside(bread, 3)
    for number in range(rules.MAX_ASIDE - 1):
        put_aside(offer_of(bakery, f"Ware {number}"))
    with pytest.raises(ActionRefused) as things:
        put_aside(offer_of(bakery, "Eine zu viel"))
    assert (pieces.value.code, things.value.code) == ("cap", "cap")
    assert Reservation.objects.count() == rules.MAX_ASIDE
    put_aside(bread, email="bert@example.org")


def test_without_a_mail_address_the_network_address_is_counted_and_forgotten_at_the_end(bakery, bread):
    first = put_aside(bread, 5, email="")
    with pytest.raises(ActionRefused):
        put_aside(bread, 1, email="")
    actions.move_reservation(first, move="cancel", by=LINK_HOLDER)
    assert Reservation.objects.get().contact_key == ""
    put_aside(bread, 5, email="")


def test_the_shop_says_ready_and_hands_out_against_the_code(bread, keeper):
    made = put_aside(bread, 2)
    actions.move_reservation(made, move="ready", by=keeper)
    with pytest.raises(ActionRefused):
        actions.hand_out(made, code="AAAAAA", by=keeper)
    assert state_of(made) == "ready"

    actions.hand_out(made, code=made.collection_code.lower(), by=keeper)

    assert state_of(made) == "collected"
    assert shelf(bread) == (8, 0, 2)


def test_after_five_wrong_codes_the_counter_waits(bread, keeper):
    made = put_aside(bread)
    for _try in range(5):
        with pytest.raises(ActionRefused):
            actions.hand_out(made, code="AAAAAA", by=keeper)
    with pytest.raises(TooOften):
        actions.hand_out(made, code=made.collection_code, by=keeper)
    assert state_of(made) == "held"


@pytest.mark.parametrize(("back_on_sale", "left"), [(False, 8), (True, 10)])
def test_not_there_takes_it_off_the_count_unless_it_goes_back_on_sale(bread, keeper, back_on_sale, left):
    made = put_aside(bread, 2)
    with pytest.raises(ActionRefused):
        actions.say_not_there(made, reason=" ", by=keeper)
    actions.say_not_there(made, reason="Der letzte Laib fiel hin.", back_on_sale=back_on_sale, by=keeper)
    assert (state_of(made), shelf(bread)) == ("refused", (left, 0, 0))


def test_calling_off_brings_it_back_on_sale(bread):
    made = put_aside(bread, 2)
    actions.move_reservation(made, move="cancel", by=LINK_HOLDER)
    assert (state_of(made), shelf(bread)) == ("cancelled", (10, 0, 0))


def test_when_the_time_is_over_it_is_on_sale_again_and_nobody_owes_anything(bread):
    made = put_aside(bread, 2)
    let_time_pass(made)
    end_what_lies_aside()
    assert (state_of(made), shelf(bread)) == ("ended", (10, 0, 0))


def test_who_comes_a_moment_late_gets_it_if_nobody_else_did(bread, keeper):
    made = put_aside(bread, 2)
    let_time_pass(made)
    pools.release_expired()

    actions.hand_out(made, code=made.collection_code, by=keeper)
    assert shelf(bread) == (8, 0, 2)


def test_who_comes_late_after_it_was_sold_hears_so(bread, keeper):
    made = put_aside(bread, 2)
    let_time_pass(made)
    pools.release_expired()
    pools.set_available(stock_key(bread), 1)

    with pytest.raises(ActionRefused) as refused:
        actions.hand_out(made, code=made.collection_code, by=keeper)
    assert refused.value.code == "sold-out"
    assert (state_of(made), shelf(bread)) == ("held", (1, 0, 0))


def test_longer_is_asked_once_and_the_shop_decides(bread, keeper):
    made = put_aside(bread)
    actions.ask_longer(made, by=LINK_HOLDER)
    with pytest.raises(ActionRefused):
        actions.ask_longer(made, by=LINK_HOLDER)
    kept = actions.answer_longer(made, yes=True, by=keeper)
    assert kept.until > made.until
    kept.hold.refresh_from_db()
    assert kept.hold.until == kept.until
    with pytest.raises(ActionRefused):
        actions.answer_longer(made, yes=True, by=keeper)


def test_a_no_leaves_the_end_as_it_was(bread, keeper):
    made = put_aside(bread)
    actions.ask_longer(made, by=LINK_HOLDER)
    assert actions.answer_longer(made, yes=False, by=keeper).until == made.until


def test_who_twice_did_not_come_gets_one_thing_at_a_time_for_sixty_days(bakery, bread, keeper):
    for _time in range(rules.NO_SHOWS):
        made = put_aside(bread)
        actions.move_reservation(made, move="ready", by=keeper)
        let_time_pass(made)
        end_what_lies_aside()
    put_aside(bread)
    with pytest.raises(ActionRefused):
        put_aside(offer_of(bakery, "Hefezopf"))
    Reservation.objects.filter(no_show=True).update(state_since=clock.now() - rules.NO_SHOW_KEPT - timedelta(days=1))
    put_aside(offer_of(bakery, "Brezel"))


def test_what_the_shop_never_made_ready_is_nobodys_no_show(bread):
    let_time_pass(put_aside(bread))
    end_what_lies_aside()
    row = Reservation.objects.get()
    assert (row.state, row.no_show, row.contact_key) == ("ended", False, "")


@pytest.mark.parametrize("move", ["ready", "collect", "refuse", "end"])
def test_strangers_and_other_shops_move_nothing(bread, move):
    made = put_aside(bread)
    other = actor(member_of(open_shop("Käse Kuhglück (erfunden)", "kuhglueck")))
    for by in (ANONYMOUS, LINK_HOLDER, other, actor_for(Person.objects.create_user("b@example.org", is_operator=True))):
        with pytest.raises(NotAllowed):
            actions.move_reservation(made, move=move, by=by)
    assert (state_of(made), shelf(bread)) == ("held", (9, 1, 0))


def test_a_stale_page_changes_nothing(bread, keeper):
    made = put_aside(bread)
    actions.move_reservation(made, move="ready", by=keeper)
    with pytest.raises(Stale):
        actions.move_reservation(made, move="refuse", by=keeper, expected_version=made.version, reason="weg")
    assert state_of(made) == "ready"


def test_citizen_and_shop_are_told(bread, bakery, keeper):
    owner = member_of(bakery)
    made = put_aside(bread, 2)
    actions.move_reservation(made, move="ready", by=keeper)
    actions.ask_longer(made, by=LINK_HOLDER)
    actions.answer_longer(made, yes=True, by=keeper)
    actions.move_reservation(made, move="cancel", by=LINK_HOLDER)
    jobs.run_all()
    told = list(Message.objects.order_by("pk").values_list("address", "subject"))
    assert [subject.split(":")[0] for address, subject in told if address == "anna@example.org"] == [
        "Für Sie zurückgelegt bei Bäckerei Musterkorn (erfunden)",
        "Liegt bereit bei Bäckerei Musterkorn (erfunden)",
        "Bleibt länger für Sie liegen",
    ]
    assert [subject.split(":")[0] for address, subject in told if address == owner.email] == [
        "Bitte zurücklegen",
        "Können Sie es länger liegen lassen? Landbrot (" + made.number + ")",
        "Abgesagt",
    ]
    assert made.collection_code in Message.objects.filter(address="anna@example.org").first().text


def test_the_reason_reaches_the_citizen(bread, keeper):
    actions.say_not_there(put_aside(bread), reason="Heute früh ausverkauft.", by=keeper)
    jobs.run_all()
    assert "Heute früh ausverkauft." in Message.objects.order_by("-pk").first().text


def test_contacts_are_forgotten_two_weeks_after_the_end(bread, keeper):
    made = put_aside(bread)
    actions.move_reservation(made, move="ready", by=keeper)
    let_time_pass(made)
    end_what_lies_aside()
    soon, later = clock.now() + rules.CONTACT_KEPT, clock.now() + rules.NO_SHOW_KEPT + timedelta(hours=1)
    assert actions.forget_reservers(at=soon - timedelta(hours=1)) == 0
    assert actions.forget_reservers(at=soon + timedelta(hours=1)) == 1
    row = Reservation.objects.get()
    assert (row.guest, bool(row.contact_key), Guest.objects.get().name) == (None, True, "")
    actions.forget_reservers(at=later)
    assert Reservation.objects.get().contact_key == ""


def test_export_names_it_and_erasure_leaves_no_way_back(bread):
    person = Person.objects.create_user("mira@example.org", name="Mira")
    made = put_aside(bread, email="", by=actor_for(person))
    assert privacy.export(person)["put_aside"][0]["number"] == made.number
    assert privacy.erase(person, by=SYSTEM) == []
    row = Reservation.objects.get()
    assert (row.person, row.contact_key, row.state) == (None, "", "held")


MONDAY = datetime(2026, 11, 16, tzinfo=clock.BERLIN)


@pytest.mark.parametrize(
    ("hours", "day", "hour", "until"),
    [
        ("Mo-Sa 08:00-18:00", 0, 10, (1, 18)),
        ("Mo-Sa 08:00-18:00", 0, 6, (0, 18)),
        ("Mo-Sa 08:00-18:00", 0, 20, (1, 18)),
        ("Mo-Sa 08:00-18:00", 5, 10, (7, 18)),
        ("Mo-Fr 09:00-12:30,14:00-18:30; Sa 09:00-13:00", 0, 13, (1, 18.5)),
        ("Mo-Fr 09:00-12:30,14:00-18:30; Sa 09:00-13:00", 4, 15, (5, 13)),
        ("Fr 15:00-18:00", 0, 10, (4, 18)),
        ("24/7", 0, 10, (1, 20)),
        ("", 0, 10, (1, 18)),
        ('"nach Vereinbarung"', 0, 10, (1, 18)),
    ],
)
def test_it_is_kept_until_the_shop_closes_on_its_next_day(hours, day, hour, until):
    shop = Shop(state=Shop.OPEN, hours=hours)
    at = MONDAY + timedelta(days=day, hours=hour)
    assert kept_until(shop, at) == MONDAY + timedelta(days=until[0], hours=until[1])


@pytest.mark.parametrize(("asked", "until"), [((0, 10), (0, 14)), ((0, 20), (1, 12))])
def test_hours_that_the_shop_chose_begin_when_it_is_open(asked, until):
    shop = Shop(state=Shop.OPEN, hours="Mo-Sa 08:00-18:00", reserve_hours=4)
    at = MONDAY + timedelta(days=asked[0], hours=asked[1])
    assert kept_until(shop, at) == MONDAY + timedelta(days=until[0], hours=until[1])
