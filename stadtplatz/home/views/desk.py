"""The desk: one door for everybody who works here."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from stadtplatz.accounts.visitors import actor_of, staff_required
from stadtplatz.home import living


@staff_required
def desk(request: HttpRequest) -> HttpResponse:
    """What waits for this person, who is away, and every other room of the desk."""
    return render(request, "home/desk.html", living.desk_now(actor_of(request)))
