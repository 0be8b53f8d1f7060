"""The organisation at the desk: who is where, who is away, who answers for what."""

from collections.abc import Callable

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from stadtplatz.accounts.visitors import actor_of, staff_required
from stadtplatz.city import actions, organigram, rules
from stadtplatz.city.forms import (
    AbsenceForm,
    FunctionForm,
    InvitationForm,
    MemberForm,
    NewFunctionForm,
    UnitForm,
    start_of,
)
from stadtplatz.city.models import Absence, Function, Membership, Unit
from stadtplatz.kit import clock
from stadtplatz.kit.http import go_to
from stadtplatz.kit.numbers import typed_id
from stadtplatz.kit.refusals import ActionRefused, NotAllowed

Change = Callable[[dict], object]


@require_safe
@staff_required
def organisation(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    return render(
        request,
        "city/desk/organisation.html",
        {"tree": organigram.tree(), "away": organigram.away_today(), "is_operator": rules.is_operator(actor)},
    )


@require_safe
@staff_required
def unit(request: HttpRequest, slug: str) -> HttpResponse:
    actor = actor_of(request)
    page = organigram.page_of(slug)
    if page is None:
        raise Http404
    operator, roles = rules.is_operator(actor), rules.roles_in(actor, page.unit, page.line)
    context = {
        "page": page,
        "may_edit": operator or Membership.ADMIN in roles,
        "may_lead": operator or bool(roles & set(rules.INHERITED)),
        "me": actor.person_id,
        "today": clock.today(),
    }
    return render(request, "city/desk/unit.html", context)


@staff_required
def new_unit(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    if not organigram.editable_units(actor, rules.is_operator(actor)):
        raise NotAllowed(_("Only those who administer a unit may set up new ones below it."))
    form = UnitForm(request.POST or None, initial={"parent": request.GET.get("unter")})

    def set_up(data: dict) -> object:
        data.pop("version")
        return actions.open_unit(by=actor, **data)

    return edited(request, form, set_up, _("New unit"), _home())


@staff_required
def change_unit(request: HttpRequest, slug: str) -> HttpResponse:
    row, actor = get_object_or_404(Unit, slug=slug), actor_of(request)
    insist(actor, row)
    form = UnitForm(request.POST or None, instance=row, initial={"version": row.version})
    return edited(
        request, form, lambda data: actions.change_unit(unit=row, by=actor, **data), _("Change unit"), _home(row)
    )


@require_POST
@staff_required
def close_unit(request: HttpRequest, slug: str) -> HttpResponse:
    row = get_object_or_404(Unit, slug=slug)
    actions.close_unit(unit=row, by=actor_of(request), version=version_of(request))
    return go_to(request, _home(row.parent))


@staff_required
def new_function(request: HttpRequest, slug: str) -> HttpResponse:
    row, actor = get_object_or_404(Unit, slug=slug), actor_of(request)
    insist(actor, row)
    form = NewFunctionForm(request.POST or None)
    return edited(
        request, form, lambda data: actions.add_function(unit=row, by=actor, **data), _("New function"), _home(row)
    )


@staff_required
def change_function(request: HttpRequest, pk: int) -> HttpResponse:
    row, actor = get_object_or_404(Function.objects.select_related("unit"), pk=pk), actor_of(request)
    insist(actor, row.unit)
    form = FunctionForm(request.POST or None, initial=start_of(row, "name", "closed"))
    return edited(
        request,
        form,
        lambda data: actions.change_function(function=row, by=actor, **data),
        _("Change function"),
        _home(row.unit),
    )


@staff_required
def invite(request: HttpRequest, slug: str) -> HttpResponse:
    row, actor = get_object_or_404(Unit, slug=slug), actor_of(request)
    insist(actor, row)
    form = InvitationForm(request.POST or None, unit=row)
    return edited(
        request, form, lambda data: actions.invite_member(unit=row, by=actor, **data), _("Invite somebody"), _home(row)
    )


@staff_required
def change_member(request: HttpRequest, pk: int) -> HttpResponse:
    row, actor = _membership(pk), actor_of(request)
    insist(actor, row.unit)
    form = MemberForm(
        request.POST or None, membership=row, initial=start_of(row, "role", "function", "deputy", "named")
    )
    return edited(
        request,
        form,
        lambda data: actions.change_member(membership=row, by=actor, **data),
        _("%(person)s in the unit") % {"person": row.person},
        _home(row.unit),
    )


@require_POST
@staff_required
def end_membership(request: HttpRequest, pk: int) -> HttpResponse:
    row = _membership(pk)
    actions.end_membership(membership=row, by=actor_of(request), version=version_of(request))
    return go_to(request, _home(row.unit))


@staff_required
def note_absence(request: HttpRequest, pk: int) -> HttpResponse:
    row, actor = _membership(pk), actor_of(request)
    if not rules.may_note_absence(actor, row.person, row.unit):
        raise NotAllowed(_("Only the person, the head or the administrator of the unit may note an absence."))
    form = AbsenceForm(request.POST or None, person=row.person)
    return edited(
        request,
        form,
        lambda data: actions.note_absence(person=row.person, unit=row.unit, by=actor, **data),
        _("Absence of %(person)s") % {"person": row.person},
        _home(row.unit),
    )


@require_POST
@staff_required
def cancel_absence(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    row, unit_row = get_object_or_404(Absence, pk=pk), get_object_or_404(Unit, slug=slug)
    actions.cancel_absence(absence=row, unit=unit_row, by=actor_of(request), version=version_of(request))
    return go_to(request, _home(unit_row))


def edited(
    request: HttpRequest, form: forms.BaseForm, change: Change, title: str, back: str, *, second: str = ""
) -> HttpResponse:
    """Show the form, or do the change and go back. A refusal is shown above the form, which keeps what was typed.

    `second` is the label of another button, which sends `plan`.
    """
    refusal = None
    if request.method == "POST" and form.is_valid():
        try:
            change(dict(form.cleaned_data))
            return go_to(request, back)
        except NotAllowed:
            raise
        except ActionRefused as refused:
            refusal = refused
    status = refusal.status if refusal else 422 if form.errors else 200
    context = {
        "form": form,
        "refusal": refusal,
        "title": title,
        "back": back,
        "second": second,
        "current": getattr(refusal, "current", None),
    }
    return render(request, "city/desk/edit.html", context, status=status)


def _home(row: Unit | None = None) -> str:
    return reverse("desk-unit", args=[row.slug]) if row else reverse("desk-organisation")


def _membership(pk: int) -> Membership:
    return get_object_or_404(Membership.objects.select_related("person", "unit"), pk=pk, ended=False)


def insist(actor, row: Unit) -> None:
    if not rules.may_edit_unit(actor, row):
        raise NotAllowed(_("Only those who administer this unit may change it."))


def version_of(request: HttpRequest) -> int:
    return typed_id(request.POST.get("version", ""))
