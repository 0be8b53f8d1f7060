"""The list of kinds, and what is forgotten at the end."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from stadtplatz.accounts import actions as accounts
from stadtplatz.audit.actions import record
from stadtplatz.kit import media
from stadtplatz.kit.actors import SYSTEM, Actor
from stadtplatz.kit.names import slugify_german
from stadtplatz.kit.refusals import ActionRefused, NotAllowed
from stadtplatz.moderation import facts, rules
from stadtplatz.moderation.models import ContentNotice, Ground, Matter

EDITABLE = frozenset({"name", "name_en", "source", "working_days", "contact_needed", "active", "position"})


@transaction.atomic
def edit_ground(*, ground: Ground | None, changes: dict[str, Any], by: Actor, at: datetime | None = None) -> Ground:
    """The kind says what `changes` say; without one, there is a new kind. Old notices keep theirs.

    Refused: to everybody but the operator; without a name or without the law it rests on; the last kind cannot be switched off.
    """
    if not rules.may_edit_grounds(by):
        raise NotAllowed(_("Only the operator changes this list."))
    if unknown := set(changes) - EDITABLE:
        raise ValueError(f"Not to be edited: {sorted(unknown)}")
    row = (
        Ground.objects.select_for_update().get(pk=ground.pk)
        if ground
        else Ground(code=_free_code(changes.get("name", "")))
    )
    changed = sorted(field for field, value in changes.items() if getattr(row, field) != value)
    for field in changed:
        setattr(row, field, changes[field])
    if not row.name.strip() or not row.source.strip():
        raise ActionRefused(_("A kind needs a name and the law it rests on."), code="name")
    if not row.active and not Ground.objects.filter(active=True).exclude(pk=row.pk).exists():
        raise ActionRefused(_("People need at least one kind to choose."), code="active")
    row.save()
    if changed:
        record(facts.GROUND_EDITED, subject=row, by=by, at=at, ground=row.code, fields=changed)
    return row


@transaction.atomic
def forget_contacts(matter: Matter, *, by: Actor = SYSTEM, at: datetime | None = None) -> int:
    """Nothing leads to those who gave notice any more: no contact, no picture, no words but the kind; returns how many had one.

    What was decided and when stays for the yearly report (Art. 24 DSA). Doing it twice changes nothing.
    """
    known = 0
    for notice in ContentNotice.objects.select_related("contact", "photo").filter(matter=matter):
        known += bool(notice.contact or notice.person_id)
        if notice.contact:
            accounts.erase_guest(notice.contact, by=by, at=at)
        paths = [notice.picture, *([notice.photo.path, notice.photo.small_path] if notice.photo else [])]
        transaction.on_commit(lambda paths=paths: media.delete_all(paths))
        notice.contact, notice.person, notice.photo, notice.picture = None, None, None, ""
        notice.explanation, notice.snapshot = "", {}
        notice.save()
    if known:
        record(facts.FORGOTTEN, subject=matter.case, by=by, at=at, count=known)
    return known


def _free_code(name: str) -> str:
    base = slugify_german(name)[:24] or "art"
    taken = set(Ground.objects.filter(code__startswith=base).values_list("code", flat=True))
    return next(code for code in (base, *(f"{base}-{n}" for n in range(2, 1000))) if code not in taken)
