"""The basket's cookie: set when something is put in, strictly necessary, readable by nobody but this site."""

import re

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from stadtplatz.orders import rules
from stadtplatz.orders.models import Basket
from stadtplatz.orders.queries import basket_by_secret

NAME = "basket"
_SECRET = re.compile(r"[A-Za-z0-9_-]{22}")


def basket_of(request: HttpRequest) -> Basket | None:
    """The basket this browser has, if any. Asks the database only when there is a cookie that can be one."""
    secret = request.COOKIES.get(NAME, "")
    return basket_by_secret(secret) if _SECRET.fullmatch(secret) else None


def remember(response: HttpResponse, basket: Basket) -> HttpResponse:
    """Keep the way to the basket in this browser for 30 days."""
    response.set_cookie(
        NAME,
        basket.secret,
        max_age=rules.BASKET_KEPT,
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
    )
    return response


def forget(response: HttpResponse) -> HttpResponse:
    """The browser has no basket any more."""
    response.delete_cookie(NAME, samesite="Lax")
    return response
