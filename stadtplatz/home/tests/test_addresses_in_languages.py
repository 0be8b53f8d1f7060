"""The address of a page in another language, found without looking through all addresses."""

import pytest
from django.test import RequestFactory
from django.urls import Resolver404, resolve, translate_url
from django.utils import translation

from stadtplatz.kit.languages import address_in

PATHS = (
    "/",
    "/en/",
    "/anliegen/neu/",
    "/uk/anliegen/neu/?schritt=2&q=%C3%A4",
    "/de-simple/anliegen/neu/",
    "/en/einkaufen/?q=Br%C3%B6tchen",
    "/konto/login/?next=/en/",
    "/healthz",
    "/v/abc/",
    "/en/gibt/es/nicht/",
)


@pytest.mark.parametrize("path", PATHS)
def test_it_is_the_address_that_the_table_of_addresses_gives(path):
    request = RequestFactory().get(path)
    with translation.override(translation.get_language_from_path(request.path_info) or "de"):
        try:
            request.resolver_match = resolve(request.path_info)
        except Resolver404:
            request.resolver_match = None
        for code in ("de", "de-simple", "en", "uk"):
            assert address_in(request, code) == translate_url(request.get_full_path(), code)
