"""Publishing questions and keeping answers."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from stadtplatz.audit.actions import record
from stadtplatz.kit import clock
from stadtplatz.kit.actors import Actor
from stadtplatz.kit.packs import fingerprint
from stadtplatz.kit.refusals import ActionRefused
from stadtplatz.questionnaires import facts, notation
from stadtplatz.questionnaires.evaluating import evaluate
from stadtplatz.questionnaires.models import AnswerSet, Questionnaire, Version


class AnswersRefused(ActionRefused):
    """Answers that do not fit their questions; `errors` says which, by the name of the question."""

    code = "answers"
    status = 422

    def __init__(self, errors: dict[str, str]):
        super().__init__(_("Please check your answers."))
        self.errors = errors


@transaction.atomic
def publish(code: str, questions: list[dict[str, Any]], *, by: Actor, at: datetime | None = None) -> Version | None:
    """These questions (in the notation of packs) are asked under the code from now on, as a new version; earlier answers keep theirs.

    The same questions again change nothing. An empty list means that nothing is asked any more (None). Refused when a
    condition looks ahead, a name stands twice, or options are missing.
    """
    if wrong := [text for _place, text in notation.faults(questions)]:
        raise ActionRefused("; ".join(wrong), code="contradiction")
    sheet, _made = Questionnaire.objects.select_for_update(of=("self",)).get_or_create(code=code)
    if not questions:
        Questionnaire.objects.filter(pk=sheet.pk).update(current=None)
        return None
    digest = fingerprint(questions)
    version = sheet.versions.filter(digest=digest).first()
    if version is None:
        last = sheet.versions.order_by("-number").first()
        version = Version.objects.create(
            questionnaire=sheet,
            number=last.number + 1 if last else 1,
            schema=notation.schema_of(questions),
            ui=questions,
            digest=digest,
            published_at=at or clock.now(),
        )
        record(facts.PUBLISHED, subject=sheet, by=by, at=at, questionnaire=sheet.code, number=version.number)
    if sheet.current_id != version.pk:
        Questionnaire.objects.filter(pk=sheet.pk).update(current=version)
    return version


def keep_answers(version: Version, given: dict[str, Any], *, at: datetime | None = None) -> AnswerSet:
    """The answers are kept with their version; those to questions that were not asked are dropped.

    Refused (AnswersRefused) when a needed answer is missing or one does not fit. The caller records what they belong to.
    """
    found = evaluate(version.schema, version.ui, given)
    if found.errors:
        raise AnswersRefused(found.errors)
    return AnswerSet.objects.create(version=version, answers=found.answers, at=at or clock.now())


def forget_answers(answers: AnswerSet) -> None:
    """What was answered is gone; that something was asked, and in which wording, stays."""
    AnswerSet.objects.filter(pk=answers.pk).update(answers={})
