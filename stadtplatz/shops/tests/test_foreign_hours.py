"""Opening hours as other towns' mappers and people write them: what is open when, and what stays unknown rather than wrong."""

from datetime import date, timedelta

import pytest
from django.template.loader import render_to_string

from stadtplatz.shops import hours
from stadtplatz.shops.hours import weekly
from stadtplatz.shops.hours.handwriting import mended
from stadtplatz.shops.tests.builders import berlin

# Monday 23 to Sunday 29 November 2026; what is open on which of these days
WEEK = [date(2026, 11, 23) + timedelta(days=ahead) for ahead in range(7)]
LUNCH = ["08:00-12:00", "14:00-18:00"]
DAY = ["09:00-18:00"]
FIVE = [DAY] * 5 + [[], []]
CASES = {
    "Mo-Fr 08:00-12:00,14:00-18:00; PH off": [LUNCH] * 5 + [[], []],
    "24/7": [["00:00-24:00"]] * 7,
    "Mo-Su 00:00-24:00": [["00:00-24:00"]] * 7,
    "Mo[-1] 10:00-12:00": [[]] * 7,
    "Mo[4] 10:00-12:00": [["10:00-12:00"], *[[]] * 6],
    "Tu[4] 10:00-12:00; Tu[1] 08:00-09:00": [[], ["10:00-12:00"], *[[]] * 5],
    "Sa[-1] 10:00-14:00": [*[[]] * 5, ["10:00-14:00"], []],
    "Fr[1,4] 10:00-12:00": [*[[]] * 4, ["10:00-12:00"], [], []],
    "Th,Fr 20:00-03:00": [[], [], [], ["20:00-03:00"], ["20:00-03:00"], [], []],
    "Fr,Sa 18:00-26:00": [*[[]] * 4, ["18:00-02:00"], ["18:00-02:00"], []],
    "Mo-Fr 08:00-24:00": [["08:00-24:00"]] * 5 + [[], []],
    "Apr-Oct Mo-Fr 09:00-19:00; Nov-Mar Mo-Fr 09:00-18:00": FIVE,
    "Mar 15-Oct 15 10:00-18:00": [[]] * 7,
    "Nov 20-Dec 23 Mo-Fr 09:00-18:00": FIVE,
    "Nov 25 off; Mo-Fr 09:00-18:00": FIVE,  # the later rule says otherwise
    "Mo-Fr 09:00-18:00; Nov 25 off": [DAY, DAY, [], DAY, DAY, [], []],
    "Mo-Fr 09:00-18:00; Nov 25,27 off": [DAY, DAY, [], DAY, [], [], []],
    "Mo-Fr 09:00-18:00; 2026 Nov 25-26 off": [DAY, DAY, [], [], DAY, [], []],
    "Mo-Fr 09:00-18:00; Dec 24-Jan 06 off": FIVE,
    "week 48 Mo-Fr 09:00-18:00": FIVE,
    "week 1-53/2 Mo-Fr 09:00-18:00": [[]] * 7,
    "week 2-52/2 Mo-Fr 09:00-18:00": FIVE,
    "Mo-Fr 08:00-12:30, Tu 14:00-18:00": [["08:00-12:30"], ["08:00-12:30", "14:00-18:00"], *[["08:00-12:30"]] * 3, [], []],
    "Mo-Fr 08:00-12:30; Tu 14:00-18:00": [["08:00-12:30"], ["14:00-18:00"], *[["08:00-12:30"]] * 3, [], []],
    "Su-Th 11:00-22:00, Fr-Sa 11:00-23:00": [*[["11:00-22:00"]] * 4, *[["11:00-23:00"]] * 2, ["11:00-22:00"]],
    "Mo off; Tu-Su 17:00-23:00; PH 11:00-23:00": [[], *[["17:00-23:00"]] * 6],
    "Tu-Su 17:00-23:00; We off": [[], ["17:00-23:00"], [], *[["17:00-23:00"]] * 4],
    'Mo-Fr 09:00-18:00; Sa "nach Vereinbarung"': FIVE,
    'Mo-Fr 09:00-18:00 || "nach Vereinbarung"': FIVE,
    'Mo-Fr 09:00-18:00 "bitte klingeln"': FIVE,
    "Mo-Fr 09:00-18:00; Sa unknown": FIVE,
    "PH,Mo-Fr 09:00-18:00": FIVE,
    "Mo-Fr,PH 09:00-18:00": FIVE,
    "off": [[]] * 7,
    "closed": [[]] * 7,
    "Mo-Fr 09:00-18:00; SH 10:00-12:00": FIVE,
    "Mo-Fr 09:00-18:00;": FIVE,
    "Mo-Fr 09:00-18:00,": FIVE,
    "Mo-Fr 9:00-18:00": FIVE,
    "mo-fr 09:00-18:00": FIVE,
    "Mo-Fr 9-18": FIVE,
    "Mo - Fr 09:00 - 18:00": FIVE,
    "Mo-Fr 09.00-18.00": FIVE,
    "Mo-Fr 09:00-18:00 Uhr": FIVE,
    "Mo-Fr 09:00–18:00": FIVE,
    "Mon-Fri 09:00-18:00": FIVE,
    "Montag-Freitag 09:00-18:00": FIVE,
    "Montag bis Freitag: 9 – 18 Uhr": FIVE,
    "montags bis freitags von 9 bis 18 Uhr": None,
    "Mo-Fr: 09:00-18:00": FIVE,
    "Mo.-Fr. 9.00-18.00 Uhr": FIVE,
    "Mo-Fr 08:00-12:00 14:00-18:00": [LUNCH] * 5 + [[], []],
    "Mo-Fr 08:00-12:00 / 14:00-18:00": [LUNCH] * 5 + [[], []],
    "Mo-Fr 8-12 und 14-18 Uhr": [LUNCH] * 5 + [[], []],
    "Mo-Fr 8.00-12.00 & 14.00-18.00; Sa, So geschlossen": [LUNCH] * 5 + [[], []],
    "täglich 9-18 Uhr": [DAY] * 7,
    "Di-Do 09:00-18:00": [[], DAY, DAY, DAY, [], [], []],
    "Dienstag und Donnerstag 9-18 Uhr": [[], DAY, [], DAY, [], [], []],
    "by appointment": None,
    '"by appointment"': None,
    "nach Vereinbarung": None,
    "SH Mo-Fr 09:00-12:00": None,  # nobody told us when school holidays are
    "Mo-Fr ab 8": None,
    "Mo-Fr 18:00-open end": None,
    "Mo-Fr 08:00-17:00 week 10-20": None,
    "https://example.org/zeiten": None,
    "Mo-Fr": [["00:00-24:00"]] * 5 + [[], []],
    "25:00-26:00": None,
    "Mo-Fr 08:00-12:00; " * 2000: None,
    "9" * 5000: None,
}  # fmt: skip


@pytest.mark.parametrize("written", CASES, ids=lambda text: text[:40])
def test_hours_of_any_town_are_read_or_stay_unknown(written):
    expected = CASES[written]
    if expected is None:
        assert hours.state_at(written, berlin("2026-11-25 10:00"), "BW").is_open is None
        assert [hours.spans_on(written, day, "BW") for day in WEEK] == [()] * 7
        return
    assert [opened(written, day) for day in WEEK] == expected


def opened(written, day):
    """The openings of a day, one round the clock cut at midnight."""
    return [
        f"{begin:%H:%M}-{'24:00' if f'{end:%H:%M}' == '00:00' else f'{end:%H:%M}'}"
        for begin, end in hours.spans_on(written, day, "BW")
    ]


@pytest.mark.parametrize(
    ("written", "moment", "is_open"),
    [
        ("We,Fr 15:00+", "2026-11-25 14:59", False), ("We,Fr 15:00+", "2026-11-25 15:01", None), ("We,Fr 15:00+", "2026-11-25 23:00", None),
        ("We,Fr 15:00+", "2026-11-26 15:30", False), ("Mo-Fr 09:00-12:00,17:00+", "2026-11-25 10:00", True),
        ("Mo-Fr 09:00-12:00,17:00+", "2026-11-25 18:00", None), ("Mo-Fr 09:00-24:00", "2026-11-25 23:00", True),
        ("sunrise-sunset", "2026-11-25 07:30", False), ("sunrise-sunset", "2026-11-25 08:30", True), ("sunrise-sunset", "2026-11-25 17:00", False),
        ("sunrise-sunset", "2026-06-21 21:00", True), ("(sunrise+01:00)-(sunset-00:30)", "2026-11-25 16:25", False),
        ("Mo-Fr sunrise-18:00", "2026-11-25 07:15", False), ("dawn-dusk", "2026-11-25 16:50", True),
        ("Mo-Fr 09:00-18:00; easter -2 days off", "2026-04-03 10:00", False), ("Mo-Su 09:00-18:00; easter off", "2026-04-05 10:00", False),
        ("Mo-Su,PH 09:00-18:00; easter -1 day off", "2026-04-04 10:00", False), ("easter +39 days 09:00-18:00", "2026-05-14 10:00", False),
        ("Mo-Fr 09:00-18:00; Dec 24,31 09:00-12:00", "2026-12-24 13:00", False), ("Mo-Fr 09:00-18:00; Dec 24 off", "2026-12-24 10:00", False),
        ("Mo-Fr 09:00-18:00", "2026-12-25 10:00", False), ("Mo-Fr 09:00-18:00; PH 10:00-12:00", "2026-12-25 11:00", True),
        ("Fr-Sa 22:00-05:00", "2026-03-29 01:30", True), ("Fr-Sa 22:00-05:00", "2026-03-29 03:30", True),  # the night of summer time
        ("Fr-Sa 22:00-05:00", "2026-10-25 04:30", True), ("24/7; Dec 25 off", "2026-12-25 10:00", False),
        ("Mo-Fr 09:00-12:00; SH off", "2026-11-25 10:00", True),
    ],
)  # fmt: skip
def test_at_this_very_moment(written, moment, is_open):
    assert hours.state_at(written, berlin(moment), "BW").is_open is is_open


def test_the_sun_sets_where_the_land_lies():
    west, east = (hours.state_at("sunrise-sunset", berlin("2026-06-21 21:25"), land).is_open for land in ("NW", "SN"))
    assert (west, east) == (True, False)


@pytest.mark.parametrize(
    "written", ["24/7", "Mo-Fr 08:00-12:00,14:00-18:00; PH off", "Dec 24-26 off", "week 10-20 Mo-Fr 09:00-12:00", "Mo[1] 10:00-12:00", "2026 Dec 24 09:00-12:00"]
)  # fmt: skip
def test_what_is_right_already_is_not_mended(written):
    assert mended(written) == written


def test_in_an_opening_without_an_end_nothing_is_promised_but_it_is_shown():
    """No collection, no appointment and no "put aside until" falls into it; the page says from when."""
    written = "We 09:00-12:00,15:00+; Fr 17:00+"
    assert [opened(written, day) for day in WEEK] == [[], [], ["09:00-12:00"], *[[]] * 4]
    week = hours.week_from(written, berlin("2026-11-23 10:00"), "BW")
    assert [row.open_ends for row in week] == [
        (), (), (berlin("2026-11-25 15:00"),), (), (berlin("2026-11-27 17:00"),), (), (),
    ]  # fmt: skip
    table = render_to_string("shops/parts/hours.html", {"week": week})
    assert "ab 15:00, Ende offen" in table
    assert "00:00" not in table
    assert weekly.simple_week(written) is None
    assert weekly.in_words(written) == []
