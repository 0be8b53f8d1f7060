"""Telling people on the next page what became of what they pressed."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
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
