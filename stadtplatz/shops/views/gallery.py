"""The shop side: pictures in their order, and market days."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from stadtplatz.accounts.visitors import actor_of
from stadtplatz.kit.http import go_to
from stadtplatz.kit.refusals import ActionRefused
from stadtplatz.kit.saying import do_and_say, saved
from stadtplatz.shops import actions, rules
from stadtplatz.shops.actions import gallery
from stadtplatz.shops.forms.gallery import GalleryForm, StallTimeForm
from stadtplatz.shops.models import ShopPicture, StallTime
from stadtplatz.shops.views.side import Workplace, for_members, page


@never_cache
@for_members(*rules.MANAGERS)
def pictures(request: HttpRequest, place: Workplace) -> HttpResponse:
    """All pictures of the shop; one more."""
    form, by = GalleryForm(request.POST or None, request.FILES or None), actor_of(request)
    if saved(
        request,
        form,
        lambda: actions.add_picture(shop=place.shop, by=by, **form.cleaned_data),
        _("The picture stands on the page of your shop."),
    ):
        return go_to(request, "shop-pictures", place.shop.slug)
    rows = list(place.shop.pictures.all())
    context = {
        "form": form,
        "pictures": rows,
        "full": len(rows) >= gallery.MOST_PICTURES,
        "most": gallery.MOST_PICTURES,
    }
    return page(request, place, "pictures", context)


@require_POST
@for_members(*rules.MANAGERS)
def picture(request: HttpRequest, place: Workplace, picture_id: int) -> HttpResponse:
    """Move one of them, describe it, or take it away."""
    row = get_object_or_404(ShopPicture.objects.select_related("shop"), pk=picture_id, shop=place.shop)
    by, wish = actor_of(request), request.POST.get("do", "")
    try:
        if wish in ("up", "down"):
            actions.move_picture(picture=row, up=wish == "up", by=by)
        elif wish == "remove":
            actions.remove_picture(picture=row, by=by)
        else:
            actions.describe_picture(picture=row, alt=request.POST.get("alt", ""), by=by)
    except ActionRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Saved."))
    return go_to(request, "shop-pictures", place.shop.slug)


@never_cache
@for_members(*rules.MANAGERS)
def market_days(request: HttpRequest, place: Workplace) -> HttpResponse:
    """On which markets the shop has a stall."""
    form, by = StallTimeForm(request.POST or None), actor_of(request)
    if saved(request, form, lambda: actions.add_stall_time(shop=place.shop, by=by, **form.cleaned_data), _("Saved.")):
        return go_to(request, "shop-market-days", place.shop.slug)
    return page(request, place, "market_days", {"form": form, "stall_times": place.shop.stall_times.all()})


@require_POST
@for_members(*rules.MANAGERS)
def drop_market_day(request: HttpRequest, place: Workplace, stall_id: int) -> HttpResponse:
    """No longer there on that day."""
    row = get_object_or_404(StallTime.objects.select_related("shop"), pk=stall_id, shop=place.shop)
    do_and_say(request, lambda: actions.remove_stall_time(stall_time=row, by=actor_of(request)), _("Saved."))
    return go_to(request, "shop-market-days", place.shop.slug)
