"""The shop side: the usual week, and the days that differ from it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from stadtplatz.accounts.visitors import actor_of
from stadtplatz.kit import clock
from stadtplatz.kit.http import go_to
from stadtplatz.kit.refusals import ActionRefused, Stale
from stadtplatz.shops import actions, queries, rules
from stadtplatz.shops.forms import HoursForm, SpecialDaysForm
from stadtplatz.shops.hours import special
from stadtplatz.shops.views.side import Workplace, for_members, page, save


@for_members(*rules.MANAGERS)
def opening_hours(request: HttpRequest, place: Workplace) -> HttpResponse:
    """When the shop is open in a usual week."""
    form = HoursForm(request.POST) if request.method == "POST" else HoursForm(shop=place.shop)
    stale = None
    if request.method == "POST" and form.is_valid():
        try:
            save(place.shop, form, {"hours": form.cleaned_data["hours"]}, request)
        except Stale as refused:
            stale = refused
        except ActionRefused as refused:
            form.add_error(None, str(refused))
        else:
            return go_to(request, "shop-hours", place.shop.slug)
    return _page(request, place, form, stale=stale)


@require_POST
@for_members(*rules.MANAGERS)
def special_days(request: HttpRequest, place: Workplace) -> HttpResponse:
    """Add some days that differ from the week."""
    form = SpecialDaysForm(request.POST)
    if form.is_valid():
        days = [*special.read(place.shop.special_days), form.cleaned_data["row"]]
        try:
            _set(request, place, days, form.cleaned_data["version"])
        except ActionRefused as refused:
            form.add_error(None, str(refused))
        else:
            return go_to(request, "shop-hours", place.shop.slug)
    return _page(request, place, HoursForm(shop=place.shop), special_form=form)


@require_POST
@for_members(*rules.MANAGERS)
def drop_special_days(request: HttpRequest, place: Workplace, first: str) -> HttpResponse:
    """Take one row off again."""
    days = [row for row in special.read(place.shop.special_days) if str(row.first) != first]
    try:
        _set(request, place, days, place.shop.version)
    except ActionRefused as refused:
        messages.error(request, str(refused))
    return go_to(request, "shop-hours", place.shop.slug)


def _set(request: HttpRequest, place: Workplace, days: list[special.SpecialDays], version: int) -> None:
    actions.set_special_days(shop=place.shop, version=version, days=days, by=actor_of(request))
    messages.success(request, _("Saved."))


def _page(request: HttpRequest, place: Workplace, form: HoursForm, *, stale=None, special_form=None) -> HttpResponse:
    shop = place.shop
    differences = [(_("Opening hours"), stale.current.hours, form.cleaned_data["hours"])] if stale else []
    context = {
        "differences": differences,
        "form": form,
        "stale": stale,
        "week": queries.week(shop),
        "special_days": special.coming(shop.special_days, clock.today(), days=None),
        "special_form": special_form or SpecialDaysForm(initial={"version": shop.version}),
    }
    return page(request, place, "hours", context)
