"""Texts of a city pack, kept by language."""

from __future__ import annotations

from django.utils.translation import get_language


def in_language(texts: dict[str, str], language: str | None = None) -> str:
    """The text in this language (default: the page's), else in German, else whatever there is; empty for no text."""
    wanted = language or get_language() or "de"
    fitting = (texts[code] for code in (wanted, wanted[:2], "de") if texts.get(code))
    return next(fitting, next(iter(texts.values()), ""))
