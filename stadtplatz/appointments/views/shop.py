"""The shop's side: its calendar by day and week, one appointment, writing one down, blocking a time."""

from datetime import date, timedelta

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from stadtplatz.accounts.visitors import actor_of, signed_in
from stadtplatz.appointments import actions, choosing, flow, pages, queries
from stadtplatz.appointments.forms.times import BlockForm, EnterForm, MoveForm, ReasonForm
from stadtplatz.appointments.models import Appointment, Block
from stadtplatz.appointments.views.guard import shop_of, side
from stadtplatz.audit import queries as audit
from stadtplatz.kit import clock
from stadtplatz.kit.flow import MANAGER
from stadtplatz.kit.http import go_to
from stadtplatz.kit.refusals import ActionRefused


@never_cache
@signed_in
def calendar(request: HttpRequest, slug: str) -> HttpResponse:
    """One day or one week; without any calendar the way to the first one."""
    shop, role = shop_of(request, slug)
    week = request.GET.get("ansicht") == "woche"
    today = clock.today()
    day = choosing.read_day(request.GET.get("tag", "")) or today
    first, days = (day - timedelta(days=day.weekday()), 7) if week else (day, 1)
    context = side(shop, role) | {
        "days": queries.calendar(shop, first, days),
        "week": week,
        "day": day,
        "first": first,
        "last": first + timedelta(days=days - 1),
        "today": today,
        "before": first - timedelta(days=days),
        "after": first + timedelta(days=days),
        "requests": queries.requests(shop),
        "has_calendars": queries.has_calendars(shop),
        "now": clock.now(),
    }
    return render(request, "appointments/shop/calendar.html", context)


@never_cache
@signed_in
def one(
    request: HttpRequest, slug: str, number: str, reason: ReasonForm | None = None, moved: MoveForm | None = None,
    refusal: ActionRefused | None = None, status: int = 200,
) -> HttpResponse:  # fmt: skip
    """One appointment with everything that can be done to it."""
    shop, role = shop_of(request, slug)
    row, at = _found(request, slug, number), clock.now()
    local = clock.local(row.starts_at)
    start = {"resource": row.resource_id, "day": local.date(), "hour": local.time(), "version": row.version}
    context = side(shop, role) | {
        "appointment": row,
        "badge": pages.BADGES[row.state],
        "timeline": pages.timeline_of(row, at=at, audience=audit.STAFF),
        "moves": {move.name for move in flow.MOVES.values() if row.state in move.start and MANAGER in move.by},
        "has_begun": row.starts_at <= at,
        "reason_form": reason or ReasonForm(initial={"version": row.version}),
        "move_form": moved or MoveForm(resources=_calendars(row), initial=start),
        "refusal": refusal,
    }
    return render(request, "appointments/shop/appointment.html", context, status=status)


@signed_in
@require_POST
def advance(request: HttpRequest, slug: str, number: str, move: str) -> HttpResponseBase:
    """Say yes or no to a request, cancel, or note what came of it."""
    row = _found(request, slug, number)
    if move not in pages.DONE:
        raise Http404
    form = ReasonForm(request.POST)
    if move not in {"decline", "cancel"}:
        form.fields["reason"].required = False
    if not form.is_valid():
        return one(request, slug, number, reason=form, status=422)
    said = form.cleaned_data
    try:
        actions.advance(row, move=move, by=actor_of(request), reason=said["reason"], expected_version=said["version"])
        messages.success(request, pages.DONE[move])
    except ActionRefused as refusal:
        return one(request, slug, number, reason=form, refusal=refusal, status=refusal.status)
    return go_to(request, "shop-appointment", slug, number)


@signed_in
@require_POST
def move(request: HttpRequest, slug: str, number: str) -> HttpResponseBase:
    """To another time or calendar; the customer is told."""
    row = _found(request, slug, number)
    form = MoveForm(request.POST, resources=_calendars(row))
    if not form.is_valid():
        return one(request, slug, number, moved=form, status=422)
    said = form.cleaned_data
    try:
        actions.move(
            row, starts_at=said["starts_at"], resource=said["resource"], reason=said["reason"], by=actor_of(request),
            expected_version=said["version"],
        )  # fmt: skip
        messages.success(request, _("The appointment is moved. The customer has been told."))
    except ActionRefused as refusal:
        return one(request, slug, number, moved=form, refusal=refusal, status=refusal.status)
    return go_to(request, "shop-appointment", slug, number)


@never_cache
@signed_in
def enter(request: HttpRequest, slug: str) -> HttpResponse:
    """Write an appointment down for somebody who called."""
    shop, role = shop_of(request, slug)
    services = [service for _offer, service in queries.services_of(shop) if service]
    resources = queries.resources_of(shop)
    if not services or not resources:
        return go_to(request, "shop-calendars", slug)
    start = {"day": choosing.read_day(request.GET.get("tag", "")) or clock.today(), "resource": request.GET.get("bei")}
    form = EnterForm(request.POST or None, services=services, resources=resources, initial=start)
    refusal = None
    if request.method == "POST" and form.is_valid():
        said = {name: value for name, value in form.cleaned_data.items() if name not in {"day", "hour"}}
        try:
            row = actions.enter(**said, by=actor_of(request), language=get_language() or "de")
            messages.success(request, _("The appointment is written down."))
            return go_to(request, "shop-appointment", slug, row.number)
        except ActionRefused as refused:
            refusal = refused
    context = side(shop, role) | {"form": form, "refusal": refusal}
    status = refusal.status if refusal else 422 if form.errors else 200
    return render(request, "appointments/shop/enter.html", context, status=status)


@never_cache
@signed_in
def block(request: HttpRequest, slug: str) -> HttpResponse:
    """Keep a time for oneself."""
    shop, role = shop_of(request, slug)
    resources = queries.resources_of(shop)
    if not resources:
        return go_to(request, "shop-calendars", slug)
    start = {"day": choosing.read_day(request.GET.get("tag", "")) or clock.today(), "resource": request.GET.get("bei")}
    form, refusal = BlockForm(request.POST or None, resources=resources, initial=start), None
    if request.method == "POST" and form.is_valid():
        said = {name: form.cleaned_data[name] for name in ("resource", "starts_at", "ends_at", "note")}
        try:
            actions.block(**said, by=actor_of(request))
            messages.success(request, _("The time is blocked."))
            return _to_day(request, slug, form.cleaned_data["day"])
        except ActionRefused as refused:
            refusal = refused
    context = side(shop, role) | {"form": form, "refusal": refusal}
    status = refusal.status if refusal else 422 if form.errors else 200
    return render(request, "appointments/shop/block.html", context, status=status)


@signed_in
@require_POST
def unblock(request: HttpRequest, slug: str, block_id: int) -> HttpResponse:
    """The time can be booked again."""
    shop, _role = shop_of(request, slug)
    row = Block.objects.select_related("resource__shop").filter(pk=block_id, resource__shop=shop).first()
    if row is None:
        raise Http404
    day = clock.local(row.starts_at).date()
    actions.unblock(block=row, by=actor_of(request))
    messages.success(request, _("The time can be booked again."))
    return _to_day(request, slug, day)


def _to_day(request: HttpRequest, slug: str, day: date) -> HttpResponse:
    return go_to(request, f"{reverse('shop-appointments', args=[slug])}?tag={day:%Y-%m-%d}")


def _found(request: HttpRequest, slug: str, number: str) -> Appointment:
    found = queries.for_shop(slug, number, actor_of(request))
    if found is None:
        raise Http404
    return found


def _calendars(row: Appointment):
    active = queries.resources_of(row.shop)
    return active if row.resource in active else [*active, row.resource]
