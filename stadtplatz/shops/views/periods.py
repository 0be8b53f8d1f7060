"""The numbers of days at the market desk."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from stadtplatz.accounts.rules import is_operator
from stadtplatz.accounts.visitors import actor_of
from stadtplatz.kit.http import go_to
from stadtplatz.kit.saying import do_and_say
from stadtplatz.shops import actions
from stadtplatz.shops.models import NoticePeriod
from stadtplatz.shops.views.desk import for_desk, tabs


@never_cache
@for_desk
def periods(request: HttpRequest) -> HttpResponse:
    """All of them with the law behind each; the operator changes one at a time."""
    if request.method == "POST":
        row = get_object_or_404(NoticePeriod, code=request.POST.get("code", ""))
        typed = request.POST.get("days", "")
        days = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 5 else 0
        source = request.POST.get("source", "")
        do_and_say(request, lambda: actions.edit_period(period=row, days=days, source=source, by=actor_of(request)), _("Saved."))  # fmt: skip
        return go_to(request, "desk-periods")
    context = {
        "periods": NoticePeriod.objects.all(),
        "may_edit": is_operator(actor_of(request)),
        "tabs": tabs("periods"),
    }
    return render(request, "shops/desk_periods.html", context)
