"""Questions in versions, and the answers to them. What was published is never changed, so that every answer keeps its question."""

from __future__ import annotations

from typing import Any

from django.db import models


class Questionnaire(models.Model):
    """A set of questions under one code, such as `tickets:road-damage`; its texts live in its versions."""

    code = models.CharField(max_length=80, unique=True)
    current = models.ForeignKey("Version", null=True, on_delete=models.PROTECT, related_name="+")
    """The version that is asked at present; None while nothing is asked."""

    def __str__(self) -> str:
        return self.code


class Version(models.Model):
    """One published wording. `schema` is the JSON Schema of the answers; `ui` lists the questions in their order, with labels,
    helps, options and conditions (see `notation`). Written once, never changed."""

    questionnaire = models.ForeignKey(Questionnaire, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    schema = models.JSONField()
    ui = models.JSONField()
    digest = models.CharField(max_length=64)
    published_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["questionnaire", "number"], name="one_version_of_a_number")]

    def __str__(self) -> str:
        return f"{self.questionnaire} {self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk:
            raise TypeError("A published version never changes: publish a new one.")
        super().save(*args, **kwargs)


class AnswerSet(models.Model):
    """What somebody answered, to exactly this version. Emptied when the thing it belongs to is made anonymous."""

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="answer_sets")
    answers = models.JSONField(default=dict)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"answers {self.pk} to {self.version_id}"
