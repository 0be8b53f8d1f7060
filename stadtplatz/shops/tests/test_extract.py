"""Every value of opening hours in the demo town's extract: read, or listed here as what nobody can read."""

from datetime import date, timedelta
from pathlib import Path

import osmium
import pytest

import stadtplatz
from stadtplatz.shops import hours
from stadtplatz.shops.hours import answers
from stadtplatz.shops.hours.parsing import holidays_of
from stadtplatz.shops.tests.builders import berlin

UNREADABLE = {"apointment", "appointment", "on appointment", "seasonal"}
REMARKS = {'"Termin nach Vereinbarung"', '"Termine nach Vereinbarung"', '"nach Vereinbarung"', '"seasonal 24/7"'}
YEAR = [date(2026, 1, 1) + timedelta(days=ahead) for ahead in range(365)]
EXTRACT = Path(stadtplatz.__file__).parent / "cities" / "herrenberg" / "map" / "herrenberg-2020.osm.pbf"


@pytest.fixture(scope="module")
def values():
    rows = osmium.FileProcessor(str(EXTRACT)).with_filter(osmium.filter.KeyFilter("opening_hours"))
    return sorted({row.tags["opening_hours"] for row in rows})


def test_every_value_is_read_or_listed_as_unreadable(values):
    assert len(values) == 291
    assert {value for value in values if not hours.readable(value)} == UNREADABLE
    assert {value for value in values if hours.remark(value)} == REMARKS


def test_what_is_only_a_remark_is_never_open(values):
    for value in REMARKS | UNREADABLE:
        assert hours.state_at(value, berlin("2026-11-23 10:00"), "BW").is_open is None
        assert hours.week_from(value, berlin("2026-11-23 10:00"), "BW") == []


def test_the_holidays_of_the_land_change_no_other_day(values):
    """For every value: on days that are no holiday and do not follow or precede one, the Land makes no difference."""
    free = set(holidays_of("BW", 2026))
    usual = [day for day in YEAR[::5] if not free & {day - timedelta(days=1), day, day + timedelta(days=1)}]
    for value in values:
        plain, ours = answers.rules_of(value, "", 2026), answers.rules_of(value, "BW", 2026)
        for day in usual if plain and ours else ():
            lasting = [span for span in answers.openings_on(plain, day) if span[1] - span[0] < timedelta(days=1)]
            assert not lasting or answers.openings_on(ours, day) == tuple(lasting), (value, day)


def test_on_holidays_only_those_are_open_that_say_so(values):
    whit_monday = date(2026, 5, 25)
    for value in values:
        if "PH" not in value and value != "24/7":
            assert not hours.spans_on(value, whit_monday, "BW"), value
        if "PH off" in value:
            assert not hours.spans_on(value, whit_monday, "BW"), value


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Mo, Tu, Th, Fr 07:00-13:00", "Mo,Tu,Th,Fr 07:00-13:00"),
        ("Mo-Fr 08:00-18:00; Sa, Su, PH off", "Mo-Fr 08:00-18:00; Sa,Su,PH off"),
        ("We 15:00-18:00,Fr 15:00-18:00, Sa 09:00-15:00", "We 15:00-18:00; Fr 15:00-18:00; Sa 09:00-15:00"),
        ("Mo-Fr 06:00-12:30; So 08:00-11:00", "Mo-Fr 06:00-12:30; Su 08:00-11:00"),
        ("Di-Do 10:00-12:00", "Tu-Th 10:00-12:00"),
    ],
)
def test_what_is_plainly_meant_is_read_so(written, meant):
    for day in YEAR[:14]:
        assert hours.spans_on(written, day, "BW") == hours.spans_on(meant, day, "BW")
