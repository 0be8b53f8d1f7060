"""Whether a text is a matter for somebody else than the administration."""

from __future__ import annotations

from stadtplatz.tickets.kept import words
from stadtplatz.tickets.models.pointer import Pointer
from stadtplatz.tickets.queries.danger import first_in_words


def pointer_in_words(text: str) -> Pointer | None:
    """The first pointer of the city whose words stand in the text; it is shown while reporting and keeps nobody from sending."""
    return first_in_words(text, words().pointers)
