"""Errands a device was asked to remember: their secrets in one signed cookie of our own, nothing on the server."""

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

COOKIE = "errands"
SALT = "home.device"
MOST = 20
DAYS = 180


def remembered(request: HttpRequest) -> list[str]:
    """The secrets kept on this device, newest first; none when the cookie was tampered with or is too old."""
    try:
        return signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=DAYS * 86400)
    except signing.BadSignature:
        return []


def remember(request: HttpRequest, response: HttpResponse, secret: str) -> None:
    """Keep this secret in front of the others; only called when the person asked for it."""
    _write(response, [secret, *(other for other in remembered(request) if other != secret)][:MOST])


def forget(request: HttpRequest, response: HttpResponse, secret: str = "") -> None:
    """Forget this secret, or all of them; with the last one the cookie goes, too."""
    left = [other for other in remembered(request) if secret and other != secret]
    if left:
        _write(response, left)
    else:
        response.delete_cookie(COOKIE, samesite="Lax")


def _write(response: HttpResponse, kept: list[str]) -> None:
    response.set_cookie(
        COOKIE,
        signing.dumps(kept, salt=SALT),
        max_age=DAYS * 86400,
        httponly=True,
        samesite="Lax",
        secure=settings.HTTPS,
    )
