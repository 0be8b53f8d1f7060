"""The pages of the house itself."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from stadtplatz.home import errands


def start(request: HttpRequest) -> HttpResponse:
    """What can I do here?"""
    return render(request, "home/start.html")


def style(request: HttpRequest) -> HttpResponse:
    """The living style page."""
    return render(request, "home/style.html")


def follow(request: HttpRequest, code: str) -> HttpResponse:
    """From a printed or mailed link to the errand's page."""
    if page := errands.page_of(code):
        return redirect(page)
    raise Http404
