"""An appointment's own page, for whoever holds its link: where it stands, move, cancel, take it into one's calendar."""

from datetime import timedelta

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from stadtplatz.appointments import actions, choosing, ical, pages, queries, rules, times
from stadtplatz.appointments.models import Appointment, Service
from stadtplatz.kit import clock, ratelimit
from stadtplatz.kit.actors import LINK_HOLDER
from stadtplatz.kit.http import go_to
from stadtplatz.kit.refusals import ActionRefused

HOUR = timedelta(hours=1)


@never_cache
def show(request: HttpRequest, secret: str) -> HttpResponse:
    """Where it stands, number and code, and what can still be changed until when."""
    row, at = _appointment(secret), clock.now()
    context = {
        "appointment": row,
        "shop": row.shop,
        "timeline": pages.timeline_of(row, at=at),
        "badge": pages.BADGES[row.state],
        "link": request.build_absolute_uri(row.link()),
        "is_new": "neu" in request.GET,
        "can_change": rules.may_change(row, at),
        "can_move": rules.may_change(row, at) and row.service is not None and row.hold_id is not None,
        "too_late": pages.call_instead(row, at),
    }
    return render(request, "appointments/appointment.html", context)


@never_cache
def move(request: HttpRequest, secret: str) -> HttpResponse:
    """Choose another time. Nothing changes until one is pressed."""
    row, at, refusal = _appointment(secret), clock.now(), None
    service = _service_of(row)
    if service is None or not rules.may_change(row, at):
        messages.warning(request, pages.call_instead(row, at) or _("This appointment cannot be moved here."))
        return go_to(request, "appointment", secret)
    asked = request.POST if request.method == "POST" else request.GET
    if request.method == "POST":
        ratelimit.count("appointments.move", row.secret, limit=20, per=HOUR)
        try:
            return _move(request, row, service)
        except ActionRefused as refused:
            refusal = refused
    found = choosing.chooser(service, asked, at=at, moving=row)
    context = {
        "appointment": row,
        "shop": row.shop,
        "service": service,
        "chooser": found,
        "refusal": refusal,
        "version": row.version,
    }
    return render(request, "appointments/move.html", context, status=refusal.status if refusal else 200)


def _move(request: HttpRequest, row: Appointment, service: Service) -> HttpResponse:
    start = times.decode(request.POST.get("zeit", ""))
    version = request.POST.get("version", "")
    if start is None or not (version.isascii() and version.isdigit() and len(version) < 9):
        raise ActionRefused(_("Please choose a time."), code="time")
    chosen = choosing.named(queries.calendars_of(service), request.POST.get("bei", ""))
    made = actions.move(row, starts_at=start, resource=chosen, by=LINK_HOLDER, expected_version=int(version))
    messages.success(request, pages.moved_words(made))
    return go_to(request, "appointment", row.secret)


@require_POST
def cancel(request: HttpRequest, secret: str) -> HttpResponse:
    """The customer does not come; the time is free for others."""
    row = _appointment(secret)
    try:
        actions.advance(row, move="cancel", by=LINK_HOLDER)
        messages.success(request, _("The appointment is cancelled. The shop has been told."))
    except ActionRefused as refusal:
        messages.warning(request, str(refusal))
    return go_to(request, "appointment", secret)


@require_POST
def reminder(request: HttpRequest, secret: str) -> HttpResponse:
    """Switch the reminder on or off."""
    row = actions.set_reminder(_appointment(secret), remind=request.POST.get("remind") == "1", by=LINK_HOLDER)
    text = _("We remind you by mail the day before.") if row.remind else _("You will not be reminded.")
    messages.success(request, text)
    return go_to(request, "appointment", secret)


@never_cache
def download(request: HttpRequest, secret: str) -> HttpResponse:
    """The appointment as a file for the calendar of a phone or computer."""
    row = _appointment(secret)
    answer = HttpResponse(ical.one(row), content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="termin-{row.number.lower()}.ics"'
    return answer


def _appointment(secret: str) -> Appointment:
    found = queries.by_secret(secret)
    if found is None:
        raise Http404
    return found


def _service_of(row: Appointment) -> Service | None:
    service = queries.service_for(row.service.offer_id) if row.service else None
    return actions.as_agreed(service, row) if service and rules.can_be_booked(service) else None
