"""Whatever happens in whatever order: supplied = available + held + booked, and the pools say what their holds say."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.db.models import F, Sum
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from stadtplatz.kit import clock
from stadtplatz.pools import actions, queries
from stadtplatz.pools.models import Hold, HoldLine, Pool
from stadtplatz.pools.rules import CapReached, HoldEnded, SoldOut

KEYS = ("slot:saturday", "stock:apples", "stock:bread")
CAP = 6

keys = st.sampled_from(KEYS)
demands = st.lists(st.tuples(keys, st.integers(1, 4)), min_size=1, max_size=4)
contacts = st.sampled_from(("g:anna", "g:berta"))


class Square(RuleBasedStateMachine):
    """A market square: suppliers, customers and time act in any order; a plain dictionary keeps the books beside it."""

    holds = Bundle("holds")

    def __init__(self):
        super().__init__()
        self.around = transaction.atomic()
        self.around.__enter__()
        self.free = dict.fromkeys(KEYS, 0)

    def teardown(self):
        transaction.set_rollback(True)
        self.around.__exit__(None, None, None)

    @rule(key=keys, quantity=st.integers(-3, 8))
    def supply(self, key, quantity):
        try:
            actions.supply(key, quantity)
        except SoldOut:
            assert self.free[key] + quantity < 0
        else:
            self.free[key] += quantity

    @rule(key=keys, quantity=st.integers(0, 8))
    def count_the_shelf(self, key, quantity):
        actions.set_available(key, quantity)
        self.free[key] = quantity

    @rule(target=holds, demand=demands, contact=contacts)
    def hold(self, demand, contact):
        overdue = self._overdue()
        try:
            held = actions.hold(demand, contact=contact, until=clock.now() + timedelta(minutes=15), cap=CAP)
        except (SoldOut, CapReached):
            self._release_overdue(overdue)
            return None
        self._release_overdue(overdue)
        for key, quantity in demand:
            self.free[key] -= quantity
        return held

    @rule(hold=holds)
    def time_runs_out(self, hold):
        if hold:
            Hold.objects.filter(pk=hold.pk).update(until=clock.now() - timedelta(seconds=1))

    @rule()
    def a_minute_passes(self):
        overdue = self._overdue()
        actions.release_expired()
        assert not self._overdue()
        self._release_overdue(overdue)

    @rule(hold=holds)
    def confirm(self, hold):
        if hold:
            try:
                actions.confirm(hold)
            except HoldEnded:
                assert hold.state == Hold.RELEASED

    @rule(hold=holds)
    def release(self, hold):
        if hold:
            try:
                given_back = actions.release(hold)
            except HoldEnded:
                assert hold.state == Hold.BOOKED
            else:
                self._free(queries.lines_of(hold) if given_back else {})

    @rule(hold=holds, key=keys, quantity=st.integers(1, 3))
    def cancel_a_part(self, hold, key, quantity):
        if hold:
            try:
                actions.give_back(hold, {key: quantity})
            except HoldEnded:
                assert hold.state != Hold.BOOKED
            except ValueError:
                assert queries.lines_of(hold).get(key, 0) < quantity
            else:
                self._free({key: quantity})

    @invariant()
    def the_books_agree(self):
        assert queries.available(KEYS) == self.free
        for pool in Pool.objects.all():
            lines = HoldLine.objects.filter(pool=pool)
            held = lines.filter(hold__state=Hold.HELD).aggregate(n=Sum("quantity", default=0))["n"]
            booked = lines.filter(hold__state=Hold.BOOKED).aggregate(n=Sum(F("quantity") - F("returned"), default=0))[
                "n"
            ]
            assert (pool.held, pool.booked) == (held, booked)
            assert pool.supplied == pool.available + held + booked

    @invariant()
    def nobody_holds_more_than_the_cap(self):
        lines = (
            HoldLine.objects.filter(hold__state=Hold.HELD).values("hold__contact", "pool").annotate(n=Sum("quantity"))
        )
        assert all(line["n"] <= CAP for line in lines)

    def _overdue(self) -> dict[int, dict[str, int]]:
        rows = Hold.objects.filter(state=Hold.HELD, until__lt=clock.now())
        return {hold.pk: queries.lines_of(hold) for hold in rows}

    def _release_overdue(self, before: dict[int, dict[str, int]]) -> None:
        for pk in set(before) - set(self._overdue()):
            self._free(before[pk])

    def _free(self, quantities: dict[str, int]) -> None:
        for key, quantity in quantities.items():
            self.free[key] += quantity


@pytest.mark.django_db
def test_the_books_of_the_square_always_agree():
    quick = settings(max_examples=12, stateful_step_count=15, deadline=None, suppress_health_check=list(HealthCheck))
    run_state_machine_as_test(Square, settings=quick)
