"""A bare Django view that answers the bytes it was given: the yardstick for cached pages."""

import os
from pathlib import Path

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse
from django.urls import path

BYTES = Path(os.environ["BARE_PAGE"]).read_bytes()


def page(request):
    return HttpResponse(BYTES)


urlpatterns = [path("", page)]
settings.configure(ROOT_URLCONF=__name__, ALLOWED_HOSTS=["*"], SECRET_KEY="only-for-measuring", MIDDLEWARE=[])
application = get_wsgi_application()
