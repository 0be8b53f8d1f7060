"""Pages about notices that need no content of another domain: the way in, the status, the desk's list, kinds and figures."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urlsplit

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import NoReverseMatch, Resolver404, resolve, reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from stadtplatz.accounts.visitors import actor_of
from stadtplatz.kit import clock, media, ratelimit
from stadtplatz.kit.http import client_ip, go_to
from stadtplatz.kit.refusals import ActionRefused
from stadtplatz.kit.saying import saved
from stadtplatz.kit.tables import csv_answer
from stadtplatz.moderation import actions, queries, rules
from stadtplatz.moderation.forms import ComplaintForm, GroundForm, LinkForm
from stadtplatz.moderation.models import ContentNotice, Ground
from stadtplatz.moderation.pages import desk_tabs as tabs
from stadtplatz.moderation.pages import for_moderators
from stadtplatz.moderation.queries import yearly

FIRST_YEAR = 2025


def begin(request: HttpRequest) -> HttpResponse:
    """How to tell the town about content, and what becomes of it; takes the address of the page in question."""
    form = LinkForm(request.GET if "address" in request.GET else None)
    if form.is_bound and form.is_valid():
        if target := _notice_address(form.cleaned_data["address"]):
            return go_to(request, target)
        form.add_error(
            "address", _("No offer, shop or entry of this site stands at this address. Please copy it from the page.")
        )
    return render(request, "moderation/begin.html", {"form": form, "grounds": queries.grounds()})


def _notice_address(typed: str) -> str | None:
    """Where notice is given about the page at this address; None if there is nothing to give notice of."""
    try:
        found = resolve(urlsplit(typed.strip()).path)
        return reverse(f"{found.url_name}-notice", args=found.args, kwargs=found.kwargs)
    except (Resolver404, NoReverseMatch, ValueError):
        return None


@never_cache
def status(request: HttpRequest, secret: str) -> HttpResponse:
    """Where a notice stands, for whoever holds its link."""
    return _status(request, _given(secret), ComplaintForm())


@require_POST
def complain(request: HttpRequest, secret: str) -> HttpResponse:
    """Who gave notice says that the decision is wrong."""
    notice, form = _given(secret), ComplaintForm(request.POST)
    if not form.is_valid():
        return _status(request, notice, form, 422)
    ratelimit.count("moderation.complain", client_ip(request), limit=10, per=timedelta(hours=1))
    try:
        actions.complain_as_notifier(notice=notice, text=form.cleaned_data["text"])
    except ActionRefused as refused:
        form.add_error(None, str(refused))
        return _status(request, notice, form, 422)
    messages.success(request, _("Somebody else than who decided looks at it now."))
    return go_to(request, "notice-page", secret)


def _given(secret: str) -> ContentNotice:
    notice = queries.by_secret(secret)
    if notice is None:
        raise Http404
    return notice


def _status(request: HttpRequest, notice: ContentNotice, form: ComplaintForm, code: int = 200) -> HttpResponse:
    return render(request, "moderation/status.html", {"page": queries.notice_page(notice), "form": form}, status=code)


@never_cache
@for_moderators
def desk(request: HttpRequest) -> HttpResponse:
    """What waits for a decision, and what was decided lately."""
    context = {"waiting": queries.desk_open(), "decided": queries.desk_decided(), "tabs": tabs(request, "waiting")}
    return render(request, "moderation/desk.html", context)


@never_cache
@for_moderators
def picture(request: HttpRequest, pk: int, what: str) -> FileResponse:
    """The content's picture as it was, or what the notifier added."""
    notice = get_object_or_404(ContentNotice.objects.select_related("photo"), pk=pk)
    if what == "inhalt":
        return media.serve(notice.picture, allowed=bool(notice.picture))
    photo = notice.photo
    if photo is None:
        raise Http404
    return media.serve(photo.path, allowed=not photo.quarantined)


@never_cache
@for_moderators
def grounds(request: HttpRequest) -> HttpResponse:
    """The kinds of notices and the law behind each."""
    context = {
        "grounds": queries.grounds(everything=True),
        "may_edit": rules.may_edit_grounds(actor_of(request)),
        "tabs": tabs(request, "grounds"),
    }
    return render(request, "moderation/grounds.html", context)


@never_cache
@for_moderators
def ground(request: HttpRequest, code: str = "") -> HttpResponse:
    """One kind, or a new one; the operator changes it."""
    if not rules.may_edit_grounds(actor_of(request)):
        raise Http404
    row = get_object_or_404(Ground, code=code) if code else None
    form, by = GroundForm(request.POST if request.method == "POST" else None, instance=row), actor_of(request)
    if saved(request, form, lambda: actions.edit_ground(ground=row, changes=form.cleaned_data, by=by), _("Saved.")):
        return go_to(request, "desk-notices-grounds")
    return render(request, "moderation/ground.html", {"form": form, "ground": row, "tabs": tabs(request, "grounds")})


@never_cache
@for_moderators
def figures(request: HttpRequest, year: int | None = None) -> HttpResponse:
    """The figures for the yearly report, as a page or as a table for other programs."""
    asked = year or clock.today().year
    if not FIRST_YEAR <= asked <= clock.today().year:
        raise Http404
    found = yearly.figures(asked)
    if request.GET.get("format") == "csv":
        return csv_answer(f"inhaltemeldungen-{asked}.csv", _table(found))
    years = range(clock.today().year, FIRST_YEAR - 1, -1)
    return render(
        request, "moderation/figures.html", {"figures": found, "years": years, "tabs": tabs(request, "figures")}
    )


def _table(found: yearly.Figures) -> list[list[object]]:
    head: list[object] = [_("Kind"), _("Notices"), _("No longer shown"), _("Stays"), _("Waiting"), _("On the ground of a law"), _("On the ground of the terms"), _("Median hours to the decision")]  # fmt: skip
    rows: list[list[object]] = [
        [row.ground, row.notices, row.restricted, row.kept, row.waiting, row.law, row.terms, row.median_hours]
        for row in [*found.lines, found.total]
    ]
    more: list[list[object]] = [
        [_("Complaints"), found.complaints],
        [_("Complaints that changed the decision"), found.reversed],
        [_("Median hours to the answer"), found.complaint_hours],
        [_("Notices manifestly without ground"), found.unfounded],
        [_("Decisions taken by a machine"), found.automated],
    ]
    return [head, *rows, [], *more]
