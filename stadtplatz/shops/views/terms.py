"""The terms for sellers: for everybody to read, at the desk to write, on the shop side to accept."""

from datetime import date, datetime, time, timedelta

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from stadtplatz.accounts.rules import is_operator
from stadtplatz.accounts.visitors import actor_of
from stadtplatz.kit import clock
from stadtplatz.kit.http import go_to
from stadtplatz.kit.refusals import ActionRefused
from stadtplatz.kit.saying import do_and_say
from stadtplatz.shops import actions, rules
from stadtplatz.shops.forms.terms import TermsForm
from stadtplatz.shops.models import Membership, NoticePeriod, SellerTerms, TermsAcceptance
from stadtplatz.shops.queries import terms
from stadtplatz.shops.views.desk import for_desk, tabs
from stadtplatz.shops.views.side import Workplace, for_members, page


def versions(request: HttpRequest) -> HttpResponse:
    """All versions, for whoever wants to sell here or does."""
    return render(request, "shops/terms.html", {"versions": terms.versions()})


def version(request: HttpRequest, number: int) -> HttpResponse:
    """One version, with what is different from the one before; it can be printed."""
    row = get_object_or_404(SellerTerms, number=number)
    last = terms.before(row)
    lines = terms.difference(last.text, row.text) if last else []
    return render(request, "shops/terms_version.html", {"row": row, "before": last, "lines": lines})


@never_cache
@for_members(*rules.MANAGERS)
def on_side(request: HttpRequest, place: Workplace) -> HttpResponse:
    """What binds this shop since when, and the button to accept what holds or comes."""
    accepted = {row.terms_id: row for row in TermsAcceptance.objects.filter(shop=place.shop).select_related("terms")}
    rows = [row for row in (terms.coming(), terms.current()) if row]
    context = {"rows": [(row, accepted.get(row.pk)) for row in rows], "accepted": accepted.values(), "now": clock.now()}
    return page(request, place, "terms", context)


@require_POST
@for_members(Membership.OWNER)
def accept(request: HttpRequest, place: Workplace, number: int) -> HttpResponse:
    """The owner accepts a version."""
    do_and_say(
        request, lambda: actions.accept_terms(shop=place.shop, number=number, by=actor_of(request)), _("Accepted.")
    )
    return go_to(request, "shop-terms", place.shop.slug)


@never_cache
@for_desk
def desk(request: HttpRequest) -> HttpResponse:
    """All versions with how many shops each binds; the operator writes the next one."""
    may_write, last = is_operator(actor_of(request)), terms.coming() or terms.current()
    if request.method == "POST" and not may_write:
        raise Http404
    form = TermsForm(request.POST if request.method == "POST" else None, initial={"text": last.text if last else ""})
    if request.method == "POST" and form.is_valid():
        said, now = form.cleaned_data, clock.now()
        start = _beginning(said["effective_on"], now)
        try:
            actions.write_terms(
                text=said["text"], summary=said["summary"], effective_at=start, by=actor_of(request), at=now
            )
        except ActionRefused as refused:
            name = "effective_on" if refused.code == "effective_at" else refused.code
            form.add_error(name if name in form.fields else None, str(refused))
        else:
            messages.success(request, _("Announced. Each shop gets a mail."))
            return go_to(request, "desk-terms")
    context = {
        "form": form if may_write else None,
        "versions": terms.versions(),
        "period": NoticePeriod.objects.get(code=NoticePeriod.TERMS),
        "tabs": tabs("terms"),
    }
    return render(request, "shops/desk_terms.html", context, status=422 if form.is_bound else 200)


def _beginning(day: date, now: datetime) -> datetime:
    """The first moment of that day, today from now on; of a day that is over a moment that the action refuses."""
    if day < clock.today():
        return now - timedelta(days=1)
    return max(now, datetime.combine(day, time(), clock.BERLIN))
