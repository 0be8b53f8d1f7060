"""Whatever people do in whatever order, also on the days on which the clocks change: no five minutes are promised twice."""

from datetime import timedelta

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from stadtplatz.appointments import actions, flow, queries, times
from stadtplatz.appointments.models import Appointment, Block
from stadtplatz.appointments.tests.town import berlin, booked, books_agree, chair, haircut, member, salon
from stadtplatz.kit import clock
from stadtplatz.kit.actors import LINK_HOLDER
from stadtplatz.kit.refusals import ActionRefused

DAYS = ["2027-03-28", "2027-10-31", "2027-06-15"]
"""Clocks forward, clocks back, and a usual day; the salon is open round the clock, so that the hours that lack or come twice are in it."""

FEW = 6
"""Examples in the quick suite; the long proof tries hundreds."""
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["book", "book", "book", "move", "cancel", "block"]),
        st.integers(0, 60),
        st.integers(0, 7),
        st.integers(0, 1),
    ),
    min_size=5,
    max_size=14,
)


class Overlaps(TestCase):
    @settings(
        max_examples=FEW if settings().max_examples < 100 else 300, phases=[Phase.explicit, Phase.reuse, Phase.generate]
    )
    @given(
        day=st.sampled_from(DAYS), buffers=st.tuples(st.sampled_from([0, 10]), st.sampled_from([0, 5, 25])), steps=STEPS
    )
    def test_no_two_bookings_overlap_on_one_chair_with_what_is_kept_free_around_them(self, day, buffers, steps):
        self._live(day, buffers, steps)

    def _live(self, day, buffers, steps):
        shop = salon(hours="24/7")
        chairs = [chair(shop, "Bea"), chair(shop, "Toni")]
        service = haircut(shop, minutes=50, step=10, before=buffers[0], after=buffers[1], cancel_hours=0, lead_hours=0)
        owner, at = member(shop), berlin(f"{day} 00:00") - timedelta(days=2)
        for number, (what, start, which, who) in enumerate(steps):
            moment = times.midnight(at.date() + timedelta(days=2)) + timedelta(minutes=10 * start)
            rows = list(Appointment.objects.filter(state__in=flow.OPEN).order_by("pk"))
            chosen = rows[which % len(rows)] if rows else None
            try:
                if what == "book":
                    said = {"email": f"{number}@example.org", "resource": chairs[who] if which % 2 else None}
                    local = clock.local(moment)
                    if local.fold == 0:
                        booked(service, f"{local:%Y-%m-%d %H:%M}", at=at, **said)
                    else:
                        actions.book(service=service, starts_at=moment, name="A", by=LINK_HOLDER, at=at, **said)
                elif what == "block":
                    actions.block(
                        resource=chairs[who], starts_at=moment, ends_at=moment + timedelta(minutes=40), by=owner, at=at
                    )
                elif chosen and what == "move":
                    actions.move(chosen, starts_at=moment, by=LINK_HOLDER if which % 2 else owner, at=at)
                elif chosen:
                    actions.advance(chosen, move="cancel", by=LINK_HOLDER, at=at)
            except ActionRefused:
                continue
        taken = [(row.resource_id, queries.taken_cells(row)) for row in Appointment.objects.filter(state__in=flow.OPEN)]
        taken += [(row.resource_id, times.cells(row.starts_at, row.ends_at)) for row in Block.objects.all()]
        cells = [(resource, cell) for resource, span in taken for cell in span]
        assert len(cells) == len(set(cells))
        assert books_agree()
        for row in Appointment.objects.all():
            assert row.ends_at - row.starts_at == timedelta(minutes=50)


@pytest.mark.django_db
@pytest.mark.parametrize("when", ["2027-10-31 02:30", "2027-03-28 01:30"])
def test_fifty_minutes_are_fifty_minutes_also_while_the_clocks_change(when):
    shop = salon(hours="24/7")
    service = haircut(shop, chair(shop), minutes=50, step=10, after=20)
    row = booked(service, when, at=berlin("2027-03-20 12:00") if "03-28" in when else berlin("2027-10-20 12:00"))
    assert row.ends_at - row.starts_at == timedelta(minutes=50)
    assert len(queries.taken_cells(row)) == 14
    assert books_agree()


@pytest.mark.django_db
def test_the_hour_that_comes_twice_can_be_booked_twice_and_the_one_that_lacks_not_at_all():
    shop = salon(hours="24/7")
    chair(shop)
    service = haircut(shop, minutes=30, step=30, lead_hours=0)
    at = berlin("2027-10-29 12:00")
    for day, twos, count in (("2027-10-31", 4, 50), ("2027-03-28", 0, 46)):
        start = berlin(f"{day} 00:00")
        found = queries.free_days(
            service, queries.calendars_of(service), start.date(), 1, at=min(at, start - timedelta(days=2))
        )
        moments = [clock.local(row.starts_at) for row in found[0].times]
        assert sum(moment.hour == 2 for moment in moments) == twos
        assert len({row.starts_at for row in found[0].times}) == len(moments)
        assert abs(len(moments) - count) <= 1
