"""Somebody's own data, from their account: see it, take it along, have it erased. Across all domains."""

import json

from allauth.account.decorators import reauthentication_required
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from stadtplatz.accounts.visitors import actor_of, person_of, signed_in
from stadtplatz.kit import clock
from stadtplatz.operate import people


@signed_in
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """What can be done with one's data."""
    return render(request, "accounts/parts/my_data.html")


@signed_in
@reauthentication_required
@never_cache
def export(request: HttpRequest) -> HttpResponse:
    """Everything that is kept about this person, as a file (GDPR Art. 15 and 20)."""
    found = people.export(person_of(request).email)
    answer = HttpResponse(json.dumps(found, ensure_ascii=False, indent=2, default=str), content_type="application/json")
    answer["Content-Disposition"] = f'attachment; filename="stadtplatz-{clock.today():%Y-%m-%d}.json"'
    return answer


@signed_in
@reauthentication_required
@require_safe
def erase_question(request: HttpRequest) -> HttpResponse:
    """Asks once more, after the person has shown again who they are."""
    return render(request, "accounts/parts/my_data_erase.html")


@signed_in
@reauthentication_required
@require_POST
def erase(request: HttpRequest) -> HttpResponse:
    """The account and all that hangs on it is erased (GDPR Art. 17); the page says what stays and why."""
    if not request.POST.get("sure"):
        return render(request, "accounts/parts/my_data_erase.html", {"unsure": True}, status=422)
    kept = people.erase(person_of(request).email, by=actor_of(request))
    logout(request)
    return render(request, "accounts/parts/my_data_erased.html", {"kept": kept})
