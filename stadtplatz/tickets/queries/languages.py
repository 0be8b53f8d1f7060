"""Texts of the city that a language does not have yet; people who read it see them in German."""

from __future__ import annotations

from collections.abc import Iterable

from stadtplatz.tickets.models import Category, DangerKind, ReplyTemplate


def missing_texts(codes: Iterable[str]) -> dict[str, list[str]]:
    """For each language the German beginnings of the texts that are not there in it."""
    texts: list[dict[str, str]] = []
    for category in Category.objects.filter(active=True):
        texts += [category.names, category.helps]
    for danger in DangerKind.objects.filter(active=True):
        texts += [danger.names, danger.questions, danger.advices]
    texts += [reply.bodies for reply in ReplyTemplate.objects.filter(active=True)]
    return {code: [text.get("de", "")[:80] for text in texts if text and not text.get(code)] for code in codes}
