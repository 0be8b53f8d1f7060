"""The demo bar's pages. They exist only in the demo: operate/urls.py leaves them out everywhere else, and so does each view."""

import re
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth import login, logout
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from stadtplatz.accounts.models import Person
from stadtplatz.kit import clock, jobs, pagecache
from stadtplatz.kit.http import same_origin_required
from stadtplatz.notifications.models import Message
from stadtplatz.operate.demo import roles

MEDIA = {
    Message.MAIL: gettext_lazy("Emails"),
    Message.LETTER: gettext_lazy("Letters"),
    Message.LABEL: gettext_lazy("Labels"),
    Message.CODE: gettext_lazy("Codes"),
}

ANOTHER_ADDRESS = re.compile(r"https?://(?:localhost|\d+\.\d+\.\d+\.\d+)(?::\d+)?/")


def _only_in_demo() -> None:
    if not settings.DEMO:
        raise Http404


@csrf_exempt  # the bar stands on cached pages, which hold no token; the browser's word on the origin counts instead
@same_origin_required
@require_POST
def change_role(request):
    """Step into another person's shoes without password."""
    _only_in_demo()
    role = roles.role(request.POST.get("role", ""))
    if role is None:
        raise Http404
    logout(request)
    if role.email:
        login(request, Person.objects.get(email=role.email), backend=settings.AUTHENTICATION_BACKENDS[0])
    return redirect(role.start)


@csrf_exempt
@same_origin_required
@require_POST
def move_clock(request):
    """Let a day pass, or the hours until eleven at night, and do what falls due in them."""
    _only_in_demo()
    clock.move(_until_night(clock.local(clock.now())) if "night" in request.POST else timedelta(days=1))
    jobs.run_all(limit=500)
    pagecache.changed()
    return redirect(_back(request))


def _until_night(now: datetime) -> timedelta:
    """From this moment in Berlin to the next eleven o'clock at night."""
    night = now.replace(hour=23, minute=0, second=0, microsecond=0)
    return (night if night > now else night + timedelta(days=1)) - now


@require_GET
def mailbox(request):
    """Every mail, letter, label and code this town produced, newest first; `art` narrows it to one of these, `wort` to subject or address."""
    _only_in_demo()
    counts = dict(Message.objects.order_by().values_list("medium").annotate(Count("pk")))
    asked = request.GET.get("art", "")
    typed = request.GET.get("wort", "").strip()[:120]
    rows = Message.objects.order_by("-id")
    if typed:
        rows = rows.filter(Q(subject__icontains=typed) | Q(address__icontains=typed))
    page = Paginator(rows.filter(medium=asked) if asked in MEDIA else rows, 30).get_page(request.GET.get("page"))
    tabs = [(_("All post"), "?", asked not in MEDIA)]
    tabs += [
        (f"{word} ({counts[code]})", f"?art={code}", code == asked) for code, word in MEDIA.items() if code in counts
    ]
    return render(
        request,
        "operate/mailbox.html",
        {"page": page, "tabs": tabs, "typed": typed, "asked": asked if asked in MEDIA else ""},
    )


@require_GET
def letter(request, message_id: int):
    _only_in_demo()
    message = get_object_or_404(Message, pk=message_id)
    here = f"{request.scheme}://{request.get_host()}/"
    return render(request, "operate/letter.html", {"message": with_links_to(here, message)})


def with_links_to(here: str, message: Message) -> Message:
    """The letter with links to the demo as it runs now, though it was written when the demo ran at another address."""
    message.html, message.text = (ANOTHER_ADDRESS.sub(here, words) for words in (message.html, message.text))
    return message


def _back(request) -> str:
    target = request.META.get("HTTP_REFERER", "/")
    return target if url_has_allowed_host_and_scheme(target, {request.get_host()}) else "/"
