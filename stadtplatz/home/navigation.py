"""What the house itself offers."""

from stadtplatz.kit.navigation import Entry

ENTRIES: list[Entry] = []
