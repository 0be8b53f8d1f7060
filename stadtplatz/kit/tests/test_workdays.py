"""Working days by Land, and deadlines as the civil code counts them."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stadtplatz.kit import workdays
from stadtplatz.kit.clock import BERLIN, local
from stadtplatz.kit.workdays import add_days, add_working_days, is_working_day, working_days_between

moments = st.integers(1_577_836_800, 1_956_528_000).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))
laender = st.sampled_from(workdays.LAENDER)


def berlin(day: str, time: str = "12:00") -> datetime:
    return datetime.fromisoformat(f"{day}T{time}").replace(tzinfo=BERLIN)


def last_day(moment: datetime) -> str:
    assert local(moment).time().isoformat() == "23:59:59"
    return local(moment).date().isoformat()


@pytest.mark.parametrize(
    ("day", "land", "works"),
    [
        ("2026-11-20", "BW", True),
        ("2026-11-21", "BW", False),  # Saturday
        ("2026-01-06", "BW", False),  # Epiphany
        ("2026-01-06", "NW", True),
        ("2026-06-04", "NW", False),  # Corpus Christi
        ("2026-06-04", "BE", True),
        ("2027-03-08", "BE", False),  # Women's Day
        ("2026-10-31", "BW", False),  # a Saturday
        ("2025-10-31", "BW", True),
        ("2025-10-31", "SN", False),  # Reformation Day
        ("2026-12-24", "BW", True),
        ("2026-12-31", "BW", True),
    ],
)
def test_each_land_keeps_its_own_holidays(day, land, works):
    assert is_working_day(date.fromisoformat(day), land, closed=()) is works


def test_a_city_may_close_further_days():
    eve = date(2026, 12, 24)
    assert not is_working_day(eve, "BW", closed={"12-24"})
    assert not is_working_day(eve, "BW", closed={"2026-12-24"})
    assert is_working_day(eve, "BW", closed={"2025-12-24"})


def test_an_unknown_land_is_refused():
    with pytest.raises(ValueError):
        is_working_day(date(2026, 11, 20), "XX", closed=())


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        ("2026-11-20", 1, "2026-11-23"),  # from Friday to Monday
        ("2026-11-20", 0, "2026-11-20"),
        ("2026-11-21", 0, "2026-11-23"),
        ("2026-12-23", 3, "2026-12-29"),  # 24, 28, 29: between them two holidays and a Sunday
        ("2026-04-02", 1, "2026-04-07"),  # over Easter
        ("2026-12-31", 2, "2027-01-05"),  # over New Year: 4, 5
        ("2026-12-31", 3, "2027-01-07"),  # and over Epiphany
    ],
)
def test_a_deadline_in_working_days(start, days, end):
    assert last_day(add_working_days(berlin(start), days, "BW", closed=())) == end


def test_the_day_begins_in_berlin_not_in_greenwich():
    late_on_thursday_in_utc = datetime(2026, 7, 2, 22, 30, tzinfo=UTC)  # Friday in Berlin
    assert last_day(add_working_days(late_on_thursday_in_utc, 1, "BW", closed=())) == "2026-07-06"


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [("2026-11-02", 14, "2026-11-16"), ("2026-11-07", 14, "2026-11-23"), ("2026-12-11", 14, "2026-12-28")],
)
def test_fourteen_days_end_on_a_working_day(start, days, end):
    assert last_day(add_days(berlin(start), days, "BW", closed=())) == end


def test_a_deadline_does_not_lie_in_the_past():
    with pytest.raises(ValueError):
        add_working_days(berlin("2026-11-20"), -1, "BW", closed=())


@given(moments, st.integers(1, 60), laender)
def test_adding_and_counting_agree(start, days, land):
    end = add_working_days(start, days, land, closed=())
    assert working_days_between(start, end, land, closed=()) == days
    assert working_days_between(end, start, land, closed=()) <= 0
    assert is_working_day(local(end).date(), land, closed=())
    assert add_working_days(start, days + 1, land, closed=()) > end
    assert end - start >= timedelta(days=days - 1)


@pytest.mark.django_db
def test_the_citys_own_closed_days_count_without_being_named():
    from stadtplatz.kit import identity

    identity.set_identity({"name": "Musterstadt", "closed_days": ["12-24", "12-31"]})
    try:
        assert last_day(add_working_days(berlin("2026-12-23"), 1, "BW")) == "2026-12-28"
    finally:
        identity.forget()
