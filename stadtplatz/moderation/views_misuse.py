"""Pages about misuse (Art. 23 DSA): the rules for everybody, the desk's numbers and measures, and the page of who is concerned."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from stadtplatz.accounts.queries import names_for_staff
from stadtplatz.accounts.visitors import actor_of
from stadtplatz.kit import ratelimit
from stadtplatz.kit.http import client_ip, go_to
from stadtplatz.kit.refusals import ActionRefused
from stadtplatz.kit.saying import saved, show
from stadtplatz.moderation import actions, rules
from stadtplatz.moderation.forms import FindingForm, MisuseRuleForm, WordsForm
from stadtplatz.moderation.models import Measure, MisuseRule
from stadtplatz.moderation.pages import desk_tabs as tabs
from stadtplatz.moderation.pages import for_moderators
from stadtplatz.moderation.queries import misuse


def public_rules(request: HttpRequest) -> HttpResponse:
    """What counts as misuse and what follows, for everybody (Art. 23 (4) DSA)."""
    return render(request, "moderation/misuse_rules.html", {"rules": MisuseRule.objects.all()})


@never_cache
def measure(request: HttpRequest, secret: str) -> HttpResponse:
    """A warning or suspension, for whoever holds its link; they can complain here once."""
    row = get_object_or_404(Measure, secret=secret)
    form = WordsForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        ratelimit.count("moderation.complain", client_ip(request), limit=10, per=timedelta(hours=1))
        try:
            actions.complain_measure(measure=row, text=form.cleaned_data["words"], by=actor_of(request))
        except ActionRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Somebody else than who decided looks at it now."))
            return go_to(request, "measure", secret)
    return render(request, "moderation/measure.html", {"row": row, "form": form}, status=422 if form.is_bound else 200)


@never_cache
@for_moderators
def desk(request: HttpRequest) -> HttpResponse:
    """Who misused the pages how often, who is suspended, and which complaints wait."""
    context = {
        "lines": misuse.lines(),
        "contested": Measure.objects.filter(upheld=None).exclude(complained_at=None),
        "rules": MisuseRule.objects.all(),
        "may_edit": rules.may_edit_grounds(actor_of(request)),
        "tabs": tabs(request, "misuse"),
    }
    return render(request, "moderation/misuse.html", context)


@never_cache
@for_moderators
def subject(request: HttpRequest, side: str, subject: str) -> HttpResponse:
    """The numbers about one shop or sender, what was done before, and the form to warn or suspend."""
    page = misuse.subject_page(side, subject, actor_of(request)) if side in dict(MisuseRule.SIDES) else None
    if page is None:
        raise Http404
    form = FindingForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            finding = actions.Finding(**form.cleaned_data)
            actions.take_measure(side=side, subject=subject, finding=finding, by=actor_of(request))
        except ActionRefused as refused:
            show(form, refused)
        else:
            messages.success(request, _("Decided. Those concerned are told."))
            return redirect(request.path)
    context = {
        "page": page,
        "form": form,
        "names": names_for_staff({row.decided_by for row in page.measures}),
        "me": actor_of(request).key,
        "tabs": tabs(request, "misuse"),
    }
    return render(request, "moderation/misuse_subject.html", context, status=422 if form.is_bound else 200)


@require_POST
@for_moderators
def change(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """End a suspension early, or answer the complaint about a measure."""
    row, words, by = get_object_or_404(Measure, pk=pk), request.POST.get("words", ""), actor_of(request)
    try:
        if what == "aufheben":
            actions.end_measure(measure=row, reason=words, by=by)
        elif what == "antwort" and request.POST.get("upheld") in {"0", "1"}:
            actions.answer_measure(measure=row, upheld=request.POST["upheld"] == "1", answer=words, by=by)
        else:
            raise Http404
    except ActionRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Decided. Those concerned are told."))
    return redirect(row.get_desk_url())


@never_cache
@for_moderators
def rule(request: HttpRequest, side: str) -> HttpResponse:
    """The operator changes a rule."""
    if not rules.may_edit_grounds(actor_of(request)):
        raise Http404
    row = get_object_or_404(MisuseRule, side=side)
    form, by = MisuseRuleForm(request.POST if request.method == "POST" else None, instance=row), actor_of(request)
    if saved(request, form, lambda: actions.edit_rule(rule=row, changes=form.cleaned_data, by=by), _("Saved.")):
        return go_to(request, "desk-misuse")
    return render(request, "moderation/misuse_rule.html", {"form": form, "rule": row, "tabs": tabs(request, "misuse")})
