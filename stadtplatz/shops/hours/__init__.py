"""Opening hours in OpenStreetMap's syntax, with the holidays of the Land.

A shop that says nothing about public holidays is taken as closed on them (Sunday and holiday rest of the Länder's shop-closing
acts), unless it is open round the clock. Evaluating costs about 10 µs, so lists may ask for every shop.
"""

from stadtplatz.shops.hours.answers import first_opening, has_open_end, readable, remark, spans_on, state_at, week_from
from stadtplatz.shops.hours.parsing import FEDERAL, LONGEST
from stadtplatz.shops.hours.states import DayHours, OpenState

__all__ = [
    "FEDERAL",
    "LONGEST",
    "DayHours",
    "OpenState",
    "first_opening",
    "has_open_end",
    "readable",
    "remark",
    "spans_on",
    "state_at",
    "week_from",
]
