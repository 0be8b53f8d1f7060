"""Doing what somebody pressed or typed, and telling them what became of it."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest

from stadtplatz.kit.refusals import ActionRefused


def do_and_say(request: HttpRequest, act: Callable[[], object], said: str) -> None:
    """Do it; the next page says so, or why it was refused."""
    try:
        act()
    except ActionRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, said)


def saved(request: HttpRequest, form: BaseForm, act: Callable[[], object], said: str) -> bool:
    """Whether the form was sent and in order and the action done; then the next page says so. What was refused stands in the form,
    at the field that the refusal names, with all that was typed."""
    if not form.is_valid():
        return False
    try:
        act()
    except ActionRefused as refused:
        show(form, refused)
        return False
    messages.success(request, said)
    return True


def show(form: BaseForm, refused: ActionRefused) -> None:
    """The refusal stands at the field that it names, or above the form."""
    form.add_error(refused.code if refused.code in form.fields else None, str(refused))
