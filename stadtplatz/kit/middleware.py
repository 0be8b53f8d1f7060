"""What happens around every request: an id for the logs, security headers, refusals turned into pages."""

import re
import secrets

from django.conf import settings
from django.http import Http404, HttpResponse
from django.utils.cache import patch_vary_headers

from stadtplatz.kit import errors, http, logs
from stadtplatz.kit.kept import steady
from stadtplatz.kit.refusals import ActionRefused

CONTENT_SECURITY_POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data: blob:",
        "font-src 'self'",
        "connect-src 'self'",
        "worker-src 'self'",
        "manifest-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    ]
)


LARGEST = 2**63 - 1
"""What the databases can count to."""


class RequestId:
    """Give each request an id, taken from X-Request-ID if it is harmless, and send it back."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        given = request.headers.get("X-Request-ID", "")
        request.id = given if re.fullmatch(r"[A-Za-z0-9\-]{8,64}", given) else secrets.token_hex(8)
        token = logs.request_id.set(request.id)
        try:
            response = self.get_response(request)
        finally:
            logs.request_id.reset(token)
        response["X-Request-ID"] = request.id
        return response


class Proxies:
    """Behind a trusted proxy the visitor's address and scheme are the ones the proxy names; from anybody else they are ignored."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        trusted = http.is_trusted_proxy(request.META.get("REMOTE_ADDR", ""))
        request.META["REMOTE_ADDR"] = request._client_ip = http.client_ip(request)
        if trusted and request.headers.get("X-Forwarded-Proto") == "https":
            request.environ["wsgi.url_scheme"] = "https"
        for name in ("HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_PROTO", "HTTP_X_FORWARDED_HOST"):
            request.META.pop(name, None)
        request.__dict__.pop("headers", None)  # kept by Django once read, with what was just removed
        return self.get_response(request)


class SecurityHeaders:
    """A strict content security policy and a short permissions policy on every answer."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", CONTENT_SECURITY_POLICY)
        response.headers.setdefault("Permissions-Policy", http.permissions())
        if response.headers.get("Content-Type", "").startswith("text/html"):
            patch_vary_headers(response, ["HX-Request"])
        return response


class BodyLimit:
    """A request that announces more than MAX_REQUEST_BYTES is refused with 413 before a byte of it is read or kept."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        announced = request.META.get("CONTENT_LENGTH") or "0"
        if not announced.isdecimal() or len(announced) > 18 or int(announced) > settings.MAX_REQUEST_BYTES:
            return HttpResponse(status=413, headers={"Connection": "close"})
        return self.get_response(request)


class Maintenance:
    """While the file VAR/maintenance exists every page is 503; health is still told. Static files are answered before."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if (settings.VAR / "maintenance").exists() and request.path not in {"/healthz", "/readyz"}:
            return errors.maintenance(request)
        return self.get_response(request)


class ErrorPages:
    """An ActionRefused that no view caught becomes a page with its message and its status; a number in the address that no row of
    any database can have leads nowhere."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if any(isinstance(value, int) and value > LARGEST for value in kwargs.values()):
            raise Http404

    def process_exception(self, request, exception):
        if isinstance(exception, ActionRefused):
            return errors.refused(request, exception)
        return None


class SteadyReading:
    """A page that is only read asks once what has changed, for all that this process keeps; see `kit.kept`."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.method not in {"GET", "HEAD"}:
            return self.get_response(request)
        with steady():
            return self.get_response(request)
