"""What is asked, shown and called in immediate danger, and who is on call, as the town hall keeps it at the desk."""

from __future__ import annotations

import re
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from stadtplatz.audit.actions import record
from stadtplatz.kit.actors import Actor
from stadtplatz.kit.refusals import ActionRefused, NotAllowed, Stale
from stadtplatz.tickets import facts
from stadtplatz.tickets.models import DangerKind
from stadtplatz.tickets.rules import may_set_danger

_PHONE = re.compile(r"\+?[0-9][0-9 /()-]{1,28}")
FIELDS = ("phone", "phone_names", "duty", "active")


@transaction.atomic
def set_danger(
    kind: DangerKind,
    *,
    phone: str,
    phone_names: dict[str, str],
    duty: str,
    active: bool,
    version: int,
    by: Actor,
) -> DangerKind:
    """From now on this number is shown and the holder of this duty is alarmed; the city pack no longer changes it.

    Recorded with the names of what was changed. Refused to everybody but the operator and the heads and administrators of the unit
    that is on call, for what is no telephone number, without a duty or a German name of the number, and as Stale.
    """
    row = DangerKind.objects.select_for_update().get(pk=kind.pk)
    if not may_set_danger(by, row):
        raise NotAllowed(_("Only the unit on call and the operator may change this."))
    if version != row.version:
        raise Stale(_("Somebody else changed this in the meantime."), current=row)
    if not _PHONE.fullmatch(phone.strip()):
        raise ActionRefused(_("This is no telephone number."), code="phone")
    if not duty.strip() or not phone_names.get("de", "").strip():
        raise ActionRefused(_("Please say who answers at this number, and who is on call."), code="no-words")
    others = {language: words for language, words in row.phone_names.items() if language not in phone_names}
    names = others | {language: words.strip() for language, words in phone_names.items() if words.strip()}
    wanted: dict[str, Any] = {"phone": phone.strip(), "phone_names": names, "duty": duty.strip(), "active": active}
    changed = [name for name in FIELDS if getattr(row, name) != wanted[name]]
    if changed:
        for name in changed:
            setattr(row, name, wanted[name])
        row.version += 1
        row.save()
        record(facts.DANGER_SET, subject=row, by=by, danger=row.code, fields=changed)
    return row
