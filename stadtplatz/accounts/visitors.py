"""From a web request to an Actor, and the guards of pages that not everybody may open."""

from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from stadtplatz.kit.actors import ANONYMOUS, Actor
from stadtplatz.kit.refusals import NotAllowed

if TYPE_CHECKING:
    from stadtplatz.accounts.models import Person

View = Callable[..., HttpResponseBase]


def actor_of(request: HttpRequest) -> Actor:
    """The acting person of this request: the signed-in person, or nobody in particular. Worked out once per request.

    Without a session cookie the session is not touched.
    """
    known = request.__dict__.get("_actor")
    if known is None or known.person_id != request.user.pk:
        known = request.__dict__["_actor"] = _read(request)
    return known


def person_of(request: HttpRequest) -> "Person":
    """The signed-in person, for views behind `signed_in`; refused (NotAllowed) where there is none."""
    if not request.user.is_authenticated:
        raise NotAllowed(_("Please sign in first."))
    return request.user


def _read(request: HttpRequest) -> Actor:
    from stadtplatz.accounts.second_factor import was_shown

    user = request.user
    if not user.is_authenticated:
        return ANONYMOUS
    return replace(actor_for(user, second_factor=was_shown(request)), memo={})


def actor_for(person, *, second_factor: bool = False) -> Actor:
    operator = person.is_operator and person.is_active
    return Actor("person", person.key, person_id=person.pk, second_factor=second_factor, operator=operator)


def actor_for_guest(guest) -> Actor:
    return Actor("guest", guest.key, guest_id=guest.pk)


def signed_in(view: View) -> View:
    """Only for people with an account; others are led to the sign-in page and back."""

    @wraps(view)
    def guarded(request: HttpRequest, *args, **kwargs) -> HttpResponseBase:
        if not actor_of(request).is_person:
            return _to_sign_in(request)
        return view(request, *args, **kwargs)

    return guarded


def staff_required(view: View) -> View:
    """Only for staff, signed in with the second factor where the installation asks for it; see `desk_guard`."""
    from stadtplatz.accounts import rules

    @wraps(view)
    def guarded(request: HttpRequest, *args, **kwargs) -> HttpResponseBase:
        answer = desk_guard(request, rules.is_staff(actor_of(request)))
        return answer or view(request, *args, **kwargs)

    return guarded


def desk_guard(request: HttpRequest, is_staff: bool) -> HttpResponse | None:
    """None if the visitor may go on to the desk. Otherwise the way in: sign in, then set up or show the second factor.

    People who are no staff are refused (NotAllowed).
    """
    from stadtplatz.accounts import rules

    actor = actor_of(request)
    if not actor.is_person:
        return _to_sign_in(request)
    if not is_staff:
        raise NotAllowed(_("This page is for staff."))
    if actor.second_factor or not settings.STAFF_NEED_SECOND_FACTOR:
        return None
    if rules.has_second_factor(actor):
        return _with_next("mfa_reauthenticate", request)
    messages.warning(request, _("Staff need a second factor. Please set it up now; it takes two minutes."))
    return redirect("mfa_activate_totp")


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    return _with_next("account_login", request)


def _with_next(url_name: str, request: HttpRequest) -> HttpResponse:
    target = request.get_full_path() if request.method in {"GET", "HEAD"} else "/"
    return redirect(f"{reverse(url_name)}?{urlencode({'next': target})}")
