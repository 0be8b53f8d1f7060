"""Who answers for what, at the desk: the rules, trying them out, changing them at once or as a plan."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from stadtplatz.accounts.visitors import actor_of, staff_required
from stadtplatz.city import actions, organigram, rules
from stadtplatz.city.forms import WhoForm
from stadtplatz.city.forms.duties import DutyForm, NewRuleForm, RuleForm, start_of_rule
from stadtplatz.city.models import Duty
from stadtplatz.city.queries import find_addresses, responsible_for
from stadtplatz.city.views.desk import edited, insist, version_of
from stadtplatz.kit.http import go_to
from stadtplatz.kit.refusals import ActionRefused, NotAllowed

_JOINED = ("unit", "district", "street")


@require_safe
@staff_required
def duties(request: HttpRequest) -> HttpResponse:
    """All rules, what is planned, and a way to try out who answers for something."""
    actor = actor_of(request)
    form = WhoForm(request.GET if "code" in request.GET else None)
    answer, hit = None, None
    if form.is_bound and form.is_valid():
        hit = next(iter(find_addresses(form.cleaned_data["address"], limit=1)), None)
        answer = responsible_for(duty=form.cleaned_data["code"], place=(hit.lon, hit.lat) if hit else None)
    operator = rules.is_operator(actor)
    context = {
        "duties": organigram.all_duties(),
        "plan": organigram.planned_changes() if operator else [],
        "form": form,
        "answer": answer,
        "hit": hit,
        "is_operator": operator,
        "editable": organigram.editable_units(actor, operator),
    }
    return render(request, "city/desk/duties.html", context)


@staff_required
def new_duty(request: HttpRequest) -> HttpResponse:
    """A rule that holds at once, or that is planned first."""
    actor = actor_of(request)
    if not rules.is_operator(actor):
        raise NotAllowed(_("Only the operator may give duties to units."))
    form = NewRuleForm(request.POST or None)
    act = actions.plan_duty if "plan" in request.POST else actions.assign_duty

    def assign(data: dict) -> object:
        data.pop("version")
        return act(by=actor, **data)

    return edited(request, form, assign, _("New duty"), reverse("desk-duties"), second=_("Only plan it"))


@staff_required
def change_duty(request: HttpRequest, pk: int) -> HttpResponse:
    """Another unit, function, person, or other conditions; at once or as a plan."""
    row, actor = get_object_or_404(Duty.objects.select_related(*_JOINED), pk=pk, planned=False), actor_of(request)
    insist(actor, row.unit)
    operator = rules.is_operator(actor)
    form = (RuleForm if operator else DutyForm)(request.POST or None, initial=start_of_rule(row))

    def change(data: dict) -> object:
        if operator and "plan" in request.POST:
            data.pop("version")
            return actions.plan_duty(by=actor, code=row.code, replaces=row, **data)
        return actions.change_duty(duty=row, by=actor, **data)

    second = _("Only plan it") if operator else ""
    return edited(request, form, change, _("Duty %(duty)s") % {"duty": row}, reverse("desk-duties"), second=second)


@require_POST
@staff_required
def end_duty(request: HttpRequest, pk: int) -> HttpResponse:
    """The rule ends, at once or as a plan."""
    row, actor = get_object_or_404(Duty, pk=pk, planned=False), actor_of(request)
    if "plan" in request.POST:
        actions.plan_end(duty=row, by=actor)
    else:
        actions.end_duty(duty=row, by=actor, version=version_of(request))
    return go_to(request, "desk-duties")


@require_POST
@staff_required
def drop_plan(request: HttpRequest, pk: int) -> HttpResponse:
    """One planned change is forgotten."""
    actions.drop_plan(plan=get_object_or_404(Duty, pk=pk, planned=True), by=actor_of(request))
    return go_to(request, "desk-duties")


@require_POST
@staff_required
def adopt_plan(request: HttpRequest) -> HttpResponse:
    """All that is planned holds from now on."""
    try:
        count = actions.adopt_plan(by=actor_of(request))
    except ActionRefused as refused:
        messages.error(request, str(refused))
    else:
        words = ngettext("%(count)d change holds from now on.", "%(count)d changes hold from now on.", count)
        messages.success(request, words % {"count": count})
    return go_to(request, "desk-duties")
