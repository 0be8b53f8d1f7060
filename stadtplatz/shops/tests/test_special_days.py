from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stadtplatz.kit.refusals import ActionRefused, NotAllowed, Stale
from stadtplatz.shops import actions, hours, queries
from stadtplatz.shops.hours import special
from stadtplatz.shops.hours.special import SpecialDays
from stadtplatz.shops.models import Membership, Shop
from stadtplatz.shops.tests.builders import berlin, owner, shop, worker

WEEK = "Mo-Fr 08:00-12:30,14:00-18:00; Sa 08:00-13:00"
CHRISTMAS = SpecialDays(date(2026, 12, 24), date(2026, 12, 24), "08:00-12:00", "Heiligabend")
HOLIDAY = SpecialDays(date(2026, 12, 28), date(2027, 1, 9), "", "Betriebsferien")


@pytest.mark.parametrize(
    ("days", "moment", "is_open", "change"),
    [
        ([CHRISTMAS], "2026-12-24 11:00", True, "2026-12-24 12:00"),
        ([CHRISTMAS], "2026-12-24 15:00", False, "2026-12-28 08:00"),
        ([CHRISTMAS, HOLIDAY], "2026-12-24 15:00", False, "2027-01-11 08:00"),
        ([HOLIDAY], "2026-12-30 10:00", False, "2027-01-11 08:00"),
        ([SpecialDays(date(2026, 12, 6), date(2026, 12, 6), "13:00-18:00")], "2026-12-06 14:00", True, "2026-12-06 18:00"),
        ([SpecialDays(date(2026, 12, 25), date(2026, 12, 25), "10:00-12:00")], "2026-12-25 11:00", True, "2026-12-25 12:00"),
        ([SpecialDays(date(2026, 12, 5), date(2026, 12, 5), "18:00-24:00")], "2026-12-05 10:00", False, "2026-12-05 18:00"),
    ],
)  # fmt: skip
def test_special_days_go_before_the_week_and_before_holidays(days, moment, is_open, change):
    state = hours.state_at(WEEK, berlin(moment), "BW", special.as_rules([row.as_json for row in days]))
    assert state.is_open is is_open
    assert (state.until if is_open else state.next) == berlin(change)


@pytest.mark.parametrize(
    ("first", "last", "times"),
    [
        (date(2026, 12, 2), date(2026, 12, 1), ""),
        (date(2026, 1, 1), date(2026, 12, 1), ""),
        (date(2026, 12, 1), date(2026, 12, 1), "8-12"),
    ],
)
def test_days_that_cannot_be_are_refused(first, last, times):
    with pytest.raises(ValueError, match=r"."):
        SpecialDays(first, last, times)


DAYS = st.dates(date(2026, 11, 1), date(2027, 2, 1))


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(DAYS, st.integers(0, 9), st.sampled_from(["", "07:15-09:45", "00:00-24:00"])), max_size=4), DAYS
)
def test_each_day_keeps_exactly_the_hours_that_were_said_for_it(rows, day):
    """Whatever rows there are (the first of overlapping ones counts): their days have their times, all others the week's."""
    kept: list[SpecialDays] = []
    for first, length, times in rows:
        row = SpecialDays(first, first + timedelta(days=length), times)
        if not any(row.overlaps(other) for other in kept):
            kept.append(row)
    spans = hours.spans_on(WEEK, day, "BW", special.as_rules([row.as_json for row in kept]))
    said = next((row for row in kept if row.first <= day <= row.last), None)
    if said is None:
        assert spans == hours.spans_on(WEEK, day, "BW")
    elif said.times == "00:00-24:00":
        assert spans or day > said.first  # a run of whole days is one span that begins on its first
    else:
        written = ",".join(f"{begin:%H:%M}-{end:%H:%M}" for begin, end in spans)
        assert written == said.times


@pytest.mark.django_db
class TestOfAShop:
    @pytest.fixture(autouse=True)
    def bakery(self, town):
        self.shop = shop()
        self.erna = owner(self.shop)

    def set(self, *days, version=1, by=None, at="2026-12-01 09:00"):
        return actions.set_special_days(
            shop=self.shop, version=version, days=days, by=by or self.erna, at=berlin(at)
        )  # fmt: skip

    def test_they_are_kept_shown_and_counted(self):
        fresh = self.set(CHRISTMAS, HOLIDAY)
        assert special.read(fresh.special_days) == [CHRISTMAS, HOLIDAY]
        assert queries.open_state(fresh, berlin("2026-12-24 15:00")).next == berlin("2027-01-11 08:00")
        assert fresh.version == 2

    def test_days_that_are_over_are_dropped(self):
        self.set(CHRISTMAS)
        fresh = self.set(CHRISTMAS, HOLIDAY, version=2, at="2026-12-27 09:00")
        assert special.read(fresh.special_days) == [HOLIDAY]

    @pytest.mark.parametrize("why", ["overlap", "many", "stale", "packer"])
    def test_refused_and_nothing_changed(self, why):
        paul = worker(self.shop, Membership.PACKER, "paul")
        many = [
            SpecialDays(date(2027, 1, 1) + timedelta(days=n), date(2027, 1, 1) + timedelta(days=n)) for n in range(41)
        ]
        refusal, call = {
            "overlap": (ActionRefused, lambda: self.set(HOLIDAY, SpecialDays(HOLIDAY.last, HOLIDAY.last))),
            "many": (ActionRefused, lambda: self.set(*many)),
            "stale": (Stale, lambda: self.set(CHRISTMAS, version=7)),
            "packer": (NotAllowed, lambda: self.set(CHRISTMAS, by=paul)),
        }[why]
        with pytest.raises(refusal):
            call()
        assert Shop.objects.filter(special_days=[], version=1).exists()

    def test_a_pause_with_a_last_day_ends_by_itself(self):
        now = berlin("2026-12-20 09:00")
        paused = actions.move_shop(shop=self.shop, to=Shop.PAUSED, until=date(2027, 1, 6), by=self.erna, at=now)
        assert queries.open_state(paused, now).next == berlin("2027-01-07 08:00")
        assert actions.end_pauses(at=berlin("2027-01-06 23:59")) == 0
        assert actions.end_pauses(at=berlin("2027-01-07 00:10")) == 1
        self.shop.refresh_from_db()
        assert (self.shop.state, self.shop.pause_until, self.shop.pause_note) == (Shop.OPEN, None, "")

    @pytest.mark.parametrize("until", [date(2026, 12, 19), date(2028, 12, 19)])
    def test_a_pause_that_ends_in_the_past_or_never_is_refused(self, until):
        with pytest.raises(ActionRefused):
            actions.move_shop(shop=self.shop, to=Shop.PAUSED, until=until, by=self.erna, at=berlin("2026-12-20 09:00"))
        assert Shop.objects.get().state == Shop.OPEN

    def test_without_a_counter_the_shop_is_nowhere_on_the_map_and_may_still_be_visible(self):
        Shop.objects.update(state=Shop.DRAFT)
        home = actions.edit_shop(shop=self.shop, version=1, changes={"premises": Shop.HOME}, by=self.erna)
        assert (home.lon, home.lat, home.district) == (None, None, "")
        assert actions.move_shop(shop=home, to=Shop.OPEN, by=self.erna).is_listed
