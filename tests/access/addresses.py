"""All named addresses, read from the list of addresses itself, so that none is forgotten."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from django.contrib.auth.models import AnonymousUser
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.sessions.backends.base import SessionBase
from django.db import connection
from django.http import Http404
from django.test import RequestFactory
from django.urls import URLPattern, URLResolver, get_resolver, resolve

from stadtplatz.accounts.models import Person
from stadtplatz.kit.refusals import ActionRefused


class Address(NamedTuple):
    """`name`, how its path is written, and the names of its variables."""

    name: str
    route: str
    variables: tuple[str, ...]


def all_below(start: str) -> list[Address]:
    """The named addresses whose path begins so."""
    return [found for found, _view in every() if found.route.startswith(start)]


def every(resolver: URLResolver | None = None, before: str = "") -> Iterator[tuple[Address, Callable]]:
    """All addresses, and the views behind them."""
    for one in (resolver or get_resolver()).url_patterns:
        route = before + str(one.pattern)
        if isinstance(one, URLPattern):
            yield Address(str(one.name), route, tuple(one.pattern.regex.groupindex)), one.callback
        else:
            yield from every(one, route)


def opened(person: Person | None, method: str, path: str, **head: str) -> tuple[int, list[str]]:
    """The status as this person sees it, and what was written into the database meanwhile.

    The view alone is asked, without the pages around an answer: so everybody can be tried at every address in no time.
    """
    request = getattr(RequestFactory(headers=head), method)(path)
    request.user, request.session, request.LANGUAGE_CODE = person or AnonymousUser(), SessionBase(), "de"
    request._messages = CookieStorage(request)  # what the middleware of messages does
    match, changed = resolve(path), list[str]()
    request.resolver_match = match

    def note(execute, sql, params, many, context):
        if sql.lstrip().upper().startswith(("INSERT", "UPDATE", "DELETE")):
            changed.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        try:
            status = match.func(request, *match.args, **match.kwargs).status_code
        except Http404:
            status = 404
        except ActionRefused as refused:
            status = refused.status
    return status, changed
