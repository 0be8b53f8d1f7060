"""Deadlines in working days, calendar days and months of the Land, with rests."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stadtplatz.cases.clock import DAYS, MONTHS, Rest, Term, due_by
from stadtplatz.kit import clock
from stadtplatz.kit.clock import BERLIN
from stadtplatz.kit.workdays import is_working_day


def at(text):
    """A moment as a clock in Berlin shows it, in the year of the text."""
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN)


def works(day):
    return is_working_day(day, "BW", closed=())


def last_day(term, start, *rests):
    found = due_by(term, start=at(start), rests=tuple(Rest(at(a), at(b) if b else None) for a, b in rests), works=works)
    if found is None:
        return None
    assert clock.local(found).strftime("%H:%M:%S") == "23:59:59"
    return clock.local(found).date().isoformat()


@pytest.mark.parametrize(
    ("days", "start", "end"),
    [
        (0, "2026-11-03T10:00", "2026-11-03"),
        (1, "2026-11-02T23:59", "2026-11-03"),
        (3, "2026-11-05T08:00", "2026-11-10"),  # over a weekend
        (1, "2026-12-23T12:00", "2026-12-24"),  # Christmas Eve is a working day by law
        (2, "2026-12-23T12:00", "2026-12-28"),  # over both Christmas days
        (1, "2026-06-03T12:00", "2026-06-05"),  # Corpus Christi, a holiday in Baden-Württemberg
        (1, "2026-10-30T12:00", "2026-11-02"),  # All Saints falls on a Sunday
        (1, "2026-03-27T12:00", "2026-03-30"),  # clocks change on the Sunday between
    ],
)
def test_working_days_do_not_count_the_first_day(days, start, end):
    assert last_day(Term(days), start) == end


@pytest.mark.parametrize(
    ("rests", "end"),
    [
        ([], "2026-11-06"),
        ([("2026-11-03T09:00", "2026-11-03T17:00")], "2026-11-06"),  # within a day: nobody loses anything
        ([("2026-11-03T09:00", "2026-11-05T09:00")], "2026-11-10"),  # Tuesday and Wednesday do not count
        ([("2026-11-07T09:00", "2026-11-09T09:00")], "2026-11-06"),  # after the end
        ([("2026-11-03T09:00", "2026-11-04T09:00"), ("2026-11-04T12:00", "2026-11-05T09:00")], "2026-11-10"),
        ([("2026-11-03T09:00", None)], None),  # still resting
        ([("2026-11-09T09:00", None)], "2026-11-06"),  # was over before it began to rest
    ],
)
def test_days_on_which_the_clock_rests_do_not_count(rests, end):
    assert last_day(Term(4), "2026-11-02T09:00", *rests) == end


@pytest.mark.parametrize(
    ("term", "start", "end"),
    [
        (Term(14, DAYS), "2026-11-02T09:00", "2026-11-16"),
        (Term(5, DAYS), "2026-11-02T09:00", "2026-11-09"),  # would end on a Saturday
        (Term(3, MONTHS), "2026-11-30T09:00", "2027-03-01"),  # 28 February is a Sunday
        (Term(1, MONTHS), "2027-01-31T09:00", "2027-03-01"),
        (Term(1, MONTHS), "2026-11-24T09:00", "2026-12-24"),
        (Term(0, DAYS), "2026-11-08T09:00", "2026-11-09"),
    ],
)
def test_days_and_months_end_on_a_working_day(term, start, end):
    assert last_day(term, start) == end


def test_months_are_longer_by_the_days_of_rest():
    assert last_day(Term(1, MONTHS), "2026-11-02T09:00", ("2026-11-10T09:00", "2026-11-13T09:00")) == "2026-12-07"
    assert last_day(Term(1, MONTHS), "2026-11-02T09:00", ("2026-11-10T09:00", None)) is None


def test_an_impossible_term_is_refused():
    with pytest.raises(ValueError, match="No such term"):
        Term(3, "weeks")
    with pytest.raises(ValueError, match="No such term"):
        Term(-1)


MOMENTS = st.integers(0, 730 * 24 * 60).map(
    lambda minutes: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)
TERMS = st.builds(Term, st.integers(0, 30), st.sampled_from(["working_days", "days"]))


@given(TERMS, MOMENTS, MOMENTS, st.integers(0, 60))
def test_a_rest_never_shortens_a_deadline_and_never_lengthens_it_by_more_than_itself(term, start, pause, days):
    rests = (Rest(pause, pause + timedelta(days=days)),)
    plain = due_by(term, start=start, rests=(), works=works)
    rested = due_by(term, start=start, rests=rests, works=works)
    assert plain <= rested
    assert working_days(plain, rested) <= days + 1


@given(TERMS, MOMENTS, st.integers(1, 10))
def test_later_starts_and_longer_terms_never_end_earlier(term, start, more):
    end = due_by(term, start=start, rests=(), works=works)
    assert end <= due_by(term, start=start + timedelta(days=more), rests=(), works=works)
    assert end <= due_by(Term(term.length + more, term.measure), start=start, rests=(), works=works)


@given(st.integers(1, 30), MOMENTS)
def test_a_term_ends_on_a_working_day_with_as_many_working_days_in_it(days, start):
    end = due_by(Term(days), start=start, rests=(), works=works)
    assert works(clock.local(end).date())
    assert working_days(start, end) == days


def working_days(first, last):
    from stadtplatz.kit.workdays import working_days_between

    return working_days_between(first, last, "BW", closed=())
