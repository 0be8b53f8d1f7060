"""Questions to a shop, help from the market desk, further places, and the count of visits."""

from datetime import timedelta

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from stadtplatz.accounts.visitors import actor_of
from stadtplatz.kit import ratelimit
from stadtplatz.kit.http import client_ip, go_to, same_origin_required
from stadtplatz.kit.refusals import ActionRefused, TooOften
from stadtplatz.kit.saying import do_and_say, saved, show
from stadtplatz.kit.templatetags.kit import day
from stadtplatz.shops import actions, queries, rules
from stadtplatz.shops.forms import BranchForm
from stadtplatz.shops.forms.care import AnswerForm, EnquiryForm, HelpForm
from stadtplatz.shops.models import Branch, CareTask, DayCount, Enquiry
from stadtplatz.shops.views.desk import for_desk, tabs
from stadtplatz.shops.views.side import Workplace, for_members, page


def ask(request: HttpRequest, slug: str) -> HttpResponse:
    """A question to the shop, without an account."""
    shop = queries.listed().filter(slug=slug).first()
    if shop is None:
        raise Http404
    form = EnquiryForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        ratelimit.count("shops.ask", client_ip(request), limit=5, per=timedelta(hours=1))
        ratelimit.count("shops.ask.mail", form.cleaned_data["email"], limit=10, per=timedelta(days=1))
        try:
            actions.ask_shop(shop=shop, by=actor_of(request), language=request.LANGUAGE_CODE, **form.cleaned_data)
        except ActionRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Your question is on its way. The shop answers by mail."))
            return go_to(request, "shop", shop.slug)
    return render(request, "shops/ask.html", {"shop": shop, "form": form})


@require_POST
@same_origin_required
def counted(request: HttpRequest, slug: str) -> HttpResponse:
    """The page was opened: counted once an hour for a household, and without remembering who."""
    shop = queries.listed().filter(slug=slug).first()
    kind = request.POST.get("kind", "")
    if shop is None or kind not in dict(DayCount.KINDS):
        raise Http404
    try:
        ratelimit.count(f"shops.visit:{shop.pk}:{kind}", client_ip(request), limit=1, per=timedelta(hours=1))
    except TooOften:
        return HttpResponse(status=204)
    actions.count_visit(shop=shop, kind=kind)
    return HttpResponse(status=204)


@never_cache
@for_members(*rules.MANAGERS)
def inbox(request: HttpRequest, place: Workplace) -> HttpResponse:
    """Questions of customers, unanswered ones first."""
    return page(request, place, "inbox", {"enquiries": queries.enquiries(place.shop), "form": AnswerForm()})


@require_POST
@for_members(*rules.MANAGERS)
def answer(request: HttpRequest, place: Workplace, enquiry_id: int) -> HttpResponse:
    """Answer one of them."""
    row = get_object_or_404(Enquiry.objects.select_related("shop"), pk=enquiry_id, shop=place.shop)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return page(request, place, "inbox", {"enquiries": queries.enquiries(place.shop), "form": form})
    do_and_say(
        request,
        lambda: actions.answer_enquiry(enquiry=row, answer=form.cleaned_data["answer"], by=actor_of(request)),
        _("Your answer is on its way."),
    )
    return go_to(request, "shop-inbox", place.shop.slug)


@never_cache
@for_members(*rules.MANAGERS)
def help_wanted(request: HttpRequest, place: Workplace) -> HttpResponse:
    """Ask the market desk for help, a visit or photos, and see until when."""
    form = HelpForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            row = actions.ask_for_help(shop=place.shop, by=actor_of(request), **form.cleaned_data)
        except ActionRefused as refused:
            show(form, refused)
        else:
            messages.success(request, _("The market desk takes care of it by {day}.").format(day=day(row.due_at)))
            return go_to(request, "shop-help", place.shop.slug)
    return page(request, place, "help", {"form": form, "tasks": queries.care_of(place.shop)})


@for_members(*rules.MANAGERS)
def places(request: HttpRequest, place: Workplace) -> HttpResponse:
    """Further places of the shop."""
    form, by = BranchForm(request.POST if request.method == "POST" else None), actor_of(request)
    if saved(request, form, lambda: actions.add_branch(shop=place.shop, by=by, **form.cleaned_data), _("Saved.")):
        return go_to(request, "shop-places", place.shop.slug)
    return page(request, place, "places", {"form": form, "branches": place.shop.branches.all()})


@require_POST
@for_members(*rules.MANAGERS)
def drop_place(request: HttpRequest, place: Workplace, branch_id: int) -> HttpResponse:
    """Close one of them."""
    row = get_object_or_404(Branch.objects.select_related("shop"), pk=branch_id, shop=place.shop)
    do_and_say(request, lambda: actions.remove_branch(branch=row, by=actor_of(request)), _("Saved."))
    return go_to(request, "shop-places", place.shop.slug)


@never_cache
@for_desk
def tasks(request: HttpRequest) -> HttpResponse:
    """The desk's care tasks: late ones first."""
    context = {"tasks": queries.care_tasks(), "done": queries.care_done(), "tabs": tabs("care")}
    return render(request, "shops/desk_care.html", context)


@require_POST
@for_desk
def task(request: HttpRequest, task_id: int) -> HttpResponse:
    """Take it, or finish it with a word to the shop."""
    row = get_object_or_404(CareTask.objects.select_related("shop"), pk=task_id)
    if "take" in request.POST:
        do_and_say(request, lambda: actions.take_task(task=row, by=actor_of(request)), _("It is yours."))
    else:
        words = request.POST.get("answer", "")
        do_and_say(request, lambda: actions.finish_task(task=row, answer=words, by=actor_of(request)), _("Done."))
    return go_to(request, "desk-care")
