"""Words that claim something for the environment, and what the desk has looked at."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _


class GreenWord(models.Model):
    """A family of words that the law lets nobody say without evidence. The town edits this list."""

    OFFSET, GENERIC, SEAL = "offset", "generic", "seal"
    KINDS = [
        (OFFSET, _("Climate claim about a product that rests on offsetting: never")),
        (GENERIC, _("General environmental claim: only with recognised evidence")),
        (SEAL, _("Sustainability seal of one's own: never")),
    ]

    kind = models.CharField(max_length=7, choices=KINDS)
    patterns = models.TextField()
    """One word or phrase a line; `*` at the end of a word stands for its endings. Between words there may be a blank, a hyphen or nothing."""
    unless = models.TextField(blank=True)
    """Phrases in which they claim nothing: `nachhaltig* Eindruck`."""
    instead = models.CharField(max_length=300)
    """What to say instead, as the seller reads it."""
    source = models.CharField(max_length=300)
    verified = models.BooleanField(default=False)
    active = models.BooleanField(default=True)

    class Meta:
        ordering = ["kind", "pk"]

    def __str__(self) -> str:
        return self.first

    @property
    def first(self) -> str:
        """Its name in lists."""
        return self.patterns.strip().partition("\n")[0].strip()


class GreenLook(models.Model):
    """Somebody of the desk has looked at these words with this evidence. With other words or other evidence it waits again."""

    content = models.CharField(max_length=60)
    """Kind and key: `offer:12`, `shop:3`."""
    mark = models.CharField(max_length=64)
    """Hash of the words and the evidence."""
    by = models.CharField(max_length=40)
    at = models.DateTimeField()

    class Meta:
        constraints: list[Any] = [models.UniqueConstraint(fields=["content", "mark"], name="one_look_at_green_words")]

    def __str__(self) -> str:
        return self.content
