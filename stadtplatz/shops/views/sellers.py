"""The market desk: who sells, looked at by two people; suspended, restored, complained about."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from stadtplatz.accounts import queries as accounts
from stadtplatz.accounts.visitors import actor_of
from stadtplatz.kit.http import go_to
from stadtplatz.kit.saying import do_and_say
from stadtplatz.shops import actions, numbers, queries, rules, texts
from stadtplatz.shops.actions.files import digest_of
from stadtplatz.shops.forms.steps import ReasonForm
from stadtplatz.shops.models import Complaint, Shop
from stadtplatz.shops.queries import progress
from stadtplatz.shops.views.desk import for_desk, tabs

JUDGEMENTS: dict[str, Callable[..., object]] = {
    "zurueck": actions.send_back,
    "sperren": actions.suspend,
    "aufheben": actions.lift,
}


@never_cache
@for_desk
def files(request: HttpRequest) -> HttpResponse:
    """Files that wait, by how many have looked; open complaints; suspended shops."""
    context = queries.desk_files(actor_of(request)) | {"tabs": tabs("sellers")}
    return render(request, "shops/desk_sellers.html", context)


@never_cache
@for_desk
def file(request: HttpRequest, slug: str) -> HttpResponse:
    """Everything about one seller, and what can be decided."""
    shop = get_object_or_404(Shop, slug=slug)
    return _page(request, shop, ReasonForm())


@require_POST
@for_desk
def approve(request: HttpRequest, slug: str) -> HttpResponse:
    """The first or the second look."""
    shop = get_object_or_404(Shop, slug=slug)
    return _done(
        request, shop, lambda: actions.approve(shop=shop, digest=request.POST.get("digest", ""), by=actor_of(request))
    )


@require_POST
@for_desk
def judge(request: HttpRequest, slug: str, what: str) -> HttpResponse:
    """Send back, suspend, lift: with reasons."""
    shop, form = get_object_or_404(Shop, slug=slug), ReasonForm(request.POST)
    if what not in JUDGEMENTS or not form.is_valid():
        return _page(request, shop, form)
    reasons = form.cleaned_data["reasons"]
    return _done(request, shop, lambda: JUDGEMENTS[what](shop=shop, reasons=reasons, by=actor_of(request)))


@require_POST
@for_desk
def complaint(request: HttpRequest, complaint_id: int) -> HttpResponse:
    """Decide a complaint."""
    row = get_object_or_404(Complaint.objects.select_related("shop"), pk=complaint_id)
    upheld, answer = request.POST.get("upheld") == "1", request.POST.get("reasons", "")
    return _done(
        request,
        row.shop,
        lambda: actions.decide_complaint(complaint=row, upheld=upheld, answer=answer, by=actor_of(request)),
    )


def _page(request: HttpRequest, shop: Shop, form: ReasonForm) -> HttpResponse:
    seller, actor = queries.seller(shop), actor_of(request)
    complaints = queries.complaints_of(shop)
    keys = [seller.identity_by, seller.submitted_by, seller.first_by, seller.second_by, seller.decided_by]
    names = accounts.names_for_staff([key for key in keys if key])
    context = {
        "shop": shop,
        "seller": seller,
        "form": form,
        "digest": digest_of(shop, seller),
        "bank": numbers.bank_of(seller.iban) if seller.iban else "",
        "missing": progress.missing(shop, seller),
        "texts": [texts.text_of(shop, kind, seller) for kind in texts.KINDS],
        "who": {field: names.get(getattr(seller, field), "") for field in _PEOPLE},
        "is_mine": bool(rules.role_in(actor, shop)),
        "looked": seller.first_by == actor.key,
        "complaints": [(row, row.against_by == actor.key) for row in complaints],
        "tabs": tabs("sellers"),
    }
    return render(request, "shops/desk_seller.html", context)


_PEOPLE = ("identity_by", "submitted_by", "first_by", "second_by", "decided_by")


def _done(request: HttpRequest, shop: Shop, act: Callable[[], object]) -> HttpResponse:
    do_and_say(request, act, _("Decided."))
    return go_to(request, "desk-seller", shop.slug)
