"""The time of this town. In the demo the clock can be moved; everywhere else it is the real time."""

from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone

BERLIN = ZoneInfo("Europe/Berlin")


def now() -> datetime:
    """The present moment in UTC, moved by the demo's offset if there is one."""
    if settings.DEMO:
        return timezone.now() + offset()
    return timezone.now()


def today() -> date:
    """The present day in Berlin."""
    return local(now()).date()


def local(moment: datetime) -> datetime:
    """The moment as a clock on the town hall shows it."""
    return moment.astimezone(BERLIN)


def offset() -> timedelta:
    """How far the demo's clock stands ahead; zero when it was never moved."""
    try:
        return timedelta(seconds=int(_offset_file().read_text()))
    except (FileNotFoundError, ValueError):
        return timedelta()


def move(by: timedelta) -> timedelta:
    """Move the demo's clock for all processes of this installation and return the new offset. Refused outside the demo."""
    from stadtplatz.kit import pagecache

    if not settings.DEMO:
        raise RuntimeError("Only the demo's clock can be moved.")
    moved = offset() + by
    _offset_file().parent.mkdir(parents=True, exist_ok=True)
    _offset_file().write_text(str(int(moved.total_seconds())))
    pagecache.changed()
    return moved


def _offset_file() -> Path:
    return settings.VAR / "clock-offset"
