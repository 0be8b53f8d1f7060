"""Time as whole fives of minutes since 1970. They know no daylight saving: an hour that comes twice has twelve cells each time."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta

from stadtplatz.appointments.rules import CELL
from stadtplatz.kit import clock

_SECONDS = int(CELL.total_seconds())
Span = tuple[datetime, datetime]


def cells(start: datetime, end: datetime) -> range:
    """The numbers of all cells this time touches."""
    return range(int(start.timestamp()) // _SECONDS, -(-int(end.timestamp()) // _SECONDS))


def moment(cell: int) -> datetime:
    """When the cell begins."""
    return datetime.fromtimestamp(cell * _SECONDS, UTC)


def midnight(day: date) -> datetime:
    """When the day begins in Berlin, in UTC."""
    return datetime.combine(day, time(), clock.BERLIN).astimezone(UTC)


def day_span(first: date, days: int = 1) -> Span:
    """From the beginning of the first day to the end of the last."""
    return midnight(first), midnight(first + timedelta(days=days))


def starts(spans: Iterable[Span], *, minutes: int, step: int) -> Iterator[datetime]:
    """Every time at which something of this length can begin so that it ends within its span; steps count from the span's begin."""
    for begin, end in spans:
        begin, end = begin.astimezone(UTC), end.astimezone(UTC)
        start = moment(-(-int(begin.timestamp()) // _SECONDS))
        while start + timedelta(minutes=minutes) <= end:
            yield start
            start += timedelta(minutes=step)


def is_whole(start: datetime) -> bool:
    """Whether a cell begins at this moment."""
    return start.timestamp() % _SECONDS == 0


def merged(spans: Iterable[Span]) -> list[Span]:
    """The same times without overlaps, in order."""
    found: list[Span] = []
    for begin, end in sorted(spans):
        if found and begin <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((begin, end))
    return found


def touches(spans: Iterable[Span], start: datetime, end: datetime) -> bool:
    """Whether any of these times overlaps; those that only meet at an edge do not."""
    return any(begin < end and start < stop for begin, stop in spans)


def code(start: datetime) -> str:
    """`202611240930Z`: in UTC, so that an hour that comes twice is told apart."""
    return f"{start.astimezone(UTC):%Y%m%d%H%M}Z"


def decode(typed: str) -> datetime | None:
    """The moment that `code` wrote; None if it is none."""
    try:
        moment = datetime.strptime(typed, "%Y%m%d%H%MZ").replace(tzinfo=UTC)
    except ValueError:
        return None
    return moment if 2000 <= moment.year <= 2200 else None
