"""How others write down a week: one line a day, as people type it, kept in the map's syntax."""

from stadtplatz.shops.hours import readable
from stadtplatz.shops.hours.weekly import DAYS, NAMES, compose, in_words, read_day, simple_week

__all__ = ["DAYS", "NAMES", "compose", "in_words", "read_day", "readable", "simple_week"]
