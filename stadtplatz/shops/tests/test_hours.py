import pytest

from stadtplatz.shops import hours
from stadtplatz.shops.hours import weekly
from stadtplatz.shops.tests.builders import berlin

WEEK = "Mo-Fr 08:00-12:30,14:00-18:00; Sa 08:00-13:00"


@pytest.mark.parametrize(
    ("expression", "moment", "is_open", "change"),
    [
        (WEEK, "2026-11-23 10:00", True, "2026-11-23 12:30"),
        (WEEK, "2026-11-23 12:30", False, "2026-11-23 14:00"),
        (WEEK, "2026-11-23 07:59", False, "2026-11-23 08:00"),
        (WEEK, "2026-11-21 12:59", True, "2026-11-21 13:00"),
        (WEEK, "2026-11-22 10:00", False, "2026-11-23 08:00"),
        (WEEK, "2026-12-25 10:00", False, "2026-12-28 08:00"),  # both days of Christmas and the weekend
        (WEEK, "2026-01-06 10:00", False, "2026-01-07 08:00"),  # Epiphany is a holiday in BW alone with BY and ST
        (WEEK, "2027-01-06 10:00", False, "2027-01-07 08:00"),
        (WEEK, "2026-12-31 19:00", False, "2027-01-02 08:00"),
        (WEEK, "2026-06-04 09:00", False, "2026-06-05 08:00"),  # Corpus Christi
        (WEEK, "2026-10-31 09:00", True, "2026-10-31 13:00"),  # Reformation Day is none in BW
        ("Mo-Su 08:00-20:00; PH 10:00-12:00", "2026-11-01 11:00", True, "2026-11-01 12:00"),
        ("Mo-Fr,PH 09:00-12:00", "2026-05-14 10:00", True, "2026-05-14 12:00"),
        ("Mo-Sa 09:00-12:00; Su,PH 10:00-11:00", "2026-05-14 10:30", True, "2026-05-14 11:00"),
        ("Mo-Sa 09:00-12:00; PH,Su off", "2026-05-14 10:30", False, "2026-05-15 09:00"),
        ("Fr-Sa 22:00-03:00", "2026-11-28 02:00", True, "2026-11-28 03:00"),
        ("24/7", "2026-12-25 03:00", True, None),
        ("Mo-Fr 09:00-18:00", "2026-03-29 12:00", False, "2026-03-30 09:00"),  # the night of summer time
        ("Su 02:30-04:00", "2026-10-25 03:30", True, "2026-10-25 04:00"),
    ],
)
def test_open_or_not_in_berlin_with_the_holidays_of_the_land(expression, moment, is_open, change):
    state = hours.state_at(expression, berlin(moment), "BW")
    assert state.is_open is is_open
    assert (state.until if is_open else state.next) == (berlin(change) if change else None)


def test_the_same_day_is_no_holiday_elsewhere():
    assert hours.state_at(WEEK, berlin("2026-01-06 10:00"), "NW").is_open is True


@pytest.mark.parametrize("text", ["", "  ", "nach Vereinbarung", "Mo-Fr ab acht", "Mo 8"])
def test_what_cannot_be_read_is_unknown_and_never_open(text):
    assert hours.state_at(text, berlin("2026-11-23 10:00"), "BW").is_open is None
    assert hours.week_from(text, berlin("2026-11-23 10:00"), "BW") == []


def test_the_week_begins_on_monday_marks_today_and_names_the_holiday():
    week = hours.week_from(WEEK, berlin("2026-12-23 10:00"), "BW")
    assert [row.day.weekday() for row in week] == list(range(7))
    assert [row.is_today for row in week] == [False, False, True, False, False, False, False]
    friday = week[4]
    assert friday.holiday
    assert friday.spans == ()
    assert len(week[2].spans) == 2


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("8-12.30 und 14 bis 18 Uhr", "08:00-12:30,14:00-18:00"),
        ("8:00–18:00", "08:00-18:00"),
        ("09.00 - 12.00, 13.00 - 17.00", "09:00-12:00,13:00-17:00"),
        ("geschlossen", ""),
        ("", ""),
        ("-", ""),
        ("0-24", "00:00-24:00"),
    ],
)
def test_a_day_is_read_as_people_write_it(typed, read):
    assert weekly.read_day(typed) == read


@pytest.mark.parametrize("typed", ["morgens", "8", "18-8", "8-12, 11-18", "8-25", "8:60-9", "24:30-24:40", "8-12-14"])
def test_a_day_that_cannot_be_is_refused(typed):
    with pytest.raises(ValueError, match=r"."):
        weekly.read_day(typed)


def test_a_week_comes_back_as_it_was_written():
    week = ["08:00-12:30,14:00-18:00"] * 4 + ["08:00-18:00", "08:00-13:00", ""]
    written = weekly.compose(week)
    assert written == "Mo-Th 08:00-12:30,14:00-18:00; Fr 08:00-18:00; Sa 08:00-13:00; PH off"
    assert weekly.simple_week(written) == week
    assert weekly.compose([""] * 7) == ""


def test_seasons_are_not_squeezed_into_a_week():
    assert weekly.simple_week("Apr-Sep Mo-Fr 09:00-19:00; Oct-Mar Mo-Fr 09:00-17:00") is None


def test_listed_hours_are_given_in_words():
    words = dict(weekly.in_words("Mo-Fr 09:00-12:00,13:00-18:00"))
    assert next(iter(words.values())) == "09:00–12:00, 13:00–18:00"
    assert weekly.in_words("nach Vereinbarung") == []
