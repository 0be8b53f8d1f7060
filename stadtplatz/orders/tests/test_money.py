"""Sums are exact, whatever is ordered."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stadtplatz.kit.money import ZERO, Money
from stadtplatz.orders.models import OrderLine, OrderPart
from stadtplatz.orders.tests.town import offer_of, open_shop, ordered

line = st.builds(
    lambda cents, deposit, quantity, rate: OrderLine(
        price=Money(cents), deposit=Money(deposit), quantity=quantity, vat_rate=rate
    ),
    st.integers(1, 200_000),
    st.sampled_from([0, 8, 15, 25]),
    st.integers(1, 20),
    st.sampled_from([0, 7, 19]),
)


@given(st.lists(line, min_size=1, max_size=12))
def test_net_and_vat_of_all_rates_are_the_gross_of_all_lines_to_the_cent(lines):
    part = OrderPart(pk=1)
    part._prefetched_objects_cache = {"lines": _Rows(lines)}

    shown = part.vat()

    gross = sum((row.amount + row.deposit_amount for row in lines), ZERO)
    assert sum((row.gross for row in shown), ZERO) == gross
    assert sum((row.net for row in shown), ZERO) + sum((row.vat for row in shown), ZERO) == gross


class _Rows(list):
    def all(self):
        return self


@pytest.mark.django_db
@settings(max_examples=settings.default.max_examples // 4, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    goods=st.lists(
        st.tuples(st.integers(1, 9_999), st.sampled_from([0, 25]), st.integers(1, 5)), min_size=1, max_size=5
    )
)
def test_parts_sum_to_the_order_and_lines_to_their_part(goods, db):
    from django.db import transaction

    with transaction.atomic():
        shops = [open_shop(f"Laden {n} (erfunden)", f"laden-{n}") for n in range(2)]
        order = ordered(
            *(
                (offer_of(shops[n % 2], f"Ware {n}", cents, deposit=Money(deposit) if deposit else None), quantity)
                for n, (cents, deposit, quantity) in enumerate(goods)
            )
        )
        parts = list(order.parts.all())
        assert sum((part.total for part in parts), ZERO) == order.total
        for part in parts:
            rows = list(part.lines.all())
            assert sum((row.amount for row in rows), ZERO) == part.goods
            assert sum((row.deposit_amount for row in rows), ZERO) == part.deposit
        assert order.total == sum((Money((cents + deposit) * quantity) for cents, deposit, quantity in goods), ZERO)
        transaction.set_rollback(True)
