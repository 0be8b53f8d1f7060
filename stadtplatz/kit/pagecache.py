"""Whole pages for visitors we know nothing about, kept in memory for a short while.

    @cached_page(seconds=30)
    def offer(request, offer_id, slug): ...

    pagecache.changed()     # in an action that changes such pages: all processes of this machine drop them after commit

A kept page is answered before sessions, languages and views are asked, so a hit costs a small part of a millisecond. Only GET
without any cookie but the CSRF one is answered so; a page that sets a cookie (every page with a CSRF token) is never kept.
Forms on kept pages therefore use `kit.http.same_origin_required`; see docs/decisions/0004-posts-from-cached-pages.md
"""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from hashlib import blake2s

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified

from stadtplatz.kit.http import is_htmx

MAX_PAGES, MAX_BYTES = 400, 300_000
"""Pages kept per process (the least used go first), and the largest page worth keeping."""
_HARMLESS_COOKIES = {settings.CSRF_COOKIE_NAME}
_MARK = "_kept_for_seconds"


@dataclass(frozen=True)
class _Page:
    until: float
    version: int
    headers: tuple[tuple[str, str], ...]
    content: bytes
    etag: str


_pages: "OrderedDict[tuple, _Page]" = OrderedDict()
_lock = threading.Lock()


def cached_page(*, seconds: int = 30) -> Callable:
    """Let this view's page be kept for visitors without cookies. The view must show them all the same page at one address."""

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def marked(request: HttpRequest, *args, **kwargs) -> HttpResponse:
            response = view(request, *args, **kwargs)
            setattr(response, _MARK, seconds)
            return response

        return marked

    return decorate


def changed() -> None:
    """Drop all kept pages in all processes of this machine, once the running transaction is committed.

    On further machines pages live until their seconds are over.
    """
    transaction.on_commit(_drop)


class PageCache:
    """The middleware that answers with kept pages and keeps marked ones. Off in tests unless PAGE_CACHE is set."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if not settings.PAGE_CACHE or request.method != "GET" or set(request.COOKIES) - _HARMLESS_COOKIES:
            return self.get_response(request)
        key = (request.META.get("HTTP_HOST"), request.scheme, request.get_full_path(), is_htmx(request))
        version = _version()
        page = _pages.get(key)
        if page and page.version == version and page.until > time.monotonic():
            return _answer(page, request.META.get("HTTP_IF_NONE_MATCH"))
        response = self.get_response(request)
        if _worth_keeping(response):
            page = _keep(key, version, response)
            response["ETag"] = page.etag
        return response


def _answer(page: _Page, known: str | None) -> HttpResponse:
    if known == page.etag:
        response: HttpResponse = HttpResponseNotModified()
    else:
        response = HttpResponse(page.content)
    for name, value in page.headers:
        response.headers[name] = value
    response.headers["ETag"] = page.etag
    return response


def _worth_keeping(response: HttpResponse) -> bool:
    return (
        hasattr(response, _MARK)
        and response.status_code == 200
        and not response.streaming
        and not response.cookies
        and len(response.content) <= MAX_BYTES
    )


def _keep(key: tuple, version: int, response: HttpResponse) -> _Page:
    response.headers.setdefault("Cache-Control", "private, no-cache")
    etag = f'"{blake2s(response.content, digest_size=12).hexdigest()}"'
    until = time.monotonic() + getattr(response, _MARK)
    page = _Page(until, version, tuple(response.headers.items()), response.content, etag)
    with _lock:
        _pages[key] = page
        _pages.move_to_end(key)
        while len(_pages) > MAX_PAGES:
            _pages.popitem(last=False)
    return page


def _version() -> int:
    """When somebody last said `changed`: the time of a small file, which costs less to ask than a row."""
    try:
        return (settings.VAR / "pages-changed").stat().st_mtime_ns
    except FileNotFoundError:
        return 0


def _drop() -> None:
    settings.VAR.mkdir(parents=True, exist_ok=True)
    (settings.VAR / "pages-changed").write_text(str(time.time_ns()))
    with _lock:
        _pages.clear()
