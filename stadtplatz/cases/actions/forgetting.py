"""What is deleted when a case has been closed long enough, or when its applicant asks."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from django.db import transaction
from django.utils.translation import gettext as _

from stadtplatz.accounts import actions as accounts
from stadtplatz.audit.actions import record
from stadtplatz.cases import facts
from stadtplatz.cases.actions.locking import lock, save_changed
from stadtplatz.cases.models import Case
from stadtplatz.kit import clock, codes, media
from stadtplatz.kit.actors import SYSTEM, Actor
from stadtplatz.kit.refusals import ActionRefused

REMOVED = "–"


@transaction.atomic
def forget_applicant(case: Case, *, why: str, by: Actor = SYSTEM, at: datetime | None = None) -> Case:
    """Nothing on the case leads to the applicant any more: no contact, no words of theirs, and the old link opens nothing.

    A guest contact that belongs to no other case is erased. What the office wrote stays, as do place, dates and outcome. `why` is a code (`retention`, `request`).
    """
    case, at = lock(case), at or clock.now()
    guest = case.applicant_guest
    case.applicant_person = case.applicant_guest = None
    case.secret, case.typed_code = codes.new_secret(), codes.new_typed_code()
    case.messages.filter(from_applicant=True).update(body=REMOVED)
    record(facts.APPLICANT_FORGOTTEN, subject=case, by=by, at=at, why=why)
    save_changed(case, at, "applicant_person", "applicant_guest", "secret", "typed_code")
    if guest and not guest.cases.exists():
        accounts.erase_guest(guest, by=by, at=at)
    return case


@transaction.atomic
def delete_files(case: Case, *, by: Actor = SYSTEM, at: datetime | None = None) -> int:
    """The case has no files any more; they are gone from the disk after the commit. Returns how many."""
    case, at = lock(case), at or clock.now()
    pairs = list(case.documents.values_list("path", "small_path"))
    if not pairs:
        return 0
    case.documents.all().delete()
    record(facts.FILES_DELETED, subject=case, by=by, at=at, count=len(pairs))
    for path in (path for pair in pairs for path in pair):
        transaction.on_commit(partial(media.delete, path))
    return len(pairs)


@transaction.atomic
def delete_case(case: Case, *, by: Actor = SYSTEM, at: datetime | None = None) -> None:
    """The case is gone with everything that hangs on it, and so is what its kind keeps of it; the recorded facts speak of nobody and stay.

    Refused while it is open, and while anything still leads to its applicant (forget them first).
    """
    case, at = lock(case), at or clock.now()
    if case.closed_at is None or case.applicant_guest_id or case.applicant_person_id:
        raise ActionRefused(_("Only a closed case without applicant can be deleted."), code="not-yet")
    delete_files(case, by=by, at=at)
    record(facts.CASE_DELETED, subject=case, by=by, at=at, number=case.number)
    case.delete()
