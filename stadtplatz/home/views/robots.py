"""For search engines: what they may look at."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from stadtplatz.home import sitemap as pages
from stadtplatz.kit.identity import is_on
from stadtplatz.kit.pagecache import cached_page

KEPT = 600
"""Seconds."""
CLOSED = (
    "/desk/", "/laden/", "/konto/", "/meine/", "/finden/", "/v/", "/warenkorb/", "/kasse/", "/bestellung/", "/inhalte-melden/*/",
    "/anliegen/neu/", "/suche/", "/api/", "/demo/", "/austragen/", "/*?sort=", "/*?q=", "/*/melden/",
)  # fmt: skip
"""Paths that are somebody's own, or endless: search engines would find nothing there. No protection, only good manners."""


@require_safe
@cached_page(seconds=KEPT)
def robots(request: HttpRequest) -> HttpResponse:
    """A demo is looked at by nobody; a town shows what is public."""
    closed = list(CLOSED) + [f"/en{path}" for path in CLOSED if not path.startswith("/*")]
    context = {"open": not settings.DEMO, "closed": closed, "base": settings.BASE_URL}
    return render(request, "home/robots.txt", context, content_type="text/plain; charset=utf-8")


@require_safe
@cached_page(seconds=KEPT)
def index(request: HttpRequest) -> HttpResponse:
    """All files of the sitemap."""
    others = [reverse("tickets-sitemap")] if is_on("tickets") else []
    context = {"files": pages.index(), "others": others, "base": settings.BASE_URL}
    return render(request, "home/sitemap_index.xml", context, content_type="application/xml")


@require_safe
@cached_page(seconds=KEPT)
def section(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """One file of the sitemap."""
    lines = pages.lines(code, number)
    if not lines:
        raise Http404
    return render(
        request, "home/sitemap.xml", {"lines": lines, "base": settings.BASE_URL}, content_type="application/xml"
    )
