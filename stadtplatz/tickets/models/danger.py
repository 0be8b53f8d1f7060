"""Immediate danger: which words and categories point to it, what is asked then, and who is alarmed. Pack data; staff may change it."""

from __future__ import annotations

from django.db import models

from stadtplatz.tickets.models.pack import FromPack
from stadtplatz.tickets.models.wording import in_language


class DangerKind(FromPack):
    """One kind of danger. `words` are phrases as `queries.danger` reads them, `categories` codes that always raise the question."""

    version = models.PositiveIntegerField(default=1)
    words = models.JSONField(default=list)
    categories = models.JSONField(default=list)
    questions = models.JSONField(default=dict)
    """The one question, by language."""
    advices = models.JSONField(default=dict)
    """What to do until help comes, by language."""
    phone = models.CharField(max_length=30, default="112")
    """The number to call at once: 112, or that of the on-call service."""
    phone_names = models.JSONField(default=dict)
    duty = models.CharField(max_length=80, default="danger")
    """The duty whose holder is on call."""
    category = models.SlugField(max_length=40, blank=True)
    """What the report is about when nobody chose."""

    @property
    def question(self) -> str:
        return in_language(self.questions)

    @property
    def advice(self) -> str:
        return in_language(self.advices)

    @property
    def phone_name(self) -> str:
        return in_language(self.phone_names)

    @property
    def dial(self) -> str:
        """The number as a telephone takes it."""
        return "".join(sign for sign in self.phone if sign.isdigit() or sign == "+")
