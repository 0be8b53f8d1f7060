"""Standard answers: their fields, and what stands below the reason of an ending."""

from __future__ import annotations

import re

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from stadtplatz.kit import clock
from stadtplatz.tickets.models import Ending, Ticket

FIELDS = {
    "number": gettext_lazy("the number of the report"),
    "category": gettext_lazy("what it is about"),
    "place": gettext_lazy("the place"),
    "received": gettext_lazy("the day of receipt"),
    "due": gettext_lazy("the day by which it will be done"),
    "unit": gettext_lazy("the responsible unit"),
    "function": gettext_lazy("the responsible function"),
}
_FIELD = re.compile(r"\{(" + "|".join(FIELDS) + r")\}")


def fill(words: str, ticket: Ticket) -> str:
    """The words with every known `{field}` replaced, in the language of the reporter; all other braces stay as they are."""
    if "{" not in words:
        return words
    with translation.override(ticket.case.language):
        known = _known(ticket)
    return _FIELD.sub(lambda found: known[found[1]], words)


def with_ending(words: str, ending: Ending, language: str) -> str:
    """The reason and, below it, what the ending rests on, in the language of the reporter; nothing is added to an empty reason."""
    if not words.strip():
        return words
    with translation.override(language):
        lines = [
            _("Who is in charge was told to us by: {who}").format(who=ending.said_by) if ending.said_by else "",
            _("Forwarded to: {who}").format(who=ending.forwarded_to) if ending.forwarded_to else "",
            _("What you can do: {remedy}").format(remedy=ending.remedy) if ending.remedy else "",
        ]
    return "\n\n".join([words.strip(), *filter(None, lines)])


def _known(ticket: Ticket) -> dict[str, str]:
    case = ticket.case
    done = next((row for row in case.deadlines.all() if row.code == "done"), None)
    return {
        "number": case.number,
        "category": ticket.category.name,
        "place": case.place_label,
        "received": f"{clock.local(case.received_at):%d.%m.%Y}",
        "due": f"{clock.local(done.due):%d.%m.%Y}" if done and done.due else _("no day yet"),
        "unit": case.unit.name,
        "function": case.function.name if case.function else case.unit.name,
    }
