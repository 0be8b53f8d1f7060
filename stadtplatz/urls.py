"""Every domain's addresses. German pages live at the root, English ones below /en/; machines are addressed without language."""

from importlib import import_module
from importlib.util import find_spec

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from stadtplatz.domains import DOMAINS
from stadtplatz.kit import rest


def _patterns(name: str) -> list:
    """Collect the list called `name` from each domain's urls.py."""
    found: list = []
    for domain in DOMAINS:
        module = f"stadtplatz.{domain}.urls"
        if find_spec(module):
            found += getattr(import_module(module), name, [])
    return found


# `machine_urls`: health, secret links, tiles, JSON, files. `urlpatterns`: pages for people, in both languages.
urlpatterns = [
    *_patterns("machine_urls"),
    path("api/v1/", rest.build().urls),
    *i18n_patterns(
        path("konto/", include("allauth.urls")),
        *_patterns("urlpatterns"),
        prefix_default_language=False,
    ),
]

handler403 = "stadtplatz.kit.errors.forbidden"
handler404 = "stadtplatz.kit.errors.not_found"
handler500 = "stadtplatz.kit.errors.broken"
handler400 = "stadtplatz.kit.errors.bad_request"
