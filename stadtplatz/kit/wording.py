"""Texts of a city pack, kept by language."""

from __future__ import annotations

from django.utils.translation import get_language


def in_language(texts: dict[str, str], language: str | None = None) -> str:
    """The text in this language (default: the page's), else in German, else whatever there is; empty for no text."""
    wanted = (language or get_language() or "de")[:2]
    return texts.get(wanted) or texts.get("de") or next(iter(texts.values()), "")
