"""Start page, for shops, style page, the city's colours, texts of the city."""

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control

from stadtplatz.home import samples, square, texts
from stadtplatz.kit import colours
from stadtplatz.kit import mark as drawing
from stadtplatz.kit.identity import city
from stadtplatz.kit.pagecache import cached_page
from stadtplatz.kit.publicface import absolute, public_face


@cached_page(seconds=30)
def start(request: HttpRequest) -> HttpResponse:
    """What can I do here, and what lives here at the moment?"""
    face = public_face(
        request,
        title=city().long_name,
        text=_("Shops, offers and reports to the town hall of {town}, on one square.").format(town=city().name),
        data=[{"@type": "WebSite", "name": f"Stadtplatz {city().name}", "url": absolute("/")}],
    )
    return render(request, "home/start.html", {**square.start_page(), "face": face})


@cached_page(seconds=30)
def for_shops(request: HttpRequest) -> HttpResponse:
    """What the square offers to those who sell, mend and cook in this town."""
    return render(request, "home/for_shops.html", {"doors": square.doors_for_shops()})


@cached_page(seconds=30)
def text(request: HttpRequest, slug: str) -> HttpResponse:
    """A text of the city pack: imprint, privacy, terms, accessibility, withdrawal."""
    page = texts.read(slug, get_language() or "de")
    if page is None:
        raise Http404
    return render(request, "home/text.html", {"page": page, "crumbs": [(page.title, "")]})


def style(request: HttpRequest) -> HttpResponse:
    """The living style page: every part in all its states."""
    chapters = [
        ("ground", _("Colours, type, buttons")),
        ("forms", _("Forms")),
        ("parts", _("Building blocks")),
        ("market", _("Market")),
        ("desk", _("Desk")),
        ("pictures", _("Pictures")),
    ]
    return render(request, "home/style.html", samples.everything() | {"chapters": chapters})


@cache_control(public=True, max_age=86400)
def mark(request: HttpRequest) -> HttpResponse:
    """The mark in the city's colours, for the browser's tab."""
    return HttpResponse(drawing.svg(*_inks()), content_type="image/svg+xml")


@cache_control(public=True, max_age=86400)
def mark_pixels(request: HttpRequest, size: int) -> HttpResponse:
    """The mark for home screens, in the sizes that phones ask for."""
    if size not in drawing.SIZES:
        raise Http404
    return HttpResponse(drawing.pixels(size, *_inks()), content_type="image/png")


@cache_control(public=True, max_age=86400)
def favicon(request: HttpRequest) -> HttpResponse:
    """For programs that ask for this address without having been told of it."""
    return HttpResponse(drawing.pixels(32, *_inks(), form="ICO"), content_type="image/x-icon")


@cache_control(public=True, max_age=86400)
def manifest(request: HttpRequest) -> HttpResponse:
    """Name, colours and mark for "add to home screen"."""
    ground, _line = _inks()
    icons = [
        {"src": reverse("city-mark-pixels", args=[size]), "sizes": f"{size}x{size}", "type": "image/png"}
        for size in drawing.SIZES
    ]
    told = {
        "name": f"Stadtplatz {city().name}",
        "short_name": city().name,
        "lang": "de",
        "start_url": "/",
        "display": "minimal-ui",
        "theme_color": ground,
        "background_color": colours.PAPER,
        "icons": [*icons, {"src": reverse("city-mark"), "sizes": "any", "type": "image/svg+xml"}],
    }
    return JsonResponse(told, content_type="application/manifest+json")


def _inks() -> tuple[str, str]:
    used = colours.readable(city().colours)
    return used["primary"], used["on-primary"]


@cache_control(public=True, max_age=31536000, immutable=True)
def city_style(request: HttpRequest) -> HttpResponse:
    """The city's two colours as CSS custom properties; the address changes with the colours."""
    return HttpResponse(colours.stylesheet(city().colours), content_type="text/css; charset=utf-8")
