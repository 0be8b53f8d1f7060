"""Reading notices and decisions."""

from stadtplatz.moderation.flow import SIX_MONTHS
from stadtplatz.moderation.green import Found as GreenFound
from stadtplatz.moderation.green import look as green_look
from stadtplatz.moderation.green import mark_of as green_mark
from stadtplatz.moderation.queries.desk import DeskLine, DeskPage, desk_decided, desk_open, desk_page, open_count
from stadtplatz.moderation.queries.matters import (
    OwnerLine,
    decisions_about,
    is_restricted,
    last_statement,
    matter_of,
    restricting,
    state_of,
    statement,
    was_restricted,
)
from stadtplatz.moderation.queries.measures import MEASURE_MAIL, measure_context, measures_of, running_measure
from stadtplatz.moderation.queries.notices import NoticePage, by_number_and_code, by_secret, grounds, mine, notice_page

__all__ = [
    "MEASURE_MAIL",
    "SIX_MONTHS",
    "DeskLine",
    "DeskPage",
    "GreenFound",
    "NoticePage",
    "OwnerLine",
    "by_number_and_code",
    "by_secret",
    "decisions_about",
    "desk_decided",
    "desk_open",
    "desk_page",
    "green_look",
    "green_mark",
    "grounds",
    "is_restricted",
    "last_statement",
    "matter_of",
    "measure_context",
    "measures_of",
    "mine",
    "notice_page",
    "open_count",
    "restricting",
    "running_measure",
    "state_of",
    "statement",
    "was_restricted",
]
