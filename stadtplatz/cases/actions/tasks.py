"""Work beside the main way: other units and outsiders are asked for a part."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from stadtplatz.accounts.models import Guest
from stadtplatz.audit.actions import record
from stadtplatz.cases import facts, rules
from stadtplatz.cases.actions.locking import lock, save_changed
from stadtplatz.cases.actions.messages import put_document
from stadtplatz.cases.models import Case, CaseDocument, CaseTask
from stadtplatz.city.models import Unit
from stadtplatz.kit import clock, codes
from stadtplatz.kit.actors import Actor
from stadtplatz.kit.refusals import ActionRefused, NotAllowed
from stadtplatz.kit.uploads import AcceptedImage

MOST_PHOTOS = 5


@transaction.atomic
def add_task(
    case: Case,
    *,
    kind: str,
    question: str,
    by: Actor,
    unit: Unit | None = None,
    outsider: Guest | None = None,
    shared: bool = False,
    deadline: datetime | None = None,
    at: datetime | None = None,
) -> CaseTask:
    """A unit or an outsider is asked for a part of the work; the unit may read the case until it has answered.

    An outsider is sent the task's own link and sees the question, not the case; with `shared` also its place and pictures. Refused unless exactly one of both is
    asked, without a question, on a closed case, and to everybody but the responsible unit.
    """
    case, at = lock(case), at or clock.now()
    if not rules.may_handle(by, case):
        raise NotAllowed(_("Only the responsible unit can do this."))
    if (unit is None) == (outsider is None):
        raise ActionRefused(_("Please name one unit or one person outside."), code="nobody-asked")
    if not question.strip() or case.closed_at:
        raise ActionRefused(_("A task needs a question and an open case."), code="no-words")
    task = CaseTask.objects.create(
        case=case,
        kind=kind,
        question=question.strip(),
        unit=unit,
        outsider=outsider,
        token=codes.new_secret() if outsider else None,
        shared=shared and outsider is not None,
        deadline=deadline,
        asked_by=by.key,
        asked_at=at,
    )
    record(facts.TASK_ADDED, subject=case, by=by, at=at, task=task.pk, kind=kind, unit=unit.slug if unit else None)
    save_changed(case, at)
    return task


@transaction.atomic
def finish_task(
    task: CaseTask, *, answer: str, by: Actor, photos: Sequence[AcceptedImage] = (), at: datetime | None = None
) -> CaseTask:
    """The task is answered and its link no longer opens anything; the staff see the pictures that came along, nobody else does.

    Refused when it was answered before, without an answer, with more than five pictures, to others.
    """
    case, at = lock(task.case), at or clock.now()
    task = CaseTask.objects.select_related("case").get(pk=task.pk)
    if not rules.may_answer_task(by, task):
        raise NotAllowed(_("You were not asked."))
    if task.finished_at:
        raise ActionRefused(_("This was answered already."), code="answered")
    if not answer.strip():
        raise ActionRefused(_("Please write an answer."), code="no-words")
    if len(photos) > MOST_PHOTOS:
        raise ActionRefused(_("Please choose at most {count} photos.").format(count=MOST_PHOTOS), code="too-many")
    kept = [
        put_document(
            case,
            content=photo.jpeg,
            small=photo.small,
            content_type="image/jpeg",
            purpose=CaseDocument.PHOTO,
            width=photo.width,
            height=photo.height,
            harmless=True,
            internal=True,
            by=by,
            at=at,
        ).pk
        for photo in photos
    ]
    task.answer, task.answered_by, task.finished_at = answer.strip(), by.key, at
    task.save(update_fields=["answer", "answered_by", "finished_at"])
    record(facts.TASK_FINISHED, subject=case, by=by, at=at, task=task.pk, kind=task.kind, documents=kept)
    save_changed(case, at)
    return task
