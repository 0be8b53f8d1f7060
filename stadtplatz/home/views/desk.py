"""The desk: one door for everybody who works here."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from stadtplatz.accounts.visitors import staff_required


@staff_required
def desk(request: HttpRequest) -> HttpResponse:
    """Where this person's work is, domain by domain."""
    return render(request, "home/desk.html")
