"""Booking: choose a time, leave a contact, done."""

from datetime import datetime, timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache

from stadtplatz.accounts.visitors import actor_of
from stadtplatz.appointments import actions, choosing, queries, rules, times
from stadtplatz.appointments.forms.booking import ContactForm
from stadtplatz.appointments.models import Service
from stadtplatz.kit import clock, codes, ratelimit
from stadtplatz.kit.http import client_ip, go_to
from stadtplatz.kit.refusals import ActionRefused

HOUR = timedelta(hours=1)


@never_cache
def choose(request: HttpRequest, offer_id: int) -> HttpResponse:
    """Which times are free, day by day, with anybody or with one person."""
    offer = queries.bookable_offer(offer_id)
    if offer is None:
        raise Http404
    service = queries.service_for(offer_id)
    if service is None or not rules.can_be_booked(service) or not queries.calendars_of(service):
        return render(request, "appointments/closed.html", {"offer": offer, "shop": offer.shop})
    found = choosing.chooser(service, request.GET, at=clock.now())
    context = {"chooser": found, "service": service, "shop": offer.shop, "offer": offer}
    return render(request, "appointments/choose.html", context)


@never_cache
def contact(request: HttpRequest, offer_id: int) -> HttpResponse:
    """Whom the shop expects at the chosen time; the button below makes the appointment."""
    service, at = _service(offer_id), clock.now()
    asked = request.POST if request.method == "POST" else request.GET
    start = times.decode(asked.get("zeit", ""))
    if start is None or not rules.can_be_booked(service):
        return go_to(request, "appointment-new", offer_id)
    resources = queries.calendars_of(service)
    chosen = choosing.named(resources, asked.get("bei", ""))
    form = ContactForm(request.POST if request.method == "POST" else None, initial=_known(request))
    refusal = None
    if request.method == "POST" and form.is_valid():
        try:
            return _book(request, service, form, start, chosen)
        except ActionRefused as refused:
            refusal = refused
    context = {
        **_chosen(service, start),
        "chosen": chosen,
        "free": queries.at_time(service, [chosen] if chosen else resources, start, at=at),
        "form": form,
        "refusal": refusal,
    }
    status = refusal.status if refusal else 422 if form.errors else 200
    return render(request, "appointments/contact.html", context, status=status)


def _chosen(service: Service, start: datetime) -> dict[str, object]:
    """What the page says of the time that was chosen."""
    return {
        "service": service,
        "offer": service.offer,
        "shop": service.offer.shop,
        "start": start,
        "end": start + service.length,
        "zeit": times.code(start),
        "change_until": start - timedelta(hours=service.cancel_hours),
    }


def _book(request: HttpRequest, service: Service, form: ContactForm, start, chosen) -> HttpResponse:
    ratelimit.count("appointments.book", client_ip(request), limit=30, per=HOUR)
    said = form.cleaned_data
    key = rules.contact_key(email=said["email"], phone=said["phone"])
    ratelimit.count("appointments.book.contact", key, limit=10, per=HOUR)
    made = actions.book(
        service=service, starts_at=start, resource=chosen, name=said["name"], email=said["email"], phone=said["phone"],
        note=said["note"], remind=said["remind"], form_key=said["key"], by=actor_of(request),
        language=get_language() or "de",
    )  # fmt: skip
    return go_to(request, f"{reverse('appointment', args=[made.secret])}?neu")


def _service(offer_id: int) -> Service:
    service = queries.service_for(offer_id)
    if service is None or not service.offer.is_on_sale:
        raise Http404
    return service


def _known(request: HttpRequest) -> dict[str, object]:
    """A key for this form, and what the signed-in person's account knows."""
    start: dict[str, object] = {"key": codes.new_secret(), "remind": True}
    if request.user.is_authenticated:
        start |= {"name": request.user.name, "email": request.user.email}
    return start
