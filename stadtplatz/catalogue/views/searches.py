"""The search at the market desk: what found nothing, and words that mean the same."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from stadtplatz.accounts.visitors import actor_of
from stadtplatz.catalogue import actions
from stadtplatz.catalogue.forms.searches import SynonymForm, TellForm
from stadtplatz.catalogue.views.guard import for_desk
from stadtplatz.kit.http import go_to
from stadtplatz.kit.numbers import typed_id
from stadtplatz.kit.refusals import ActionRefused
from stadtplatz.search import queries as search
from stadtplatz.search.models import Synonym

WEEKS = 4
SHOWN = 5


@for_desk
def overview(request: HttpRequest) -> HttpResponse:
    """What found nothing in the last four weeks, by week, and the operator's synonyms."""
    often, rare = search.empty_by_week(weeks=WEEKS)
    context = {"often": often, "rare": rare, "weeks": range(1, WEEKS + 1), "synonyms": search.synonyms()}
    return render(request, "catalogue/desk/searches.html", context)


@for_desk
def synonym(request: HttpRequest) -> HttpResponse:
    """Say that words mean the same: first what the first one would find then (`preview`), then for good."""
    start = {"asked": request.GET.get("wort", "")[:80], "how": "="}
    form = SynonymForm(request.POST if request.method == "POST" else None, initial=start)
    context: dict[str, Any] = {"form": form}
    if request.method == "POST" and form.is_valid():
        if request.POST.get("do") == "save":
            try:
                made = actions.say_synonym(line=form.line(), by=actor_of(request))
            except ActionRefused as refused:
                form.add_error(None, str(refused))
            else:
                messages.success(request, _("“{line}” counts from now on.").format(line=made.line))
                return go_to(request, "desk-searches")
        typed = form.cleaned_data
        context["preview"] = [
            (
                typed["asked"],
                search.find(typed["asked"], limit=SHOWN),
                typed["meant"],
                search.find(typed["meant"], limit=SHOWN),
            )
        ]
    return render(request, "catalogue/desk/synonym.html", context)


@require_POST
@for_desk
def drop(request: HttpRequest) -> HttpResponse:
    """Forget a synonym."""
    row = get_object_or_404(Synonym, pk=typed_id(request.POST.get("synonym", "")))
    actions.forget_synonym(synonym=row, by=actor_of(request))
    messages.success(request, _("“{line}” no longer counts.").format(line=row.line))
    return go_to(request, "desk-searches")


@for_desk
def tell(request: HttpRequest) -> HttpResponse:
    """Tell shops of a category what people look for and do not find."""
    form = TellForm(
        request.POST if request.method == "POST" else None, initial={"text": request.GET.get("wort", "")[:80]}
    )
    if request.method == "POST" and form.is_valid():
        try:
            wish = actions.tell_shops(by=actor_of(request), **form.told())
        except ActionRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("The shops read of “{text}”.").format(text=wish.text))
            return go_to(request, "desk-searches")
    return render(request, "catalogue/desk/tell.html", {"form": form, "word": form["text"].value()})
