"""What a device without an account has marked: ids in one signed cookie, set by the visitor's own click alone, nothing on the server.

Strictly necessary for what was asked for (§ 25 (2) Nr. 2 TDDDG); it holds no name of anybody and is read for nothing else.
"""

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from stadtplatz.catalogue.queries.favourites import Mark

COOKIE = "marked"
SALT = "catalogue.marked"
MOST = 60
DAYS = 180
_LETTERS = {"o": "offer", "s": "shop"}


def marks_in(request: HttpRequest) -> list[Mark]:
    """What is marked on this device, newest first; nothing when the cookie was tampered with or is too old."""
    try:
        kept = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=DAYS * 86400)
    except signing.BadSignature:
        return []
    return [(_LETTERS[sign[0]], int(sign[1:])) for sign in kept]


def write(response: HttpResponse, marks: list[Mark]) -> None:
    """The device remembers these, the newest MOST of them; without any the cookie goes."""
    if not marks:
        response.delete_cookie(COOKIE, samesite="Lax")
        return
    response.set_cookie(
        COOKIE,
        signing.dumps([f"{what[0]}{pk}" for what, pk in marks[:MOST]], salt=SALT),
        max_age=DAYS * 86400,
        httponly=True,
        samesite="Lax",
        secure=settings.HTTPS,
    )
