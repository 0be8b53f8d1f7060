"""The category's own questions."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from stadtplatz.kit.http import is_htmx
from stadtplatz.questionnaires.fields import QuestionsForm
from stadtplatz.tickets import actions
from stadtplatz.tickets.views import steps


@never_cache
def questions(request: HttpRequest, token: str) -> HttpResponse:
    """What the category asks; which questions those are is decided here, after each answer."""
    draft = steps.open_draft(token)
    if draft.ticket:
        return steps.to_sent(draft)
    version = steps.questions_of(draft)
    if version is None:
        return steps.onward(draft)
    form = QuestionsForm(version, request.POST if request.method == "POST" else None, answers=draft.answers)
    action = reverse("tickets-draft-questions", args=[token])
    if is_htmx(request) and form.is_bound:
        form.keep_quiet()
        return render(request, "questionnaires/parts/questions.html", {"form": form, "action": action})
    if form.is_bound and form.is_valid():
        actions.keep_draft_answers(draft, version, form.answers)
        return steps.onward(draft)
    return steps.page(request, draft, "questions", {"form": form, "action": action}, refused=form.is_bound)
