"""The tree of categories at the market desk."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from stadtplatz.accounts.visitors import actor_of
from stadtplatz.catalogue import actions, categories, queries
from stadtplatz.catalogue.forms.categories import CategoryForm, DissolveForm, initial_of
from stadtplatz.catalogue.models import CategoryEntry
from stadtplatz.catalogue.views.guard import for_desk
from stadtplatz.kit.http import go_to
from stadtplatz.kit.refusals import ActionRefused, Stale


@for_desk
def tree(request: HttpRequest) -> HttpResponse:
    """All categories with what lies in them."""
    q = request.GET.get("q", "").strip()[:80]
    return render(request, "catalogue/desk/categories.html", {"lines": queries.lines(q), "q": q})


@for_desk
def new(request: HttpRequest) -> HttpResponse:
    """Add a category; what holds above it is filled in."""
    above = categories.all_categories().get(request.GET.get("unter", ""))
    start = {name: getattr(above, name) for name in categories.INHERITED} | {"parent": above.code} if above else {}
    form = CategoryForm(request.POST if request.method == "POST" else None, initial=start)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.add_category(by=actor_of(request), **form.changes())
        except ActionRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("“{name}” stands in the tree.").format(name=made.de))
            return go_to(request, "desk-category", made.code)
    return render(request, "catalogue/desk/category.html", {"form": form, "above": above})


@for_desk
def edit(request: HttpRequest, code: str) -> HttpResponse:
    """Change a category; which offers would lack something is said before it is saved."""
    entry = _entry(code)
    form = CategoryForm(request.POST if request.method == "POST" else None, initial=initial_of(entry))
    context: dict[str, Any] = {"form": form, "entry": entry, "category": categories.all_categories()[code]}
    if request.method == "POST" and form.is_valid():
        changes = form.changes()
        lacking = queries.if_changed(code, changes)
        if lacking.number and not request.POST.get("sure"):
            return render(request, "catalogue/desk/category.html", context | {"lacking": lacking})
        try:
            actions.edit_category(
                code=code, version=form.cleaned_data["version"] or 0, changes=changes, by=actor_of(request)
            )
        except Stale as refused:
            context |= {"stale": refused, "differences": _differences(form, refused)}
        except ActionRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Saved."))
            return go_to(request, "desk-category", code)
    return render(request, "catalogue/desk/category.html", context)


@for_desk
def dissolve(request: HttpRequest, code: str) -> HttpResponse:
    """Name what takes its place (GET shows what would follow), then dissolve it (POST)."""
    entry = _entry(code)
    asked = request.POST if request.method == "POST" else (request.GET if "into" in request.GET else None)
    form = DissolveForm(asked, initial={"version": entry.version, "into": entry.parent})
    context: dict[str, Any] = {"form": form, "entry": entry, "category": categories.all_categories()[code]}
    if form.is_bound and form.is_valid():
        into = form.cleaned_data["into"]
        if request.method == "POST":
            try:
                number = actions.dissolve_category(
                    code=code, version=form.cleaned_data["version"] or 0, into=into, by=actor_of(request)
                )
            except ActionRefused as refused:
                form.add_error(None, str(refused))
            else:
                words = ngettext("{number} offer went along.", "{number} offers went along.", number)
                messages.success(request, words.format(number=number))
                return go_to(request, "desk-category", into)
        if into not in categories.branch(code):
            context |= {"into": categories.all_categories()[into], "lacking": queries.if_dissolved(code, into)}
        elif not form.errors:
            form.add_error("into", _("Please choose a category that is not the same one and does not stand below it."))
    return render(request, "catalogue/desk/dissolve.html", context)


def _entry(code: str) -> CategoryEntry:
    found = queries.entry_of(code)
    if found is None or code not in categories.all_categories():
        raise Http404
    return found


def _differences(form: CategoryForm, stale: Stale) -> list[tuple[str, str, str]]:
    """Label, what holds now, what this person typed - wherever the two differ."""
    if not isinstance(stale.current, CategoryEntry):
        return []
    now = initial_of(stale.current)
    rows = [(form[name].label, now.get(name), form.cleaned_data[name]) for name in form.fields if name != "version"]
    return [(label, _text(there), _text(typed)) for label, there, typed in rows if _text(there) != _text(typed)]


def _text(value: Any) -> str:
    return ", ".join(str(one) for one in value) if isinstance(value, list | tuple) else str(value or "")
