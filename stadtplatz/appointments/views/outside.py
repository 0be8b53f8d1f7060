"""Calendars of others: the feed that their programs read, and the pages on which a shop makes and revokes addresses."""

from datetime import timedelta

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.http import quote_etag
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from stadtplatz.accounts.visitors import actor_of, signed_in
from stadtplatz.appointments import actions, ical, queries
from stadtplatz.appointments.forms.outside import FeedForm, ForeignForm
from stadtplatz.appointments.models import Feed, ForeignCalendar
from stadtplatz.appointments.views.guard import shop_of, side
from stadtplatz.kit import clock, ratelimit
from stadtplatz.kit.http import client_ip, go_to
from stadtplatz.kit.refusals import ActionRefused


@require_safe
def feed(request: HttpRequest, secret: str) -> HttpResponse:
    """The appointments of a shop or one of its calendars, for whoever has the address."""
    found = queries.feed_by_secret(secret)
    if found is None:
        ratelimit.count("appointments.feed", client_ip(request), limit=60, per=timedelta(hours=1))
        raise Http404
    etag = quote_etag(queries.feed_mark(found, at=clock.now()))
    headers = {"ETag": etag, "Cache-Control": "private, max-age=300", "X-Robots-Tag": "noindex"}
    if request.headers.get("If-None-Match") == etag:
        return HttpResponse(status=304, headers=headers)
    content = ical.feed(found, *queries.feed_entries(found, at=clock.now()))
    return HttpResponse(content, content_type=ical.TYPE, headers=headers)


@never_cache
@signed_in
def connections(
    request: HttpRequest, slug: str, foreign: ForeignForm | None = None, refusal: ActionRefused | None = None
) -> HttpResponse:
    """Which programs read our calendars, and which calendars from elsewhere we read."""
    shop, role = shop_of(request, slug)
    resources = queries.resources_of(shop)
    context = side(shop, role) | {
        "feeds": [(row, request.build_absolute_uri(row.address)) for row in queries.feeds_of(shop)],
        "foreign": queries.foreign_of(shop, at=clock.now()),
        "feed_form": FeedForm(resources=resources),
        "foreign_form": foreign or ForeignForm(resources=resources),
        "refusal": refusal,
        "has_calendars": bool(resources),
    }
    status = refusal.status if refusal else 422 if foreign else 200
    return render(request, "appointments/shop/connections.html", context, status=status)


@signed_in
@require_POST
def feed_new(request: HttpRequest, slug: str) -> HttpResponse:
    """One more address."""
    shop, _role = shop_of(request, slug)
    form = FeedForm(request.POST, resources=queries.resources_of(shop))
    try:
        if form.is_valid():
            actions.make_feed(shop=shop, by=actor_of(request), **form.cleaned_data)
            messages.success(request, _("The address is made. Copy it into your calendar program."))
    except ActionRefused as refusal:
        messages.warning(request, str(refusal))
    return go_to(request, "shop-connections", slug)


@signed_in
@require_POST
def feed_drop(request: HttpRequest, slug: str, feed_id: int) -> HttpResponse:
    """The address leads nowhere any more."""
    shop, _role = shop_of(request, slug)
    row = Feed.objects.select_related("shop").filter(pk=feed_id, shop=shop).first()
    if row is None:
        raise Http404
    actions.revoke_feed(feed=row, by=actor_of(request))
    messages.success(request, _("The address is revoked. Programs that use it read nothing any more."))
    return go_to(request, "shop-connections", slug)


@signed_in
@require_POST
def foreign_new(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Read one more calendar from elsewhere."""
    shop, _role = shop_of(request, slug)
    ratelimit.count("appointments.foreign", shop.slug, limit=20, per=timedelta(hours=1))
    form = ForeignForm(request.POST, resources=queries.resources_of(shop))
    if not form.is_valid():
        return connections(request, slug, foreign=form)
    try:
        actions.read_foreign(by=actor_of(request), **form.cleaned_data)
    except ActionRefused as refusal:
        return connections(request, slug, foreign=form, refusal=refusal)
    messages.success(request, _("The calendar is being read. Until that is done, every time is a request."))
    return go_to(request, "shop-connections", slug)


@signed_in
@require_POST
def foreign_drop(request: HttpRequest, slug: str, calendar_id: int) -> HttpResponse:
    """Read it no longer."""
    shop, _role = shop_of(request, slug)
    rows = ForeignCalendar.objects.select_related("resource__shop")
    row = rows.filter(pk=calendar_id, resource__shop=shop).first()
    if row is None:
        raise Http404
    actions.drop_foreign(calendar=row, by=actor_of(request))
    messages.success(request, _("The calendar is no longer read."))
    return go_to(request, "shop-connections", slug)
