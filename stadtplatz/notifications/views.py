"""Pages about messages: the account's start page with what is new, reading, choosing, stopping."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from stadtplatz.accounts import rules as account_rules
from stadtplatz.accounts.visitors import actor_of, person_of, signed_in
from stadtplatz.notifications import actions, queries, rules
from stadtplatz.notifications.forms import KindsForm
from stadtplatz.notifications.kinds import KINDS


@signed_in
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Everything about the account from one page: messages, profile, security, own data."""
    actor = actor_of(request)
    context = {
        "person": request.user,
        "unread": queries.unread_count(actor),
        "second_factor": account_rules.has_second_factor(actor),
        "needs_second_factor": account_rules.needs_second_factor(actor),
    }
    return render(request, "notifications/overview.html", context)


@signed_in
@require_safe
def messages_page(request: HttpRequest) -> HttpResponse:
    """The person's messages, newest first."""
    page = Paginator(queries.own(actor_of(request)).defer("html", "text"), 25).get_page(request.GET.get("page"))
    return render(request, "notifications/messages.html", {"page": page})


@signed_in
@require_safe
def message_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One of the person's own messages; for everybody else there is none."""
    actor, message = actor_of(request), queries.message(pk)
    if message is None or not rules.is_own(actor, message):
        raise Http404
    actions.mark_read(message, by=actor)
    return render(request, "notifications/message.html", {"message": message})


@signed_in
def kinds_page(request: HttpRequest) -> HttpResponse:
    """Which mails the person wants, and which must come."""
    actor, person = actor_of(request), person_of(request)
    stopped = queries.stopped_kinds(person.email)
    form = KindsForm(
        request.POST or None,
        staff=account_rules.is_staff(actor),
        initial={"wanted": [code for code in KINDS if code not in stopped]},
    )
    if request.method == "POST" and form.is_valid():
        hidden = {code for code in KINDS if code not in {kind.code for kind in form.offered}} - stopped
        actions.choose(person, wanted=set(form.cleaned_data["wanted"]) | hidden, by=actor)
        messages.success(request, _("Saved."))
        return redirect("message-kinds")
    needed = [kind for kind in KINDS.values() if kind.needed]
    return render(request, "notifications/kinds.html", {"form": form, "needed": needed})


@require_safe
def bell_worker(request: HttpRequest) -> HttpResponse:
    """The script that wakes up when this browser is rung. It knows one sentence, in the language of the page that set it up."""
    language = "en" if request.GET.get("lang") == "en" else "de"
    with translation.override(language):
        words = {"title": _("News about your errand"), "text": _("Tap to see your errands."), "language": language}
        answer = render(request, "notifications/bell_worker.js", words, content_type="text/javascript; charset=utf-8")
    answer["Cache-Control"] = "no-cache"
    return answer


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """GET asks, POST stops (RFC 8058: mail programs post without cookies). Holding the token is the permission.

    An unknown token gets the same answer as a known one after POST, so that nothing can be learned by trying.
    """
    page = queries.unsubscribe_page(token)
    done = request.method == "POST"
    if done and page.kind and page.stoppable:
        actions.stop(address=page.address, kind=page.kind.code)
    return render(request, "notifications/unsubscribe.html", {"page": page, "done": done})
