"""The page of somebody outside who was asked for a part of the work. The link is the key; it opens the question and no case."""

from __future__ import annotations

from datetime import timedelta

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from stadtplatz.cases import actions, queries
from stadtplatz.cases.forms import TaskAnswerForm
from stadtplatz.cases.models import CaseTask
from stadtplatz.cases.rules import task_holder
from stadtplatz.kit import media, ratelimit
from stadtplatz.kit.http import client_ip
from stadtplatz.kit.refusals import ActionRefused
from stadtplatz.kit.uploads import accept_image


@never_cache
def task(request: HttpRequest, token: str) -> HttpResponse:
    """The question, and the answer to it. After the answer the link opens a thank-you and nothing else."""
    row = queries.asked_by_token(token)
    if row is None:
        raise Http404
    form, refusal = TaskAnswerForm(request.POST or None, request.FILES or None), None
    if form.is_bound and form.is_valid() and row.finished_at is None:
        ratelimit.count("cases.task", client_ip(request), limit=30, per=timedelta(hours=1))
        try:
            pictures = [accept_image(file) for file in form.cleaned_data["photos"][: actions.MOST_PHOTOS + 1]]
            row = actions.finish_task(row, answer=form.cleaned_data["answer"], photos=pictures, by=task_holder(row))
        except ActionRefused as refused:
            refusal = refused
    context = {"task": row, "case": row.case, "form": form, "refusal": refusal, "photos": _photos(row)}
    status = refusal.status if refusal else 422 if form.errors else 200
    return render(request, "cases/task.html", context, status=status)


@never_cache
def photo(request: HttpRequest, token: str, pk: str) -> FileResponse:
    """A picture of the case, if it was shared with whoever was asked."""
    row = queries.asked_by_token(token)
    found = (
        next((document for document in queries.shared_documents(row) if document.pk == int(pk)), None) if row else None
    )
    if found is None:
        raise Http404
    small = request.GET.get("size") == "small" and found.small_path
    return media.serve(found.small_path if small else found.path, allowed=True)


def _photos(row: CaseTask) -> list[dict[str, str]]:
    links = []
    for document in queries.shared_documents(row):
        url = reverse("case-task-photo", args=[row.token, document.pk])
        links.append({"url": url, "thumbnail": f"{url}?size=small", "text": str(document.get_purpose_display())})
    return links
