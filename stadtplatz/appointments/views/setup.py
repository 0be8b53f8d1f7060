"""The shop's side: its calendars, its services."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from stadtplatz.accounts.visitors import actor_of, signed_in
from stadtplatz.appointments import actions, queries
from stadtplatz.appointments.forms.calendars import AwayForm, ResourceForm
from stadtplatz.appointments.forms.services import NewServiceForm, ServiceForm
from stadtplatz.appointments.models import Away, Resource
from stadtplatz.appointments.views.guard import shop_of, side
from stadtplatz.kit import clock
from stadtplatz.kit.http import go_to
from stadtplatz.kit.refusals import ActionRefused


@never_cache
@signed_in
def overview(request: HttpRequest, slug: str) -> HttpResponse:
    """All calendars and services, and what is still missing before somebody can book."""
    shop, role = shop_of(request, slug)
    context = side(shop, role) | {
        "resources": queries.resources_of(shop, active=False),
        "services": queries.services_of(shop),
    }
    return render(request, "appointments/shop/calendars.html", context)


@never_cache
@signed_in
def resource_new(request: HttpRequest, slug: str) -> HttpResponse:
    """One more calendar."""
    shop, role = shop_of(request, slug)
    form, refusal = ResourceForm(request.POST or None, initial={"kind": Resource.PERSON}), None
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_resource(shop=shop, by=actor_of(request), **form.changes())
            messages.success(request, _("Saved."))
            return go_to(request, "shop-calendars", slug)
        except ActionRefused as refused:
            refusal = refused
    context = side(shop, role) | {"form": form, "refusal": refusal}
    return render(request, "appointments/shop/resource.html", context, status=_status(form, refusal))


@never_cache
@signed_in
def resource(
    request: HttpRequest,
    slug: str,
    resource_id: int,
    away: AwayForm | None = None,
    refusal: ActionRefused | None = None,
) -> HttpResponse:
    """One calendar: its week, its days away, calendars from elsewhere, addresses for programs."""
    shop, role = shop_of(request, slug)
    row = _resource(shop, resource_id)
    mine = request.method == "POST" and away is None and refusal is None
    form = ResourceForm(request.POST) if mine else ResourceForm(resource=row)
    if mine and form.is_valid():
        try:
            version = form.cleaned_data["version"] or 0
            actions.change_resource(resource=row, version=version, changes=form.changes(), by=actor_of(request))
            messages.success(request, _("Saved."))
            return go_to(request, "shop-calendar", slug, resource_id)
        except ActionRefused as refused:
            refusal = refused
    context = side(shop, role) | {
        "resource": row,
        "form": form,
        "refusal": refusal,
        "away": row.away.filter(last__gte=clock.today()),
        "away_form": away or AwayForm(),
    }
    return render(request, "appointments/shop/resource.html", context, status=_status(away or form, refusal))


@signed_in
@require_POST
def away(request: HttpRequest, slug: str, resource_id: int) -> HttpResponseBase:
    """Days with other hours, or none."""
    shop, _role = shop_of(request, slug)
    row, form = _resource(shop, resource_id), AwayForm(request.POST)
    if not form.is_valid():
        return resource(request, slug, resource_id, away=form)
    try:
        touched = actions.add_away(resource=row, by=actor_of(request), **form.cleaned_data)
    except ActionRefused as refusal:
        return resource(request, slug, resource_id, away=form, refusal=refusal)
    if touched:
        names = ", ".join(one.number for one in touched[:10])
        text = _("Saved. In this time there are appointments; please move or cancel them: {numbers}.")
        messages.warning(request, text.format(numbers=names))
    else:
        messages.success(request, _("Saved."))
    return go_to(request, "shop-calendar", slug, resource_id)


@signed_in
@require_POST
def away_drop(request: HttpRequest, slug: str, resource_id: int, away_id: int) -> HttpResponse:
    """The usual hours count again."""
    shop, _role = shop_of(request, slug)
    row = (
        Away.objects.select_related("resource__shop").filter(pk=away_id, resource=_resource(shop, resource_id)).first()
    )
    if row is None:
        raise Http404
    actions.drop_away(away=row, by=actor_of(request))
    messages.success(request, _("Removed."))
    return go_to(request, "shop-calendar", slug, resource_id)


@never_cache
@signed_in
def service_new(request: HttpRequest, slug: str) -> HttpResponse:
    """A new service with its price, on sale at once where the shop may show offers."""
    shop, role = shop_of(request, slug)
    resources = queries.resources_of(shop)
    if not resources:
        messages.info(request, _("First of all a calendar is needed: a person, a chair or a room."))
        return go_to(request, "shop-calendar-new", slug)
    form = NewServiceForm(
        request.POST or None, resources=resources, initial={"resources": [row.pk for row in resources]}
    )
    refusal = None
    if request.method == "POST" and form.is_valid():
        said = {name: form.cleaned_data[name] for name in ("title", "price", "description", "resources")}
        try:
            actions.offer_service(shop=shop, by=actor_of(request), **said, **form.details())
            messages.success(request, _("Saved."))
            return go_to(request, "shop-calendars", slug)
        except ActionRefused as refused:
            refusal = refused
    context = side(shop, role) | {"form": form, "refusal": refusal}
    return render(request, "appointments/shop/service.html", context, status=_status(form, refusal))


@never_cache
@signed_in
def service(request: HttpRequest, slug: str, offer_id: int) -> HttpResponse:
    """How one offer is booked."""
    shop, role = shop_of(request, slug)
    found = next(((offer, known) for offer, known in queries.services_of(shop) if offer.pk == offer_id), None)
    if found is None:
        raise Http404
    offer, known = found
    resources, refusal = queries.resources_of(shop), None
    form = ServiceForm(request.POST or None, resources=resources, service=known)
    if request.method == "POST" and form.is_valid():
        try:
            actions.set_service(
                offer=offer, resources=form.cleaned_data["resources"], version=form.cleaned_data["version"] or 0,
                by=actor_of(request), **form.details(),
            )  # fmt: skip
            messages.success(request, _("Saved."))
            return go_to(request, "shop-calendars", slug)
        except ActionRefused as refused:
            refusal = refused
    context = side(shop, role) | {"form": form, "refusal": refusal, "offer": offer}
    return render(request, "appointments/shop/service.html", context, status=_status(form, refusal))


def _resource(shop, resource_id: int) -> Resource:
    row = queries.resource_of(shop, resource_id)
    if row is None:
        raise Http404
    return row


def _status(form, refusal: ActionRefused | None) -> int:
    return refusal.status if refusal else 422 if form.errors else 200
