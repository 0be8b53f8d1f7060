"""A few pages to try the middleware on."""

from django.http import HttpResponse, StreamingHttpResponse
from django.middleware.csrf import get_token
from django.urls import path

from stadtplatz.kit.pagecache import cached_page
from stadtplatz.kit.refusals import ActionRefused, NotAllowed, TooOften
from stadtplatz.urls import urlpatterns as town

drawn: list[str] = []


@cached_page(seconds=30)
def square(request):
    drawn.append(request.get_full_path())
    return HttpResponse(f"square {len(drawn)}")


@cached_page(seconds=30)
def with_token(request):
    drawn.append("token")
    return HttpResponse(get_token(request))


@cached_page(seconds=30)
def greeting(request):
    drawn.append("greeting")
    request.session["seen"] = True
    return HttpResponse("hello")


@cached_page(seconds=30)
def missing(request):
    drawn.append("missing")
    return HttpResponse(status=404)


@cached_page(seconds=30)
def stream(request):
    drawn.append("stream")
    return StreamingHttpResponse([b"a"])


def plain(request):
    drawn.append("plain")
    return HttpResponse("plain")


def refuse(request, how):
    raise {
        "refused": ActionRefused("Sold out."),
        "forbidden": NotAllowed("Not yours."),
        "often": TooOften("Slowly.", retry_after=7),
        "broken": RuntimeError("erika@example.org broke it"),
    }[how]


urlpatterns = [
    path("square/", square),
    path("token/", with_token),
    path("greeting/", greeting),
    path("missing/", missing),
    path("stream/", stream),
    path("plain/", plain),
    path("refuse/<how>/", refuse),
    *town,
]
handler500 = "stadtplatz.kit.errors.broken"
