"""What the administration cannot decide: who does, and how to reach them. Pack data; a pointer refuses nothing."""

from __future__ import annotations

from django.db import models

from stadtplatz.tickets.models.pack import FromPack
from stadtplatz.tickets.models.wording import in_language


class Pointer(FromPack):
    """One kind of matter that is decided elsewhere. `words` are phrases as `queries.danger` reads them; `names` is the heading."""

    words = models.JSONField(default=list)
    texts = models.JSONField(default=dict)
    """Who decides and what one can do, by language."""
    url = models.URLField(blank=True)
    """A page of those who decide; empty where the pack knows none."""

    @property
    def text(self) -> str:
        return in_language(self.texts)
