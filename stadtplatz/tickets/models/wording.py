"""Texts of the city pack, by language."""

from stadtplatz.kit.wording import in_language

__all__ = ["in_language"]
