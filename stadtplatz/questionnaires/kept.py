"""What each process keeps of questionnaires: the versions that are asked at present. See `kit.kept`."""

from __future__ import annotations

from stadtplatz.kit.kept import Topic, kept
from stadtplatz.questionnaires.models import Questionnaire, Version

ASKED = Topic("questionnaires.asked", {"questionnaires.Questionnaire": (), "questionnaires.Version": ()})


@kept(ASKED)
def asked() -> dict[str, Version]:
    """What is asked at present, by code."""
    sheets = Questionnaire.objects.filter(current__isnull=False).select_related("current")
    return {sheet.code: sheet.current for sheet in sheets if sheet.current}
