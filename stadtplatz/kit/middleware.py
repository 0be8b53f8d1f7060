"""What happens around every request: an id for the logs, security headers, refusals turned into pages."""

import re
import secrets

from django.conf import settings
from django.http import Http404

from stadtplatz.kit import errors, logs
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


class SecurityHeaders:
    """A strict content security policy and a short permissions policy on every answer."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", CONTENT_SECURITY_POLICY)
        response.headers.setdefault(
            "Permissions-Policy", "camera=(self), geolocation=(self), microphone=(), payment=()"
        )
        return response


class ErrorPages:
    """An ActionRefused that no view caught becomes a page with its message and its status."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        if isinstance(exception, ActionRefused):
            return errors.refused(request, exception)
        if isinstance(exception, Http404) and settings.DEBUG:
            return None
        return None
