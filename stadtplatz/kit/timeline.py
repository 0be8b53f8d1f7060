"""The shared timeline: what orders, tickets and every later kind of errand show of themselves."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal


@dataclass(frozen=True)
class TimelineEntry:
    """One thing that happened. `photos` are objects or dicts with `url` and `text`, or plain addresses."""

    at: datetime
    sentence: str
    who: str = ""
    body: str = ""
    kind: Literal["fact", "message", "internal"] = "fact"
    photos: Sequence[Any] = ()


@dataclass(frozen=True)
class Timeline:
    """`sentence`: where it stands now. `who`: who has the ball. `until`: by when, or None.

    `steps` are (label, state) with state "done", "now" or "next"; `entries` come oldest first and are shown newest first.
    """

    sentence: str
    who: str = ""
    until: datetime | None = None
    entries: Sequence[TimelineEntry] = ()
    steps: Sequence[tuple[str, str]] = ()
    overdue: bool = False
    finished: bool = False
    number: str = field(default="")

    @property
    def newest_first(self) -> list[TimelineEntry]:
        return sorted(self.entries, key=lambda entry: entry.at, reverse=True)
