"""The list of environmental claims, for the desk; the operator changes it."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from stadtplatz.accounts.visitors import actor_of
from stadtplatz.kit.http import go_to
from stadtplatz.kit.refusals import ActionRefused
from stadtplatz.moderation import actions, rules
from stadtplatz.moderation.forms_green import GreenWordForm
from stadtplatz.moderation.models import GreenWord
from stadtplatz.moderation.pages import desk_tabs as tabs
from stadtplatz.moderation.pages import for_moderators


@never_cache
@for_moderators
def word(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """One family of words, or a new one."""
    if not rules.may_edit_grounds(actor_of(request)):
        raise Http404
    row = get_object_or_404(GreenWord, pk=pk) if pk else None
    form = GreenWordForm(request.POST if request.method == "POST" else None, instance=row)
    if request.method == "POST" and form.is_valid():
        try:
            actions.edit_green_word(word=row, changes=form.cleaned_data, by=actor_of(request))
        except ActionRefused as refused:
            form.add_error(refused.code if refused.code in form.fields else None, str(refused))
        else:
            messages.success(request, _("Saved."))
            return go_to(request, "desk-green")
    context = {"form": form, "word": row, "tabs": tabs(request, "green")}
    return render(request, "moderation/green_word.html", context, status=422 if form.is_bound else 200)
