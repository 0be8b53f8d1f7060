"""Telling buyers of something illegal, and the page for those whom nobody can write to."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from stadtplatz.accounts.visitors import actor_of
from stadtplatz.kit.http import go_to
from stadtplatz.kit.refusals import ActionRefused
from stadtplatz.moderation import queries as notices
from stadtplatz.moderation.pages import for_moderators
from stadtplatz.orders import actions, queries
from stadtplatz.orders.forms.withdrawal import RemediesForm


def listed(request: HttpRequest) -> HttpResponse:
    """What was sold here and was illegal, where not every buyer could be told; for everybody (Art. 32 (2) DSA)."""
    return render(request, "orders/warnings.html", {"rows": queries.public_warnings()})


@never_cache
@for_moderators
def tell(request: HttpRequest, number: str) -> HttpResponse:
    """How many bought it, and the one press that tells them."""
    matter = notices.matter_of(number, kind="offer")
    page = queries.buyers_page(matter) if matter else None
    if matter is None or page is None:
        raise Http404
    form = RemediesForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            row = actions.tell_buyers(matter=matter, remedies=form.cleaned_data["remedies"], by=actor_of(request))
        except ActionRefused as refused:
            form.add_error(refused.code if refused.code in form.fields else None, str(refused))
        else:
            said = _("{told} buyers get a mail; {unknown} cannot be reached and find it on the page of warnings.")
            messages.success(request, said.format(told=row.told, unknown=row.unknown))
            return go_to(request, "desk-notice-buyers", number)
    context = {"matter": matter, "page": page, "form": form}
    return render(request, "orders/tell_buyers.html", context, status=422 if form.is_bound else 200)
