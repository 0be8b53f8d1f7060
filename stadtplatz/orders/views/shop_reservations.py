"""The shop's side of what it puts aside."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from stadtplatz.accounts.visitors import actor_of, signed_in
from stadtplatz.kit import clock
from stadtplatz.kit.http import go_to
from stadtplatz.kit.refusals import ActionRefused
from stadtplatz.orders import actions, reserving
from stadtplatz.orders.forms.packing import HandOverForm
from stadtplatz.orders.forms.reservations import KeepForm, NotThereForm
from stadtplatz.orders.models import Reservation
from stadtplatz.orders.pages import reservations as pages
from stadtplatz.orders.queries import reservations
from stadtplatz.orders.views.shop import shop_of, side_of, version_in
from stadtplatz.shops import actions as shop_actions
from stadtplatz.shops.models import Shop

PER_PAGE = 25


@never_cache
@signed_in
def listed(request: HttpRequest, slug: str) -> HttpResponse:
    """What lies aside, what ends first at the top; and for how long the shop does that."""
    shop, role = shop_of(request, slug)
    rows, at = reservations.kept_by(shop), clock.now()
    context = side_of(shop, role) | {
        "waiting": [row for row in rows if row.until > at],
        "overdue": [row for row in rows if row.until <= at],
        "today": clock.today(),
        "form": KeepForm(initial={"reserve_hours": _hours_of(shop), "version": shop.version}),
    }
    return render(request, "orders/shop/reservations.html", context)


@never_cache
@signed_in
def over(request: HttpRequest, slug: str) -> HttpResponse:
    """What was collected, called off, or not fetched."""
    shop, role = shop_of(request, slug)
    page = Paginator(reservations.over_in(shop), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "orders/shop/reservations_over.html", side_of(shop, role) | {"page": page})


@signed_in
@require_POST
def keep(request: HttpRequest, slug: str) -> HttpResponse:
    """For how long the shop puts things aside, or that it does not."""
    shop, _role = shop_of(request, slug)
    form = KeepForm(request.POST)
    try:
        if not form.is_valid():
            raise ActionRefused(_("Please choose how long you put things aside."))
        hours, version = form.cleaned_data["reserve_hours"], form.cleaned_data["version"]
        shop_actions.edit_shop(shop=shop, version=version, changes={"reserve_hours": hours}, by=actor_of(request))
        messages.success(request, _("Saved. It counts for everything that is put aside from now on."))
    except ActionRefused as refusal:
        messages.warning(request, str(refusal))
    return go_to(request, "shop-reservations", slug)


@never_cache
@signed_in
def one(
    request: HttpRequest, slug: str, number: str, form: NotThereForm | None = None, status: int = 200
) -> HttpResponse:
    """One thing put aside with everything that can be done to it."""
    shop, role = shop_of(request, slug)
    found, at = _found(request, slug, number), clock.now()
    context = side_of(shop, role) | {
        "reservation": found,
        "badge": pages.BADGES[found.state],
        "steps": pages.steps(found),
        "timeline": pages.shop_timeline(found),
        "moves": {move.name for move in reserving.MOVES.values() if found.state in move.start},
        "time_over": found.is_open and found.until <= at,
        "asks_longer": found.is_open and found.longer == Reservation.ASKED and found.until > at,
        "form": form or NotThereForm(),
        "code_form": HandOverForm(initial={"number": found.number}),
    }
    return render(request, "orders/shop/reservation.html", context, status=status)


@signed_in
@require_POST
def move(request: HttpRequest, slug: str, number: str, move: str) -> HttpResponseBase:
    """It lies ready, it is not there, or the answer to a wish for more time."""
    found, actor = _found(request, slug, number), actor_of(request)
    form = NotThereForm(request.POST)
    if move == "refuse" and not form.is_valid():
        return one(request, slug, number, form=form, status=422)
    expected = version_in(request)
    try:
        if move == "ready":
            actions.move_reservation(found, move=move, by=actor, expected_version=expected)
        elif move == "refuse":
            actions.say_not_there(found, by=actor, expected_version=expected, **form.cleaned_data)
        elif move in {"longer", "no-longer"}:
            actions.answer_longer(found, yes=move == "longer", by=actor)
        else:
            raise Http404
        messages.success(request, pages.DONE[move])
    except ActionRefused as refusal:
        messages.warning(request, str(refusal))
    return go_to(request, "shop-reservation", slug, number)


def _hours_of(shop: Shop) -> int | str:
    return KeepForm.NEXT_DAY if shop.reserve_hours is None else shop.reserve_hours


def _found(request: HttpRequest, slug: str, number: str) -> Reservation:
    found = reservations.for_shop(slug, number, actor_of(request))
    if found is None:
        raise Http404
    return found
