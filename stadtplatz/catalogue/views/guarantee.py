"""The legal guarantee and the label of the maker's guarantee: for everybody, and where the operator puts in the official graphics."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from stadtplatz.accounts.rules import is_operator
from stadtplatz.accounts.visitors import actor_of
from stadtplatz.catalogue import actions, guarantee, queries
from stadtplatz.catalogue.forms.guarantee import GraphicForm, NoticeForm
from stadtplatz.catalogue.models import GuaranteeGraphic, GuaranteeNotice
from stadtplatz.catalogue.views.guard import for_desk
from stadtplatz.kit.http import go_to
from stadtplatz.kit.refusals import ActionRefused

FOR_EVER = "public, max-age=31536000, immutable"


def public(request: HttpRequest) -> HttpResponse:
    """The whole notice, to read, to print and to keep, and what the label of a maker's guarantee means."""
    found = guarantee.notice(whenever=True)
    if found is None:
        raise Http404
    return render(request, "catalogue/guarantee.html", {"notice": found, "label_url": guarantee.LABEL_URL})


def file(request: HttpRequest, pk: int, mark: str) -> HttpResponse:
    """An official file, byte for byte. What is not shown yet only the operator sees. It can run nothing, whatever is in it."""
    row = get_object_or_404(GuaranteeGraphic, pk=pk, sha256__startswith=mark)
    if not row.shown and not is_operator(actor_of(request)):
        raise Http404
    response = HttpResponse(bytes(row.content), content_type=row.media_type)
    response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = FOR_EVER if row.shown else "no-store"
    if row.is_pdf:
        response["Content-Disposition"] = f'attachment; filename="gewaehrleistung-{row.language}.pdf"'
    return response


@never_cache
@for_desk
def desk(request: HttpRequest) -> HttpResponse:
    """Words and graphics in each language, and what is still to be put in. Only the operator changes them."""
    may_edit = is_operator(actor_of(request))
    form = GraphicForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        if not may_edit:
            raise Http404
        if form.is_valid():
            try:
                actions.put_in_graphic(**form.details(), by=actor_of(request))
            except ActionRefused as refused:
                form.add_error(refused.code if refused.code in form.fields else None, str(refused))
            else:
                messages.success(
                    request, _("It lies here. Please compare it with the annex, then let everybody see it.")
                )
                return go_to(request, "desk-guarantee")
    context = queries.guarantee_desk() | {"form": form, "may_edit": may_edit}
    return render(request, "catalogue/desk/guarantee.html", context, status=422 if form.is_bound else 200)


@never_cache
@for_desk
def words(request: HttpRequest, language: str) -> HttpResponse:
    """The notice in one language."""
    if not is_operator(actor_of(request)):
        raise Http404
    row = get_object_or_404(GuaranteeNotice, language=language)
    form = NoticeForm(request.POST if request.method == "POST" else None, instance=row)
    if request.method == "POST" and form.is_valid():
        try:
            actions.write_notice(language=language, **form.cleaned_data, by=actor_of(request))
        except ActionRefused as refused:
            form.add_error(refused.code if refused.code in form.fields else None, str(refused))
        else:
            messages.success(request, _("Saved."))
            return go_to(request, "desk-guarantee")
    return render(
        request, "catalogue/desk/guarantee_words.html", {"form": form, "row": row}, status=422 if form.is_bound else 200
    )


@require_POST
@for_desk
def graphic(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """Show an official file to everybody, hide it again, or take it out."""
    row = get_object_or_404(GuaranteeGraphic, pk=pk)
    if not is_operator(actor_of(request)) or what not in {"zeigen", "verbergen", "weg"}:
        raise Http404
    if what == "weg":
        actions.remove_graphic(graphic=row, by=actor_of(request))
    else:
        actions.show_graphic(graphic=row, shown=what == "zeigen", by=actor_of(request))
    messages.success(request, _("Saved."))
    return go_to(request, "desk-guarantee")
