"""Finding one's errand again: by link, by number and code, by account, or on this device."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from stadtplatz.accounts.visitors import actor_of
from stadtplatz.home import device, errands
from stadtplatz.home.forms import FindForm
from stadtplatz.kit.codes import read_number
from stadtplatz.kit.http import client_ip, same_origin_required
from stadtplatz.kit.refusals import TooOften


@never_cache
def follow(request: HttpRequest, code: str) -> HttpResponse:
    """From a printed or mailed link to the errand's page. A number alone opens nothing: it leads to the form."""
    if number := read_number(code):
        return redirect(f"{reverse('find')}?nummer={number}")
    page = errands.page_of(code)
    if page is None:
        raise Http404
    return redirect(page)


@never_cache
@same_origin_required  # the start page, which is kept for everybody and holds no token, asks too
def find(request: HttpRequest) -> HttpResponse:
    """Number and typed code open the errand. Wrong numbers and wrong codes get the same answer; five tries an hour."""
    form = FindForm(request.POST or None, initial={"number": request.GET.get("nummer", "")})
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            secret = errands.secret_for(**form.pair(), address=client_ip(request))
        except TooOften as refusal:
            form.add_error(None, str(refusal))
            status = refusal.status
        else:
            if secret and (page := errands.page_of(secret)):
                response = redirect(page)
                if form.cleaned_data["remember"]:
                    device.remember(request, response, secret)
                return response
            form.add_error(None, FindForm.no_match)
    return render(request, "home/find.html", {"form": form}, status=status)


@never_cache
def mine(request: HttpRequest) -> HttpResponse:
    """The visitor's own errands: of the account, and those this device was asked to remember."""
    actor = actor_of(request)
    context = {
        "actor": actor,
        "own": errands.of_actor(actor),
        "here": errands.of_secrets(device.remembered(request)),
        "form": FindForm(),
    }
    return render(request, "home/mine.html", context)


@require_POST
def keep(request: HttpRequest) -> HttpResponse:
    """This device remembers the errand, because somebody asked for it; unknown secrets are not kept."""
    secret = request.POST.get("secret", "")
    page = errands.page_of(secret) if secret else None
    if page is None:
        raise Http404
    response = redirect(page)
    device.remember(request, response, secret)
    messages.success(
        request, _("Kept on this device. You find it under “My errands”, and can have it forgotten there.")
    )
    return response


@require_POST
def forget(request: HttpRequest) -> HttpResponse:
    """This device forgets one errand, or all of them; the errands themselves stay."""
    response = redirect("mine")
    device.forget(request, response, request.POST.get("secret", ""))
    return response
