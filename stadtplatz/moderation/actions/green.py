"""The list of environmental claims, and what the desk has looked at."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from stadtplatz.audit.actions import record
from stadtplatz.kit import clock
from stadtplatz.kit.actors import Actor
from stadtplatz.kit.refusals import ActionRefused, NotAllowed
from stadtplatz.moderation import facts, green, rules
from stadtplatz.moderation.models import GreenLook, GreenWord

EDITABLE = frozenset({"kind", "patterns", "unless", "instead", "source", "verified", "active"})
SHORTEST = 4


@transaction.atomic
def edit_green_word(
    *, word: GreenWord | None, changes: dict[str, Any], by: Actor, at: datetime | None = None
) -> GreenWord:
    """These words count from now on, in what is typed and in files at once, in what is on sale from the next daily look on.

    Refused: to all but the operator; without words, source or what to say instead; words of fewer than four letters, which stand in others.
    """
    if not rules.may_edit_grounds(by):
        raise NotAllowed(_("Only the operator changes this list."))
    if unknown := set(changes) - EDITABLE:
        raise ValueError(f"Not to be edited: {sorted(unknown)}")
    row = GreenWord.objects.select_for_update().get(pk=word.pk) if word else GreenWord()
    changed = sorted(field for field, value in changes.items() if getattr(row, field) != value)
    for field in changed:
        setattr(row, field, changes[field])
    if (
        any(len(line.replace("*", "").strip()) < SHORTEST for line in row.patterns.splitlines() if line.strip())
        or green.pattern_of(row.patterns) is None
    ):
        raise ActionRefused(_("Please write words of at least four letters, one in each line."), code="patterns")
    if not row.source.strip() or not row.instead.strip():
        raise ActionRefused(
            _("It needs the law it rests on, and what to say instead."),
            code="source" if not row.source.strip() else "instead",
        )
    row.save()
    if changed:
        record(facts.GREEN_WORD_EDITED, subject=row, by=by, at=at, word=row.pk, fields=changed)
    return row


@transaction.atomic
def look_at_green(*, content: str, mark: str, by: Actor, at: datetime | None = None) -> GreenLook:
    """These words with this evidence wait no longer; other words or other evidence would. Refused to all but the desk for notices."""
    if not rules.may_moderate(by):
        raise NotAllowed(rules.NOT_YOURS)
    row, is_new = GreenLook.objects.get_or_create(
        content=content[:60], mark=mark[:64], defaults={"by": by.key, "at": at or clock.now()}
    )
    if is_new:
        record(facts.GREEN_LOOKED, subject=row, by=by, at=at, content=row.content)
    return row
