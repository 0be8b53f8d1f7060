"""A key by which this browser counts once when it joins reports; set only when somebody does, and told to nobody."""

from __future__ import annotations

import re

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from stadtplatz.kit.codes import new_secret

COOKIE = "joined"
DAYS = 180
_KEY = re.compile(r"[A-Za-z0-9_\-]{22}")


def key_of(request: HttpRequest) -> str:
    """The key of this browser, or a new one."""
    known = request.COOKIES.get(COOKIE, "")
    return known if _KEY.fullmatch(known) else new_secret()


def keep(response: HttpResponse, key: str) -> None:
    """Let the browser keep its key."""
    response.set_cookie(
        COOKIE, key, max_age=DAYS * 86400, httponly=True, samesite="Lax", secure=settings.HTTPS, path="/anliegen/"
    )
