"""The pages of the house itself."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control

from stadtplatz.home import errands, samples
from stadtplatz.kit import colours
from stadtplatz.kit.identity import city


def start(request: HttpRequest) -> HttpResponse:
    """What can I do here?"""
    return render(request, "home/start.html")


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


@cache_control(public=True, max_age=31536000, immutable=True)
def city_style(request: HttpRequest) -> HttpResponse:
    """The city's two colours as CSS custom properties; the address changes with the colours."""
    return HttpResponse(colours.stylesheet(city().colours), content_type="text/css; charset=utf-8")


def follow(request: HttpRequest, code: str) -> HttpResponse:
    """From a printed or mailed link to the errand's page."""
    if page := errands.page_of(code):
        return redirect(page)
    raise Http404
