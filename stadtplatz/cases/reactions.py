"""Who outside is told what. Inside the house the kinds of cases tell their own people."""

from __future__ import annotations

from django.urls import reverse
from django.utils import translation

from stadtplatz.audit.models import Record
from stadtplatz.audit.reactions import reacts_to
from stadtplatz.cases.models import CaseTask
from stadtplatz.notifications.actions import notify


@reacts_to("cases.task_added")
def send_the_link(record: Record) -> None:
    """Somebody outside gets the question and the link to answer it. Nothing is sent for a task that was answered meanwhile."""
    rows = CaseTask.objects.select_related("outsider", "case__unit").exclude(outsider=None)
    task = rows.filter(pk=record.keys["task"], finished_at=None).first()
    if task is None or task.outsider is None:
        return
    with translation.override(task.outsider.language):
        link = reverse("case-task", args=[task.token])
        kind = str(task.get_kind_display())
    notify(
        to=task.outsider,
        template="cases/mail/task",
        context={"unit": task.case.unit.name, "kind": kind, "question": task.question, "deadline": task.deadline},
        errand_number=task.case.number,
        link=link,
        kind="errand",
        once=f"{record.pk}:{task.outsider.key}",
        at=record.at,
    )
