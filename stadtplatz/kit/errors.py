"""Error pages in the town's words: what happened, what was kept, what to do next."""

from django.http import HttpResponse
from django.shortcuts import render
from django.template import loader

from stadtplatz.kit.refusals import ActionRefused, TooOften


def refused(request, refusal: ActionRefused):
    """A refusal as a page. 429 says when to try again."""
    response = render(
        request,
        f"kit/errors/{'429' if isinstance(refusal, TooOften) else 'refused'}.html",
        {"refusal": refusal},
        status=refusal.status,
    )
    if isinstance(refusal, TooOften):
        response["Retry-After"] = str(refusal.retry_after)
    return response


def bad_request(request, exception=None):
    return render(request, "kit/errors/400.html", status=400)


def forbidden(request, exception=None):
    return render(request, "kit/errors/403.html", status=403)


def csrf_failed(request, reason=""):
    return render(request, "kit/errors/403.html", {"csrf": True}, status=403)


def not_found(request, exception=None):
    return render(request, "kit/errors/404.html", status=404)


def broken(request):
    """500: drawn without context processors, because the database itself may be what broke."""
    return _bare("500", request)


def maintenance(request):
    """503 while the house is being worked on; needs neither database nor session."""
    response = _bare("503", request)
    response["Retry-After"] = "900"
    response["Cache-Control"] = "no-store"
    return response


def _bare(status: str, request) -> HttpResponse:
    page = loader.render_to_string(f"kit/errors/{status}.html", {"request_id": getattr(request, "id", "")})
    return HttpResponse(page, status=int(status))
