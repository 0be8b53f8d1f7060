"""Being told when something sold out is there again."""

from datetime import timedelta

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from stadtplatz.accounts.visitors import actor_of
from stadtplatz.catalogue import actions, queries
from stadtplatz.catalogue.forms.watch import WatchForm
from stadtplatz.kit import ratelimit
from stadtplatz.kit.actors import ANONYMOUS, LINK_HOLDER
from stadtplatz.kit.http import client_ip, go_to
from stadtplatz.kit.refusals import ActionRefused


@never_cache
def watch(request: HttpRequest, offer_id: int) -> HttpResponse:
    """A mail address and one button; the answer is the same whoever asks."""
    offer = queries.shown_offer(offer_id, ANONYMOUS)
    if offer is None:
        raise Http404
    initial = {"email": request.user.email} if request.user.is_authenticated else {}
    form, asked, refusal = WatchForm(request.POST or None, initial=initial), False, None
    if request.method == "POST" and form.is_valid():
        email = form.cleaned_data["email"]
        try:
            ratelimit.count("catalogue.watch", client_ip(request), limit=10, per=timedelta(hours=1))
            ratelimit.count("catalogue.watch.mail", email, limit=10, per=timedelta(days=1))
            own = actions.watch(offer=offer, email=email, by=actor_of(request), language=get_language() or "de")
            if own is not None:
                return go_to(request, "watch", own.secret)
            asked = True
        except ActionRefused as refused:
            refusal = refused
    status = refusal.status if refusal else 422 if form.errors else 200
    context = {"offer": offer, "shop": offer.shop, "form": form, "asked": asked, "refusal": refusal}
    return render(request, "catalogue/watch.html", context, status=status)


@never_cache
def confirm(request: HttpRequest, secret: str) -> HttpResponse:
    """What the link of a mail leads to: confirm with one click, or end it with one click. Reading changes nothing."""
    found = queries.watch_by_secret(secret)
    if request.method == "POST" and found is not None:
        if "end" in request.POST:
            actions.end_watch(found, by=LINK_HOLDER)
            messages.success(request, _("Ended. Your address is deleted."))
            return go_to(request, "offer", found.offer_id, found.offer.slug)
        actions.confirm_watch(found, by=LINK_HOLDER)
        return go_to(request, "watch", secret)
    return render(request, "catalogue/watch_page.html", {"watch": found}, status=200 if found else 404)
