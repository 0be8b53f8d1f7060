"""Small questions to a web request: who is calling, through which proxy, from which page, and where to go back to."""

from collections.abc import Callable
from functools import wraps
from ipaddress import IPv6Address, ip_address, ip_network
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt

from stadtplatz.kit.refusals import NotAllowed

View = Callable[..., HttpResponse]
UNKNOWN_IP = "0.0.0.0"  # noqa: S104 - stands for a visitor without address; nothing is bound to it


def client_ip(request: HttpRequest) -> str:
    """The address of the visitor. X-Forwarded-For is believed only from STADTPLATZ_TRUSTED_PROXIES.

    The list is read from the right: the first address that is not one of our proxies is the visitor, whatever a visitor
    wrote further left. A malformed entry ends the reading. UNKNOWN_IP when nothing is known (a unix socket without header).
    An IPv4 address that a socket for both kinds spells as IPv6 (`::ffff:203.0.113.7`) is given as what it is.
    """
    if (known := getattr(request, "_client_ip", None)) is not None:
        return known
    address = _plain(request.META.get("REMOTE_ADDR", ""))
    if is_trusted_proxy(address):
        for entry in reversed(request.headers.get("X-Forwarded-For", "").split(",")):
            if not (entry := _plain(entry.strip())) or not _is_address(entry):
                break
            address = entry
            if not is_trusted_proxy(entry):
                break
    return address if _is_address(address) else UNKNOWN_IP


def is_trusted_proxy(address: str) -> bool:
    """Whether this peer is one of our reverse proxies: an address, a network such as `10.0.0.0/8`, or `unix` for a socket."""
    if not address or address == "unix":
        return "unix" in settings.TRUSTED_PROXIES
    if not _is_address(address):
        return False
    return any(
        ip_address(_plain(address)) in ip_network(net, strict=False)
        for net in settings.TRUSTED_PROXIES
        if net != "unix"
    )


def permissions(*, camera: bool = False) -> str:
    """What scripts of a page may ask the device for: the position; the camera only where something is scanned."""
    return f"camera=({'self' if camera else ''}), geolocation=(self), microphone=(), payment=()"


def with_camera(response: HttpResponse) -> HttpResponse:
    """This page may ask for the camera; no other page may."""
    response["Permissions-Policy"] = permissions(camera=True)
    return response


def is_htmx(request: HttpRequest) -> bool:
    """Whether htmx asks for a fragment (not for a whole page in a boosted link or from its history).

    A view that answers both ways must send `Vary: HX-Request`; the middleware of this package does it on every page.
    """
    headers = request.headers
    return (
        headers.get("HX-Request") == "true"
        and headers.get("HX-Boosted") != "true"
        and headers.get("HX-History-Restore-Request") != "true"
        and headers.get("HX-Request-Type") != "full"
    )


def back_to(request: HttpRequest, default: str, *args: object) -> str:
    """The address in `next` if it leads to this site, else the default (a path or a url name with its arguments)."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    if wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None):
        return wanted
    return resolve_url(default, *args)


def redirect_back(request: HttpRequest, default: str, *args: object) -> HttpResponse:
    """After a POST: 303 to where the visitor came from (`next`) or to the default; htmx is told to load that page."""
    return go_to(request, back_to(request, default, *args))


def go_to(request: HttpRequest, to: str, *args: object) -> HttpResponse:
    """Send the visitor to a page: 303 for browsers, `HX-Redirect` for htmx."""
    address = resolve_url(to, *args)
    if is_htmx(request):
        return HttpResponse(headers={"HX-Redirect": address})
    response = HttpResponseRedirect(address)
    response.status_code = 303
    return response


def same_origin(request: HttpRequest) -> bool:
    """Whether the browser says that one of our own pages sent this request.

    `Sec-Fetch-Site` decides where it is sent (scripts cannot forge it); else `Origin` must be this site. With neither the
    answer is no. See docs/decisions/0004-posts-from-cached-pages.md.
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    origin = request.headers.get("Origin", "")
    return origin in {f"{request.scheme}://{request.get_host()}", *map(_origin, settings.CSRF_TRUSTED_ORIGINS)}


def same_origin_required(view: View) -> View:
    """For simple anonymous POSTs from pages that are cached and so cannot carry a token per visitor (add to basket).

    Replaces the CSRF token by `same_origin`; reading requests pass. Not for actions of signed-in people.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if request.method not in {"GET", "HEAD", "OPTIONS"} and not same_origin(request):
            raise NotAllowed(
                _("This request did not come from a page of this site. Please go back and try again."),
                code="foreign-origin",
            )
        return view(request, *args, **kwargs)

    return csrf_exempt(guarded)


def _origin(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


def household(who: str) -> str:
    """Whom a limit counts: an IPv6 address by its /64, which one household has, anything else as it is, in lower case."""
    try:
        return str(ip_network((IPv6Address(_plain(who)), 64), strict=False))
    except ValueError:
        return _plain(who.strip().lower())


def _plain(address: str) -> str:
    """The IPv4 address behind an IPv6 one that only wraps it; anything else as it is."""
    try:
        return str(IPv6Address(address).ipv4_mapped or address)
    except ValueError:
        return address


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True
