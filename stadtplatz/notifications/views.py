"""Pages about messages: stopping them, reading them, choosing them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from stadtplatz.notifications import actions, queries


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """GET asks, POST stops (RFC 8058: mail programs post without cookies). Holding the token is the permission.

    An unknown token gets the same answer as a known one after POST, so that nothing can be learned by trying.
    """
    page = queries.unsubscribe_page(token)
    done = request.method == "POST"
    if done and page.stoppable:
        actions.stop(address=page.address, kind=page.kind.code)
    return render(request, "notifications/unsubscribe.html", {"page": page, "done": done})
