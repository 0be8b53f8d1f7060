"""The pages of accounts that sign-in itself (django-allauth) does not bring: profile and invitations."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from stadtplatz.accounts import actions, queries, rules
from stadtplatz.accounts.forms import ProfileForm
from stadtplatz.accounts.visitors import actor_of, person_of, signed_in
from stadtplatz.kit.refusals import ActionRefused


@signed_in
def profile(request: HttpRequest) -> HttpResponse:
    """Name and language."""
    person = person_of(request)
    form = ProfileForm(request.POST or None, initial={"name": person.name, "language": person.language})
    if request.method == "POST" and form.is_valid():
        actions.change_profile(person, by=actor_of(request), **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("account-overview")
    return render(request, "accounts/profile.html", {"form": form})


@never_cache
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """What the invitation is to; to be accepted by the person who has proved the invited address, who then comes to the page that its maker named.

    Strangers who hold the link see neither the address nor whether it has an account.
    """
    found, actor, refusal = queries.invitation_by_token(token), actor_of(request), None
    if found and request.method == "POST":
        try:
            actions.accept_invitation(found, by=actor)
        except ActionRefused as refused:
            refusal = refused
        else:
            messages.success(request, _("You have accepted the invitation."))
            return redirect(found.payload.get("then") or "account-overview")
    context = {
        "invitation": found,
        "actor": actor,
        "mine": found is not None and rules.may_accept(actor, found),
        "taken_by_me": found is not None and found.accepted_at and found.accepted_by_id == actor.person_id,
        "refusal": refusal,
    }
    return render(request, "accounts/invitation.html", context, status=200 if found else 404)
