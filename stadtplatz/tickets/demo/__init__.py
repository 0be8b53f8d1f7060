"""A few months of invented reports for the demo, made through the real actions, always the same for the same day."""

from stadtplatz.tickets.demo.building import build

__all__ = ["build"]
