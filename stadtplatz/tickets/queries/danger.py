"""Which danger a report may be about. Suggests a question, never decides: the reporter is asked once.

How the pack writes phrases: words that must stand in one sentence, in any order; `*` at an end of a word stands for whatever is
written on there. `offen* *schacht` finds "Der Schacht ist offen" and "ein offener Kanalschacht". Umlauts may be written either way.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

from django.db.models import QuerySet

from stadtplatz.accounts.models import Person
from stadtplatz.cases.rules import reach_of
from stadtplatz.city.models import Function, Unit
from stadtplatz.city.queries import responsible_for
from stadtplatz.kit import clock
from stadtplatz.kit.actors import Actor
from stadtplatz.kit.text import fold
from stadtplatz.tickets.kept import words
from stadtplatz.tickets.models import Category, DangerKind, Draft, Pointer, Ticket
from stadtplatz.tickets.rules import may_set_danger

Row = TypeVar("Row", DangerKind, Pointer)
_SENTENCE = re.compile(r"[.!?;\n]+")
_READ = 5_000
"""Characters of a report that are looked at."""


def kinds() -> list[DangerKind]:
    """The dangers that are asked about, in the city's order; shared, not to be changed."""
    return words().dangers


def kind_in_words(text: str, known: Iterable[DangerKind] | None = None) -> DangerKind | None:
    """The first danger whose words stand in the text; None for nearly all reports."""
    return first_in_words(text, kinds() if known is None else known)


def first_in_words(text: str, rows: Iterable[Row]) -> Row | None:
    """The first of these whose words stand in the text."""
    sentences = [sentence for sentence in _SENTENCE.split(fold(text[:_READ])) if sentence.strip()]
    for row in rows:
        if any(_stands(phrase, sentence) for phrase in row.words for sentence in sentences):
            return row
    return None


def to_ask(draft: Draft) -> DangerKind | None:
    """The danger the reporter is asked about next: by words, else by category. None when nothing is left to ask."""
    if draft.danger_id:
        return None
    open_questions = [kind for kind in kinds() if kind.code not in draft.no_danger]
    if not open_questions:
        return None
    if found := kind_in_words(draft.text, open_questions):
        return None if draft.no_danger else found
    code = draft.category.code if draft.category else ""
    return next((kind for kind in open_questions if code in kind.categories and not draft.no_danger), None)


def by_category(category: Category | None) -> DangerKind | None:
    """The danger that this category always raises."""
    return next((kind for kind in kinds() if category and category.code in kind.categories), None)


def in_danger(actor: Actor) -> QuerySet[Ticket]:
    """Open reports of immediate danger that this person reads as staff, longest waiting first; for lists and their counts."""
    reach = reach_of(actor)
    rows = Ticket.objects.filter(danger_at__isnull=False, case__closed_at=None, case__unit__in=reach.units)
    return rows.select_related("case__unit", "category", "danger").order_by("danger_at")


@dataclass(frozen=True)
class OnCall:
    """One danger with whoever is alarmed by it at this moment."""

    kind: DangerKind
    unit: Unit
    function: Function | None
    person: Person | None
    deputy_for: Person | None
    may_edit: bool


def on_call(actor: Actor) -> list[OnCall]:
    """All dangers of the pack with number and who is on call now; the same duty is asked about once."""
    now, known = clock.now(), {}
    rows = []
    for kind in DangerKind.objects.order_by("-active", "order", "code"):
        if kind.duty not in known:
            found = responsible_for(duty=kind.duty, at=now)
            known[kind.duty] = (found.unit, found.function, found.person, found.deputy_for, may_set_danger(actor, kind))
        rows.append(OnCall(kind, *known[kind.duty]))
    return rows


def _stands(phrase: str, sentence: str) -> bool:
    return all(letters in sentence and pattern.search(sentence) for letters, pattern in _patterns(phrase))


@lru_cache(maxsize=2_000)
def _patterns(phrase: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """For each word of the phrase the letters it must hold, asked first because that is quick, and its pattern."""
    found = []
    for part in phrase.split():
        before, after = (r"\w*" if at else "" for at in (part.startswith("*"), part.endswith("*")))
        letters = fold(part.strip("*"))
        found.append((letters, re.compile(rf"\b{before}{re.escape(letters)}{after}\b")))
    return tuple(found)
