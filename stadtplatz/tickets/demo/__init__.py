"""A few months of invented reports for the demo, made through the real actions, always the same for the same day."""

from datetime import datetime

from stadtplatz.tickets.demo import building, programs


def build(now: datetime) -> None:
    """Reports of a few months, and a program of others that reports too."""
    building.build(now)
    programs.build(now)


__all__ = ["build"]
