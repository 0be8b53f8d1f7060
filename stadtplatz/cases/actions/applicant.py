"""Who the applicant is, as far as it changes."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from stadtplatz.accounts import actions as accounts
from stadtplatz.accounts.models import Guest
from stadtplatz.cases.actions.locking import lock, save_changed
from stadtplatz.cases.models import Case
from stadtplatz.kit import clock
from stadtplatz.kit.actors import Actor


@transaction.atomic
def set_contact(case: Case, *, guest: Guest | None, by: Actor, at: datetime | None = None) -> Case:
    """The case has this contact (or none); the earlier one is erased unless it belongs to another case. The kind records it."""
    case, at = lock(case), at or clock.now()
    before = case.applicant_guest
    case.applicant_guest = guest
    save_changed(case, at, "applicant_guest")
    if before and before != guest and not before.cases.exists():
        accounts.erase_guest(before, by=by, at=at)
    return case
