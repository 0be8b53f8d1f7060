"""Two pages that the content's own views fill: giving notice about it, and deciding about it at the desk.

Moderation knows content by kind and key alone. The view of an offer hands its description to `notice_page`; at the desk it hands
over what the content is now, and the action of its own domain that decides and restricts in one transaction.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Protocol

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from stadtplatz.accounts.visitors import actor_of
from stadtplatz.kit import media, ratelimit
from stadtplatz.kit.actors import Actor
from stadtplatz.kit.http import client_ip, go_to
from stadtplatz.kit.refusals import ActionRefused
from stadtplatz.kit.saying import saved, show
from stadtplatz.moderation import actions, queries, rules
from stadtplatz.moderation.forms import NoticeForm, RulingForm
from stadtplatz.moderation.models import Matter, Statement

PER_HOUR, PER_DAY = 10, 30


class Decide(Protocol):
    """The action of the content's own domain: decides, and restricts or restores, in one transaction."""

    def __call__(self, *, matter: Matter, ruling: actions.Ruling, by: Actor) -> Statement: ...


def for_moderators(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Strangers sign in first; who does not look after notices gets "not found"."""

    @wraps(view)
    def guarded(request: HttpRequest, *args, **kwargs) -> HttpResponseBase:
        actor = actor_of(request)
        if not actor.is_person and request.method == "GET":
            return redirect_to_login(request.get_full_path())
        if not rules.may_moderate(actor):
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


def notice_page(request: HttpRequest, content: actions.Content) -> HttpResponse:
    """The form to tell the town about this content, without an account; leads to the page of the notice."""
    form = NoticeForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        ratelimit.count("moderation.notice", client_ip(request), limit=PER_HOUR, per=timedelta(hours=1))
        ratelimit.count("moderation.notice", client_ip(request), limit=PER_DAY, per=timedelta(days=1))
    if request.method == "POST" and form.is_valid():
        if email := form.cleaned_data["email"]:
            ratelimit.count("moderation.notice.mail", email, limit=PER_DAY, per=timedelta(days=1))
        try:
            notice = actions.give_notice(
                content=content, by=actor_of(request), language=request.LANGUAGE_CODE, **form.cleaned_data
            )
        except actions.Suspended as refused:
            actions.count_unprocessed(refused.measure)
            form.add_error(None, str(refused))
        except ActionRefused as refused:
            show(form, refused)
        else:
            messages.success(request, _("Thank you. Your notice has arrived; keep this page or its number."))
            return go_to(request, "notice-page", notice.secret)
    status = 422 if form.is_bound else 200
    return render(request, "moderation/give.html", {"content": content, "form": form}, status=status)


def decision_page(
    request: HttpRequest, number: str, *, kind: str, now: Callable[[str], actions.Content | None], decide: Decide
) -> HttpResponseBase:
    """The matter at the desk: the content as it was and as it is now, the notices, and the form to decide."""
    return _decision_page(request, number, kind, now, decide)


@for_moderators
def _decision_page(
    request: HttpRequest, number: str, kind: str, now: Callable[[str], actions.Content | None], decide: Decide
) -> HttpResponse:
    matter, actor = queries.matter_of(number, kind=kind), actor_of(request)
    if matter is None:
        raise Http404
    page = queries.desk_page(matter, actor)
    form = _form(request, page)
    if saved(
        request,
        form,
        lambda: decide(matter=matter, ruling=_ruling(form), by=actor),
        _("Decided. Those concerned are told."),
    ):
        return go_to(request, "desk-notices")
    content = now(matter.key)
    context = {
        "page": page,
        "now": content,
        "now_picture": media.public_url(content.picture) if content else "",
        "form": form,
    }
    return render(request, "moderation/decide.html", context, status=422 if form.is_bound else 200)


def _form(request: HttpRequest, page: queries.DeskPage) -> RulingForm:
    notices = [(str(told.notice.pk), f"{told.notice.number} {told.who}".strip()) for told in page.told]
    initial = {"version": page.matter.case.version, "basis": page.told[0].notice.ground.source if page.told else ""}
    return RulingForm(request.POST if request.method == "POST" else None, initial=initial, notices=notices)


def _ruling(form: RulingForm) -> actions.Ruling:
    said = form.cleaned_data
    return actions.Ruling(
        restrict=said["outcome"] == Statement.RESTRICTED, facts=said["facts"], basis_kind=said["basis_kind"] or Statement.LAW,
        basis=said["basis"], unfounded=tuple(int(pk) for pk in said["unfounded"]), manifest=said["manifest"], version=said["version"],
    )  # fmt: skip


def desk_tabs(request: HttpRequest, here: str) -> list[tuple[str, str, bool]]:
    """The pages of the desk for notices."""
    pages = [
        ("waiting", _("Notices"), "desk-notices"),
        ("misuse", _("Misuse"), "desk-misuse"),
        ("green", _("Environmental claims"), "desk-green"),
        ("grounds", _("Kinds"), "desk-notices-grounds"),
        ("figures", _("Figures of the year"), "desk-notices-figures"),
    ]
    return [(label, reverse(url_name), code == here) for code, label, url_name in pages]
