"""What is said about opening hours: open now, until when, when next, and the days of a week."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import formats
from django.utils.translation import gettext as _

from stadtplatz.kit import clock
from stadtplatz.kit.templatetags.kit import day, hour


@dataclass(frozen=True)
class OpenState:
    """`is_open` is None when nothing is known. `until`: end of the present opening; `next`: beginning of the next one."""

    is_open: bool | None
    until: datetime | None = None
    next: datetime | None = None
    note: str = ""

    @property
    def words(self) -> str:
        """`Open now, until 18:00`, `Closed, opens tomorrow at 08:00`; empty when nothing is known."""
        if self.is_open is None:
            return ""
        if self.is_open:
            return (
                _("Open now, until {time}").format(time=hour(self.until)) if self.until else _("Open round the clock")
            )
        if self.next is None:
            return _("Closed at the moment")
        return _("Closed, opens {day} at {time}").format(day=_day_word(self.next), time=hour(self.next))


@dataclass(frozen=True)
class DayHours:
    """The openings of one day, for the table on the shop's page."""

    day: date
    spans: tuple[tuple[datetime, datetime], ...]
    holiday: str = ""
    is_today: bool = False
    open_ends: tuple[datetime, ...] = ()
    """Openings of which nobody said when they end (`15:00+`); they are no spans, since nothing can be promised in them."""


def _day_word(moment: datetime) -> str:
    """today, tomorrow, or the name of the day; with the date from a week on."""
    ahead = (clock.local(moment).date() - clock.today()).days
    if ahead in (0, 1):
        return _("today") if ahead == 0 else _("tomorrow")
    if ahead < 7:
        return _("on {weekday}").format(weekday=formats.date_format(clock.local(moment), "l"))
    return _("on {weekday}").format(weekday=day(moment))
