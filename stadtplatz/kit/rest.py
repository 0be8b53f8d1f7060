"""The one REST interface under /api/v1/: each domain puts a `router` into its `api.py`, and all share errors, limits and one document.

    router = Router(tags=["Reports"])

    @router.get("/categories", response={200: list[CategoryOut]} | REFUSED)
    def categories(request): ...

Nothing here signs people in: what is offered is public, or opened by a secret in the address. So no cookie counts and no token
against forged forms is needed. A refused action is told as a `Problem` with the words people would read.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from importlib import import_module
from importlib.util import find_spec
from typing import Annotated, Any

from django.apps import apps
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI, Router, Schema
from ninja.errors import HttpError, ValidationError
from pydantic import AfterValidator, AwareDatetime, Field

from stadtplatz.kit import throttle
from stadtplatz.kit.http import client_ip
from stadtplatz.kit.refusals import ActionRefused, TooOften

READING = throttle.Limit("api", most=600, seconds=60)
_FIRST, _LAST = datetime(1970, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)


def _believable(moment: datetime) -> datetime:
    if not _FIRST <= moment.astimezone(UTC) <= _LAST:
        raise ValueError("between 1970 and 2200")
    return moment


def _moment(moment: datetime) -> datetime:
    try:
        return _believable(moment)
    except OverflowError:
        raise ValueError("between 1970 and 2200") from None


Moment = Annotated[AwareDatetime, AfterValidator(_moment)]
"""A moment with its zone, from 1970 to 2200."""


class Problem(Schema):
    """Why something was refused; nothing was changed. `code` is for programs, `message` for people."""

    code: str
    message: str
    fields: dict[str, str] = Field(default_factory=dict, description="What is wrong with which field.")


REFUSED: dict[Any, type[Problem]] = {frozenset({400, 403, 404, 409, 422, 429}): Problem}
"""What every address may answer instead."""


def build() -> NinjaAPI:
    """The interface with the routers of all domains."""
    api = NinjaAPI(
        title="Stadtplatz",
        version="1",
        description="Public data of the town and errands opened by their secret. See docs/api.md.",
        docs_url=None,
        urls_namespace="api",
    )
    for kind, handler in {
        ActionRefused: _refused,
        ValidationError: _invalid,
        HttpError: _http_error,
        Http404: _missing,
    }.items():
        api.add_exception_handler(kind, _answering(api, handler))
    for router in _routers():
        api.add_router("", router)
    return api


def whole(text: str) -> str:
    """The text, unless it holds the sign that no database keeps (ValueError)."""
    if "\x00" in text:
        raise ValueError("without the sign zero")
    return text


def page_links(request: HttpRequest, base: str, *, page: int, more: bool) -> str:
    """The `Link` header that names the pages beside this one."""
    links = []
    for name, number in {"prev": page - 1, "next": page + 1 if more else 0}.items():
        if number:
            query = request.GET.copy()
            query["page"] = str(number)
            links.append(f'<{base}{request.path}?{query.urlencode()}>; rel="{name}"')
    return ", ".join(links)


def count_reading(request: HttpRequest) -> None:
    """One more look by this visitor; refused with TooOften beyond 600 a minute."""
    READING.count(client_ip(request))


def _routers() -> Iterable[Router]:
    for config in apps.get_app_configs():
        name = f"{config.name}.api"
        if config.name.startswith("stadtplatz.") and find_spec(name):
            yield import_module(name).router


def _answering(api: NinjaAPI, handler: Any) -> Any:
    def answer(request: HttpRequest, error: Exception) -> HttpResponse:
        status, problem = handler(error)
        response = api.create_response(request, problem.model_dump(), status=status)
        if isinstance(error, TooOften):
            response["Retry-After"] = str(error.retry_after)
        return response

    return answer


def _refused(error: ActionRefused) -> tuple[int, Problem]:
    fields = {str(name): str(words) for name, words in getattr(error, "errors", {}).items()}
    return error.status, Problem(code=error.code, message=str(error), fields=fields)


def _invalid(error: ValidationError) -> tuple[int, Problem]:
    fields = {".".join(str(part) for part in one["loc"]): str(one["msg"]) for one in error.errors}
    return 422, Problem(code="invalid", message=_("Please check what you sent."), fields=fields)


def _http_error(error: HttpError) -> tuple[int, Problem]:
    return error.status_code, Problem(code="unreadable", message=str(error))


def _missing(error: Http404) -> tuple[int, Problem]:
    return 404, Problem(code="not-found", message=_("There is no such thing."))
