"""A few months of invented reports for the demo, made through the real actions, always the same for the same day."""

from datetime import datetime

from stadtplatz.tickets.demo import building, desk, programs, voices


def build(now: datetime) -> None:
    """Reports of a few months, what others say to them, and a program of others that reports too. Nothing happens twice."""
    if teller := building.build(now):
        voices.build(teller, now)
    desk.build(now)
    programs.build(now)


__all__ = ["build"]
