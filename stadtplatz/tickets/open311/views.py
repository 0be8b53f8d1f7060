"""The addresses below /open311/v2/. Every answer, errors too, comes in the format that was asked for."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from stadtplatz.kit import throttle
from stadtplatz.kit.http import client_ip
from stadtplatz.kit.pagecache import cached_page
from stadtplatz.kit.refusals import ActionRefused, TooOften
from stadtplatz.questionnaires.actions import AnswersRefused
from stadtplatz.tickets.actions.clients import open_by_client
from stadtplatz.tickets.open311 import asking, posting, shapes
from stadtplatz.tickets.open311.asking import Wrong
from stadtplatz.tickets.open311.formats import TYPES, answer, refusal
from stadtplatz.tickets.queries import clients, records, services

View = Callable[..., HttpResponse]
READING = throttle.Limit("open311", most=600, seconds=60)
_LANGUAGES = {code for code, _name in settings.LANGUAGES}


class Missing(Exception):
    """There is no such thing; the text says what."""


def method(*allowed: str) -> Callable[[View], View]:
    """An address of the interface: knows its format, its methods, its language, and turns whatever is refused into errors."""

    def decorate(view: View) -> View:
        @wraps(view)
        def spoken(request: HttpRequest, *, ending: str, **path: str) -> HttpResponse:
            if ending not in TYPES:
                return refusal(404, _("The formats are xml and json."), ending="xml")
            if request.method not in allowed:
                return refusal(
                    400, _("This address does not take {method}.").format(method=request.method), ending=ending
                )
            lang = request.GET.get("lang") or request.POST.get("lang") or settings.LANGUAGE_CODE
            with translation.override(lang if lang in _LANGUAGES else settings.LANGUAGE_CODE):
                return _guarded(view, request, ending, path)

        return csrf_exempt(spoken)

    return decorate


def _guarded(view: View, request: HttpRequest, ending: str, path: dict[str, str]) -> HttpResponse:
    try:
        READING.count(client_ip(request))
        if any("\x00" in part for part in path.values()):
            raise Missing(_("There is nothing at this address."))
        return view(request, ending=ending, **path)
    except Missing as why:
        return refusal(404, str(why), ending=ending)
    except Wrong as why:
        return refusal(400, str(why), ending=ending)
    except AnswersRefused as why:
        return refusal(400, *[f"attribute[{name}]: {words}" for name, words in why.errors.items()], ending=ending)
    except TooOften as why:
        response = refusal(429, str(why), ending=ending)
        response["Retry-After"] = str(why.retry_after)
        return response
    except ActionRefused as why:
        return refusal(400, str(why), ending=ending)


READ = ("GET", "HEAD")


@cached_page(seconds=60)
@method(*READ)
def discovery(request: HttpRequest, ending: str) -> HttpResponse:
    return answer("discovery", shapes.discovery(services.changed_at()), ending)


@cached_page(seconds=60)
@method(*READ)
def service_list(request: HttpRequest, ending: str) -> HttpResponse:
    return answer("services", [shapes.service(one) for one in services.services()], ending)


@cached_page(seconds=60)
@method(*READ)
def service(request: HttpRequest, code: str, ending: str) -> HttpResponse:
    found = services.service(code)
    if found is None:
        raise Missing(_("There is no service {code}.").format(code=code[:60]))
    return answer("service_definition", shapes.definition(found), ending)


@method(*READ, "POST")
def requests(request: HttpRequest, ending: str) -> HttpResponse:
    """The list, or a new request."""
    return _open(request, ending) if request.method == "POST" else _list(request, ending)


@method(*READ)
def request_one(request: HttpRequest, number: str, ending: str) -> HttpResponse:
    """One public request; a program with its key also reads the ones it sent."""
    found = records.named([number], clients.client_of(request.GET.get("api_key", "")))
    if not found:
        raise Missing(_("There is no public request {number}.").format(number=number[:60]))
    return answer("service_requests", [shapes.request(one, extended=_extended(request)) for one in found], ending)


@method(*READ)
def token(request: HttpRequest, token: str, ending: str) -> HttpResponse:
    number = clients.number_of_token(token)
    if number is None:
        raise Missing(_("Nothing was sent with this token."))
    return answer("service_requests", [{"service_request_id": number, "token": token}], ending)


@method(*READ, "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
def nothing(request: HttpRequest, ending: str) -> HttpResponse:
    raise Missing(_("There is nothing at this address."))


def _list(request: HttpRequest, ending: str) -> HttpResponse:
    numbers = asking.several(request.GET, "service_request_id")
    if numbers:
        if len(numbers) > records.MOST:
            raise Wrong(_("At most {most} numbers at once.").format(most=records.MOST))
        found = records.named(numbers, clients.client_of(request.GET.get("api_key", "")))
        return answer("service_requests", [shapes.request(one, extended=_extended(request)) for one in found], ending)
    wanted = asking.wanted(request.GET)
    found, more = records.find(wanted)
    response = answer("service_requests", [shapes.request(one, extended=_extended(request)) for one in found], ending)
    if links := _links(request, wanted.page, more):
        response["Link"] = links
    return response


def _open(request: HttpRequest, ending: str) -> HttpResponse:
    client = clients.client_of(request.POST.get("api_key") or request.GET.get("api_key", ""))
    if client is None:
        return refusal(403, _("The api_key is missing or unknown."), ending=ending)
    code = request.POST.get("service_code", "").replace("\x00", "").strip()
    if not code:
        raise Wrong(_("service_code is needed."))
    found = services.reportable(code)
    if found is None:
        raise Missing(_("There is no service {code}.").format(code=code[:60]))
    ticket = open_by_client(client, posting.sending(request, *found))
    told: dict[str, object] = {
        "service_request_id": ticket.case.number,
        "service_notice": shapes.notice(ticket),
        "account_id": None,
    }
    if _extended(request):
        told["extended_attributes"] = {"url": shapes.own_page(ticket)}
    return answer("service_requests", [told], ending)


def _extended(request: HttpRequest) -> bool:
    given = request.POST.get("extensions") or request.GET.get("extensions") or ""
    return given.lower() in {"true", "1"}


def _links(request: HttpRequest, page: int, more: bool) -> str:
    """Where the pages beside this one are."""
    beside = {"prev": page - 1 if page > 1 else None, "next": page + 1 if more else None}
    links = []
    for name, number in beside.items():
        if number:
            query = request.GET.copy()
            query["page"] = str(number)
            links.append(f'<{settings.BASE_URL}{request.path}?{query.urlencode()}>; rel="{name}"')
    return ", ".join(links)
