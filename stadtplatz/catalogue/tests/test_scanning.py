"""The barcode is scanned by the shop's own browser; the page says what it may ask the device for."""

import pytest

from stadtplatz.catalogue.tests.test_products import GTIN, QUICK
from stadtplatz.shops.tests.test_pages import signed_in
from tests.support.barcodes import gtin_of, modules


def test_only_the_page_with_the_scanner_may_ask_for_the_camera(bakery, erna):
    browser = signed_in(erna)
    assert browser.get(QUICK)["Permissions-Policy"].startswith("camera=(self),")
    for path in ("/", "/laden/baeckerei-musterkorn/angebote/", "/laden/baeckerei-musterkorn/angebote/neu/"):
        assert browser.get(path)["Permissions-Policy"].startswith("camera=(),")


def test_the_scanner_stands_where_a_barcode_is_asked_and_is_hidden_without_scripts(bakery, erna):
    browser = signed_in(erna)
    page = browser.get(QUICK).content.decode()
    assert '<div class="scan" data-scan hidden' in page
    assert "unsafe" not in browser.get(QUICK)["Content-Security-Policy"]
    assert "data-scan" not in browser.get(f"{QUICK}?gtin={GTIN}").content.decode()


@pytest.mark.parametrize(
    ("digits", "length", "beginning"),
    [("400638133393", 95, "1010001101"), ("03600029145", 95, "1010001101"), ("4012345", 67, "1010100011")],
)
def test_the_pictures_of_the_tests_are_barcodes(digits, length, beginning):
    bars = modules(gtin_of(digits))
    assert (len(bars), bars[:10], bars[-3:]) == (length, beginning, "101")
