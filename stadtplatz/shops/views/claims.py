""" "This is my business", "please take it off": asked without an account."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from stadtplatz.accounts.visitors import actor_of
from stadtplatz.city.models import Place
from stadtplatz.kit import media, ratelimit
from stadtplatz.kit.http import client_ip, go_to
from stadtplatz.kit.refusals import ActionRefused, TooOften
from stadtplatz.kit.saying import show
from stadtplatz.shops import actions, queries
from stadtplatz.shops.actions import letters
from stadtplatz.shops.forms import BusinessForm, CodeForm, PlaceClaimForm, RemovalForm

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def claim(request: HttpRequest, place_id: int) -> HttpResponse:
    """ "Is this your business?": what it takes, and the form."""
    place, owned = _business(place_id), queries.owned_by(actor_of(request))
    if request.method == "GET" and queries.is_taken(place):
        return go_to(request, "place", place.pk)  # which says who answers for it
    form = PlaceClaimForm(*_sent(request), owned=owned)
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data.pop("branch_of", None)
        branch_of = next((shop for shop in owned if shop.pk == chosen), None)
        if _asked(request, form, place=place, branch_of=branch_of, **form.cleaned_data):
            return go_to(request, "place", place.pk)
    return render(request, "shops/claim.html", {"place": place, "form": form})


def new_business(request: HttpRequest) -> HttpResponse:
    """A business that the map does not know: a stall, a kitchen at home, a shop that opened last week."""
    form = BusinessForm(*_sent(request))
    if request.method == "POST" and form.is_valid():
        told = {name: value for name, value in form.cleaned_data.items() if name not in form.BUSINESS}
        if _asked(request, form, place=None, business=form.asked, **told):
            return go_to(request, "shops")
    return render(request, "shops/new_business.html", {"form": form})


def code(request: HttpRequest, place_id: int) -> HttpResponse:
    """The code of a letter makes the entry a shop at once."""
    place = _business(place_id)
    if request.method == "GET" and queries.is_taken(place):
        return go_to(request, "place", place.pk)
    form = CodeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        ratelimit.count("shops.code", client_ip(request), limit=10, per=HOUR)
        try:
            actions.redeem(place=place, by=actor_of(request), language=request.LANGUAGE_CODE, **form.cleaned_data)
        except ActionRefused as refused:
            form.add_error("code", str(refused))
        else:
            messages.success(request, _("The entry is yours. The invitation with which you set it up is in your mail."))
            return go_to(request, "place", place.pk)
    return render(request, "shops/code.html", {"place": place, "form": form})


def removal(request: HttpRequest, place_id: int) -> HttpResponse:
    """ "Please take this entry off": without account, without reason."""
    place = queries.shown_place(place_id)
    if place is None:
        raise Http404
    if request.method == "GET" and queries.is_taken(place):
        return go_to(request, "place", place.pk)
    form = RemovalForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        ratelimit.count("shops.removal", client_ip(request), limit=5, per=HOUR)
        try:
            row = actions.ask_removal(
                place=place, by=actor_of(request), at_once=_still_at_once(request), **form.cleaned_data
            )
        except ActionRefused as refused:
            form.add_error(None, str(refused))
        else:
            return _removed(request, place, gone=row.state == row.GRANTED)
    return render(request, "shops/removal.html", {"place": place, "form": form})


def letter_removal(request: HttpRequest, secret: str) -> HttpResponse:
    """Behind the second QR code of a letter: one question, one button."""
    letter = letters.letter_by_secret(secret)
    if letter is None or queries.shown_place(letter.place_id) is None:
        raise Http404
    refusal = None
    if request.method == "POST":
        ratelimit.count("shops.letter", client_ip(request), limit=30, per=HOUR)
        try:
            actions.remove_by_letter(secret=secret, by=actor_of(request))
        except ActionRefused as refused:
            refusal = refused
        else:
            return _removed(request, letter.place, gone=True)
    return render(request, "shops/letter_removal.html", {"place": letter.place, "refusal": refusal})


def _removed(request: HttpRequest, place: Place, *, gone: bool) -> HttpResponse:
    if gone:
        said = _("“{name}” is no longer listed. If this was a mistake, please tell the market desk.")
        messages.success(request, said.format(name=place.name))
        return go_to(request, "shops")
    messages.success(request, _("Thank you. The market desk decides about it, usually within two working days."))
    return go_to(request, "place", place.pk)


def _business(place_id: int) -> Place:
    place = queries.shown_place(place_id)
    if place is None or place.kind not in queries.BUSINESS:
        raise Http404
    return place


def _sent(request: HttpRequest) -> tuple[Any, ...]:
    return (request.POST, request.FILES) if request.method == "POST" else ()


def _asked(request: HttpRequest, form, *, document: tuple[str, bytes] | None, **told: Any) -> bool:
    """Whether the request was taken; if not, the form says why and keeps what was typed."""
    ratelimit.count("shops.claim", client_ip(request), limit=5, per=HOUR)
    ratelimit.count("shops.claim.mail", told["email"], limit=10, per=DAY)
    path = media.save_private(f"document{document[0]}", document[1]) if document else ""
    try:
        actions.claim(by=actor_of(request), language=request.LANGUAGE_CODE, document=path, **told)
    except ActionRefused as refused:
        media.delete(path)
        show(form, refused)
        return False
    messages.success(request, _("Thank you. The market desk checks your request and answers by mail."))
    return True


def _still_at_once(request: HttpRequest) -> bool:
    """The first two entries a household asks for on a day leave at once; further ones wait for the desk."""
    try:
        ratelimit.count("shops.removal-at-once", client_ip(request), limit=2, per=DAY)
    except TooOften:
        return False
    return True
