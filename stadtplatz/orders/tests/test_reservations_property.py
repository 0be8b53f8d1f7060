"""Whatever citizens, shop, till and clock do in whatever order: what lies aside is what the shelf holds, and no piece is there twice."""

from contextlib import suppress
from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from stadtplatz.catalogue.rules import stock_key
from stadtplatz.kit import clock
from stadtplatz.kit.actors import ANONYMOUS, LINK_HOLDER
from stadtplatz.kit.refusals import ActionRefused
from stadtplatz.orders import actions, reserving, rules
from stadtplatz.orders.jobs import end_what_lies_aside
from stadtplatz.orders.models import Reservation
from stadtplatz.orders.tests.town import actor, member_of, offer_of, open_shop
from stadtplatz.pools import actions as pools
from stadtplatz.pools.queries import levels

STOCK = 8


class Counter(RuleBasedStateMachine):
    """One shelf of eight; a plain number keeps the books of what left it for good."""

    made = Bundle("made")
    shop, keeper = None, None

    @initialize()
    def open(self):
        self.around = transaction.atomic()
        self.around.__enter__()
        self.offer = offer_of(self.shop, stock=STOCK)
        self.gone = 0

    def teardown(self):
        transaction.set_rollback(True)
        self.around.__exit__(None, None, None)

    @rule(target=made, quantity=st.integers(1, 4), who=st.sampled_from(["anna", "berta", ""]))
    def reserve(self, quantity, who):
        email = f"{who}@example.org" if who else ""
        try:
            return actions.reserve(offer_id=self.offer.pk, quantity=quantity, name="A", email=email, by=ANONYMOUS)
        except ActionRefused:
            return None

    @rule(row=made, move=st.sampled_from(["ready", "collect"]))
    def shop_moves(self, row, move):
        if row:
            with suppress(ActionRefused):
                actions.move_reservation(row, move=move, by=self.keeper)
                self.gone += row.quantity if move == "collect" else 0

    @rule(row=made, back=st.booleans())
    def not_there(self, row, back):
        if row:
            before = self._all()
            with suppress(ActionRefused):
                actions.say_not_there(row, reason="Weg", back_on_sale=back, by=self.keeper)
                self.gone += before - self._all()

    @rule(row=made)
    def cancel(self, row):
        if row:
            with suppress(ActionRefused):
                actions.move_reservation(row, move="cancel", by=LINK_HOLDER)

    @rule(row=made, released=st.booleans(), ended=st.booleans())
    def time_runs_out(self, row, released, ended):
        if row:
            past = clock.now() - timedelta(seconds=1)
            Reservation.objects.filter(pk=row.pk).update(until=past)
            type(row.hold).objects.filter(pk=row.hold_id, state="held").update(until=past)
            if released:
                pools.release_expired()
            if ended:
                end_what_lies_aside()

    @invariant()
    def the_books_agree(self):
        if not hasattr(self, "offer"):
            return
        rows = list(Reservation.objects.select_related("hold").filter(offer=self.offer))
        level = levels([stock_key(self.offer)])[stock_key(self.offer)]
        aside = sum(row.quantity for row in rows if row.is_open and row.hold.state == "held")
        booked = sum(row.quantity for row in rows if row.state == reserving.COLLECTED)
        assert (level.held, level.booked) == (aside, booked)
        assert self._all() + self.gone == STOCK
        for key in {row.contact_key for row in rows if row.is_open}:
            waiting = [row for row in rows if row.is_open and row.contact_key == key and row.until > clock.now()]
            assert sum(row.quantity for row in waiting) <= rules.MAX_PIECES_ASIDE

    def _all(self) -> int:
        level = levels([stock_key(self.offer)])[stock_key(self.offer)]
        return level.available + level.held


@pytest.mark.django_db
def test_the_books_of_the_counter_always_agree():
    Counter.shop = open_shop()
    Counter.keeper = actor(member_of(Counter.shop))
    quick = settings(max_examples=5, stateful_step_count=10, deadline=None, suppress_health_check=list(HealthCheck))
    run_state_machine_as_test(Counter, settings=quick)
