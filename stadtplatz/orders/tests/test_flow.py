"""A part of an order moves only as the flow says, by those it belongs to; what ends unsold comes back."""

from datetime import timedelta

import pytest

from stadtplatz.accounts.visitors import actor_for_guest
from stadtplatz.audit.models import Record
from stadtplatz.catalogue.rules import stock_key
from stadtplatz.kit import clock
from stadtplatz.kit.actors import ANONYMOUS, LINK_HOLDER, SYSTEM
from stadtplatz.kit.refusals import ActionRefused, NotAllowed, Stale, TooOften
from stadtplatz.orders import actions, flow
from stadtplatz.orders.flow import MOVES
from stadtplatz.orders.jobs import close_what_is_over
from stadtplatz.orders.models import OrderPart
from stadtplatz.orders.tests.town import actor, member_of, offer_of, open_shop, ordered
from stadtplatz.pools.queries import levels

pytestmark = pytest.mark.django_db


@pytest.fixture
def bakery():
    return open_shop()


@pytest.fixture
def bread(bakery):
    return offer_of(bakery)


@pytest.fixture
def owner(bakery):
    return actor(member_of(bakery))


@pytest.fixture
def part(bread):
    return ordered((bread, 3)).parts.get()


def stock(offer):
    return levels([stock_key(offer)])[stock_key(offer)]


def unchanged(part):
    fresh = OrderPart.objects.get(pk=part.pk)
    return (fresh.state, fresh.version) == (part.state, part.version)


def walk(part, owner, *moves):
    for move in moves:
        part = actions.advance(part, move=move, by=owner)[0]
    return part


def test_accepted_packed_handed_over_by_code(part, owner, bread):
    part = walk(part, owner, "confirm", "ready")

    part = actions.hand_over(part, code=f" {part.collection_code.lower()[:3]}-{part.collection_code[3:]}", by=owner)

    assert part.state == flow.COLLECTED
    assert part.collected_at is not None
    assert (stock(bread).available, stock(bread).booked) == (7, 3)
    verbs = list(Record.objects.filter(verb__startswith="orders.").order_by("id").values_list("verb", flat=True))
    assert verbs == ["orders.placed", "orders.confirmed", "orders.ready", "orders.collected"]


def test_five_wrong_codes_and_even_the_right_one_waits(part, owner):
    part = walk(part, owner, "ready")
    for _try in range(5):
        with pytest.raises(ActionRefused):
            actions.hand_over(part, code="AAAAAA", by=owner)

    with pytest.raises(TooOften):
        actions.hand_over(part, code=part.collection_code, by=owner)

    assert unchanged(part)


def test_declined_with_a_reason_gives_goods_and_slot_back(part, owner, bread):
    with pytest.raises(ActionRefused):
        actions.decline(part, reason="  ", by=owner)
    assert unchanged(part)

    actions.decline(part, reason="Der Ofen ist kaputt.", by=owner)

    part.refresh_from_db()
    assert (part.state, part.reason) == (flow.DECLINED, "Der Ofen ist kaputt.")
    assert (stock(bread).available, stock(bread).booked) == (10, 0)
    assert levels([part.slot.pool_key])[part.slot.pool_key].booked == 0


def test_a_buyer_cancels_before_the_shop_accepts_and_not_once_it_is_packed(part, owner, bread):
    packed = walk(part, owner, "ready")
    with pytest.raises(ActionRefused):
        actions.cancel([packed], by=LINK_HOLDER)
    assert unchanged(packed)

    other = ordered((bread, 2), email="bert@example.org").parts.get()
    actions.cancel([other], by=LINK_HOLDER)
    assert stock(bread).booked == 3


def test_an_accepted_order_is_cancelled_until_three_hours_before_its_slot(part, owner):
    part = walk(part, owner, "confirm")

    with pytest.raises(ActionRefused):
        actions.cancel([part], by=LINK_HOLDER, at=part.starts_at - timedelta(hours=2, minutes=59))
    assert unchanged(part)
    actions.cancel([part], by=LINK_HOLDER, at=part.starts_at - timedelta(hours=3, minutes=1))


def test_a_whole_order_over_two_shops_is_cancelled_at_once(bread):
    books = open_shop("Buchhandlung Blätterwald (erfunden)", "blaetterwald")
    book = offer_of(books, "Heimatkunde")
    order = ordered((bread, 2), (book, 1))

    actions.cancel(order.parts.all(), by=LINK_HOLDER)

    assert {part.state for part in order.parts.all()} == {flow.CANCELLED}
    assert (stock(bread).booked, stock(book).booked) == (0, 0)


def test_a_stale_page_changes_nothing(part, owner):
    walk(part, owner, "confirm")

    with pytest.raises(Stale):
        actions.advance(part, move="ready", by=owner, expected_version=part.version)

    assert OrderPart.objects.get(pk=part.pk).state == flow.CONFIRMED


@pytest.mark.parametrize("move", sorted(MOVES))
def test_every_move_is_refused_to_strangers_and_to_other_shops(part, move):
    stranger = actor(member_of(open_shop("Käse Kuhglück (erfunden)", "kuhglueck")))

    for somebody in (ANONYMOUS, stranger):
        with pytest.raises(NotAllowed):
            actions.advance(part, move=move, by=somebody)

    assert unchanged(part)


def test_packers_pack_and_hand_over_but_do_not_accept_or_decline(part, bakery):
    packer = actor(member_of(bakery, "packer"))
    for move in ("confirm", "decline"):
        with pytest.raises(NotAllowed):
            actions.advance(part, move=move, by=packer)
    assert unchanged(part)

    part = walk(part, packer, "ready")
    assert actions.hand_over(part, code=part.collection_code, by=packer).state == flow.COLLECTED


def test_another_guest_cannot_cancel(part, bread):
    other = ordered((bread, 1), email="bert@example.org")

    with pytest.raises(NotAllowed):
        actions.cancel([part], by=actor_for_guest(other.guest))

    assert unchanged(part)


def test_what_nobody_answered_lapses_and_what_nobody_fetched_goes_back(part, owner, bread, monkeypatch):
    packed = walk(ordered((bread, 2), email="bert@example.org").parts.get(), owner, "ready")
    later = packed.ends_at + timedelta(days=3, hours=1)
    monkeypatch.setattr(clock, "now", lambda: later)

    close_what_is_over()

    part.refresh_from_db()
    packed.refresh_from_db()
    assert (part.state, packed.state) == (flow.DECLINED, flow.EXPIRED)
    assert (stock(bread).available, stock(bread).booked) == (10, 0)


@pytest.mark.parametrize("state", sorted(flow.FINAL))
def test_no_way_leads_out_of_the_end(part, owner, state):
    OrderPart.objects.update(state=state)
    part.refresh_from_db()

    for by, moves in ((owner, ["confirm", "ready", "decline", "collect", "expire"]), (SYSTEM, ["lapse", "expire"])):
        for move in moves:
            with pytest.raises(ActionRefused):
                actions.advance(part, move=move, by=by)

    assert unchanged(part)
