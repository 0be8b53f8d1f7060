"""What the pages of reporting share: the steps above the question, the draft, and where to go next."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy

from stadtplatz.questionnaires import queries as questionnaires
from stadtplatz.questionnaires.models import Version
from stadtplatz.tickets import actions, queries
from stadtplatz.tickets.models import Draft
from stadtplatz.tickets.packing import questions_code

STEPS = [
    ("text", gettext_lazy("What")),
    ("place", gettext_lazy("Where")),
    ("category", gettext_lazy("Kind")),
    ("review", gettext_lazy("Send")),
]
POINTING = ("category", "review")
"""Pages that say when the text is a matter for somebody else."""
BELONGS_TO = {"danger": "text", "alarm": "place", "nearby": "category", "questions": "category"}
"""Pages between the steps count as the step they follow."""


def open_draft(token: str) -> Draft:
    """The draft behind the token; 404 when its time is over."""
    draft = queries.draft(token)
    if draft is None:
        raise Http404
    return draft


def to_sent(draft: Draft) -> HttpResponse:
    """A draft that was sent leads to its report."""
    return redirect("tickets-sent", secret=draft.ticket.case.secret)  # type: ignore[union-attr]  # asked by the callers


def onward(draft: Draft) -> HttpResponse:
    """To the first question that is still open, else to the review."""
    return redirect(missing(draft) or "tickets-draft-review", token=draft.token)


def missing(draft: Draft) -> str | None:
    """The page of the first question that is still open. Danger comes first; in danger nothing but the place is asked."""
    if len(draft.text.strip()) < actions.SHORTEST:
        return "tickets-draft-text"
    if draft.danger_id or queries.danger_to_ask(draft):
        return "tickets-draft-danger"
    if draft.place is None:
        return "tickets-draft-place"
    if draft.category is None:
        return "tickets-draft-category"
    if not draft.nearby_seen and queries.nearby(draft.place, draft.category):
        return "tickets-draft-nearby"
    version = questions_of(draft)
    answered = version is None or (
        draft.answers_version_id == version.pk and questionnaires.complete(version, draft.answers)
    )
    return None if answered else "tickets-draft-questions"


def questions_of(draft: Draft) -> Version | None:
    """What the draft's category asks at present."""
    return questionnaires.current(questions_code(draft.category.code)) if draft.category else None


def page(
    request: HttpRequest, draft: Draft | None, name: str, context: dict[str, Any], *, refused: bool, status: int = 422
) -> HttpResponse:
    """One question of the way, with the steps above it."""
    names = [step for step, _label in STEPS]
    here = names.index(BELONGS_TO.get(name, name))
    states = ["done" if place < here else "now" if place == here else "next" for place in range(len(names))]
    context["steps"] = [(str(label), state) for (_name, label), state in zip(STEPS, states, strict=True)]
    context |= {"draft": draft, "photos": list(draft.photos.all()) if draft else []}
    if draft and name in POINTING:
        context["pointer"] = queries.pointer_in_words(draft.text)
    return render(request, f"tickets/new_{name}.html", context, status=status if refused else 200)
