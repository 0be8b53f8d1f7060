"""The shop weighs: what the scales showed, taken as ordered, and the question whether more may be charged."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from stadtplatz.accounts.visitors import actor_of, signed_in
from stadtplatz.kit.http import go_to
from stadtplatz.kit.refusals import ActionRefused
from stadtplatz.orders import actions, queries
from stadtplatz.orders.models import OrderPart
from stadtplatz.orders.views.shop import part, version_in, weigh_form


@signed_in
@require_POST
def weigh(request: HttpRequest, slug: str, number: str) -> HttpResponseBase:
    """What the scales showed; the price of loose goods is then final, or the customer is asked about more."""
    found = _packed_here(request, slug, number)
    form = weigh_form(found, request.POST)
    if form is None:
        raise Http404
    if not form.is_valid():
        return part(request, slug, number, weights=form, status=422)
    try:
        actions.weigh(found, grams=form.weighed(), by=actor_of(request), expected_version=version_in(request))
        messages.success(request, _("Weighed. The price is final; the customer reads it when it is ready."))
    except ActionRefused as refusal:
        form.add_error(None, str(refusal))
        return part(request, slug, number, weights=form, status=refusal.status)
    return go_to(request, "shop-order", slug, number)


@signed_in
@require_POST
def as_ordered(request: HttpRequest, slug: str, number: str) -> HttpResponseBase:
    """What was not weighed is packed as ordered."""
    found = _packed_here(request, slug, number)
    try:
        actions.take_as_ordered(found, by=actor_of(request), expected_version=version_in(request))
        messages.success(request, _("Packed as ordered: the price ordered stays."))
    except ActionRefused as refusal:
        messages.warning(request, str(refusal))
    return go_to(request, "shop-order", slug, number)


@signed_in
@require_POST
def ask(request: HttpRequest, slug: str, number: str, line_id: int) -> HttpResponseBase:
    """Ask the customer whether the whole weight may be charged."""
    found = _packed_here(request, slug, number)
    line = next((line for line in found.lines.all() if line.pk == line_id), None)
    if line is None:
        raise Http404
    try:
        actions.ask_weight(line, by=actor_of(request), expected_version=version_in(request))
        messages.success(request, _("Asked. You read the answer here and by mail."))
    except ActionRefused as refusal:
        messages.warning(request, str(refusal))
    return go_to(request, "shop-order", slug, number)


def _packed_here(request: HttpRequest, slug: str, number: str) -> OrderPart:
    found = queries.part_for_shop(slug, number, actor_of(request))
    if found is None:
        raise Http404
    return found
