"""What a program asks for: arguments of the request list as the specification means them."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta

from django.http import QueryDict
from django.utils.translation import gettext as _

from stadtplatz.kit import clock
from stadtplatz.tickets.queries.records import MOST, Wanted

RANGE = timedelta(days=90)
STATUSES = {"open", "closed"}
_MOMENT = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?)(Z|[+\- ]\d\d:\d\d)", re.IGNORECASE)
_DAY = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")


class Wrong(Exception):
    """An argument cannot be understood; the text is for whoever reads the error."""


def wanted(given: QueryDict) -> Wanted:
    """The request list that is asked for; empty arguments are as absent ones. Wrong says which argument cannot be understood."""
    changed = (moment(given, "updated_after"), moment(given, "updated_before", last=True))
    return Wanted(
        categories=several(given, "service_code"),
        statuses=_statuses(given),
        received=_range(moment(given, "start_date"), moment(given, "end_date", last=True), free=any(changed)),
        changed=changed,
        page=number(given, "page", most=100_000, default=1),
        page_size=number(given, "page_size", most=MOST, default=MOST),
    )


def several(given: QueryDict, name: str) -> list[str]:
    """Values separated by commas, in one argument or in many."""
    values = [value.strip() for text in given.getlist(name) for value in text.replace("\x00", "?").split(",")]
    return [value for value in values if value]


def number(given: QueryDict, name: str, *, most: int, default: int) -> int:
    text = given.get(name, "").strip()
    if not text:
        return default
    if not (text.isascii() and text.isdigit()) or not 1 <= int(text[:9]) <= most:
        raise Wrong(_("{name} is a whole number from 1 to {most}.").format(name=name, most=most))
    return int(text)


def moment(given: QueryDict, name: str, *, last: bool = False) -> datetime | None:
    """A moment with its zone, or a whole year, month or day in the town's time: its beginning, or its end with `last`.

    A plus that was not encoded arrives as a space and is taken for a plus.
    """
    text = given.get(name, "").strip()
    if not text:
        return None
    try:
        if found := _MOMENT.fullmatch(text):
            zone = found[2].upper().replace("Z", "+00:00").replace(" ", "+")
            return datetime.fromisoformat(found[1].upper() + zone).astimezone(UTC)
        if found := _DAY.fullmatch(text):
            return _whole(found[1], found[2], found[3], last=last)
    except (ValueError, OverflowError):
        pass
    raise Wrong(_("{name} is a moment with its zone, such as 2026-11-02T09:00:00Z.").format(name=name))


def _whole(year: str, month: str | None, day: str | None, *, last: bool) -> datetime:
    first = date(int(year), int(month or 1), int(day or 1))
    if last:
        if day:
            following = first + timedelta(days=1)
        elif month:
            following = (first.replace(day=28) + timedelta(days=4)).replace(day=1)
        else:
            following = date(first.year + 1, 1, 1)
        return datetime.combine(following, time(), clock.BERLIN).astimezone(UTC) - timedelta(microseconds=1)
    return datetime.combine(first, time(), clock.BERLIN).astimezone(UTC)


def _statuses(given: QueryDict) -> list[str]:
    found = several(given, "status")
    if set(found) - STATUSES:
        raise Wrong(_("status is open or closed."))
    return found


def _range(start: datetime | None, end: datetime | None, *, free: bool) -> tuple[datetime | None, datetime | None]:
    """At most 90 days: the last ones if nothing is said, those after a start or before an end; all if changes are asked for."""
    if start and end:
        if start > end:
            raise Wrong(_("start_date is after end_date."))
        if end - start > RANGE:
            raise Wrong(_("start_date and end_date may be 90 days apart at most."))
        return start, end
    if free:
        return start, end
    try:
        if start:
            return start, start + RANGE
        end = end or clock.now()
        return end - RANGE, end
    except OverflowError:
        raise Wrong(_("start_date or end_date is too far away.")) from None
