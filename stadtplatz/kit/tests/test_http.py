"""Who is calling, through whom, from which page, and where to go back to."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from stadtplatz.kit import http, middleware
from stadtplatz.kit.refusals import NotAllowed

ask = RequestFactory()


@pytest.mark.parametrize(
    ("proxies", "peer", "forwarded", "client"),
    [
        ([], "192.0.2.7", "203.0.113.9", "192.0.2.7"),
        (["127.0.0.1"], "127.0.0.1", "203.0.113.9", "203.0.113.9"),
        (["127.0.0.1"], "127.0.0.1", "1.2.3.4, 203.0.113.9", "203.0.113.9"),
        (["127.0.0.1", "10.0.0.0/8"], "127.0.0.1", "1.2.3.4, 203.0.113.9, 10.1.2.3", "203.0.113.9"),
        (["127.0.0.1"], "127.0.0.1", "1.2.3.4, not-an-address", "127.0.0.1"),
        (["127.0.0.1"], "127.0.0.1", "", "127.0.0.1"),
        (["unix"], "", "2001:db8::7", "2001:db8::7"),
        ([], "", "2001:db8::7", http.UNKNOWN_IP),
        (["::1"], "::1", "203.0.113.9", "203.0.113.9"),
        ([], "::ffff:192.0.2.7", "203.0.113.9", "192.0.2.7"),
        (["10.0.0.0/8"], "::ffff:10.1.2.3", "::ffff:203.0.113.9", "203.0.113.9"),
        (["10.0.0.0/8"], "10.1.2.3", "203.0.113.9:4711", "10.1.2.3"),
    ],
)
def test_the_address_of_the_visitor_is_believed_only_from_our_proxies(settings, proxies, peer, forwarded, client):
    settings.TRUSTED_PROXIES = proxies
    request = ask.get("/", REMOTE_ADDR=peer, HTTP_X_FORWARDED_FOR=forwarded, HTTP_X_FORWARDED_PROTO="https")
    assert http.client_ip(request) == client
    middleware.Proxies(lambda request: HttpResponse())(request)
    assert http.client_ip(request) == request.META["REMOTE_ADDR"] == client
    assert request.is_secure() == bool(http.is_trusted_proxy(peer))
    assert "X-Forwarded-For" not in request.headers


def test_htmx_asks_for_a_fragment_only_when_it_wants_one():
    assert not http.is_htmx(ask.get("/"))
    assert http.is_htmx(ask.get("/", HTTP_HX_REQUEST="true"))
    for whole_page in ("HTTP_HX_BOOSTED", "HTTP_HX_HISTORY_RESTORE_REQUEST"):
        assert not http.is_htmx(ask.get("/", HTTP_HX_REQUEST="true", **{whole_page: "true"}))
    assert not http.is_htmx(ask.get("/", HTTP_HX_REQUEST="true", HTTP_HX_REQUEST_TYPE="full"))


@pytest.mark.parametrize(
    ("wanted", "leads_to"),
    [
        ("/warenkorb/?x=1", "/warenkorb/?x=1"),
        ("https://evil.example/", "/meine/"),
        ("//evil.example/", "/meine/"),
        ("/\\evil.example/", "/meine/"),
        ("javascript:alert(1)", "/meine/"),
        ("warenkorb", "/meine/"),
        ("", "/meine/"),
    ],
)
def test_nobody_is_sent_to_another_site(wanted, leads_to):
    assert http.back_to(ask.get("/", {"next": wanted}), "/meine/") == leads_to
    assert http.back_to(ask.post("/", {"next": wanted}), "/meine/") == leads_to


def test_after_a_post_browsers_get_303_and_htmx_its_header():
    assert (http.go_to(ask.post("/"), "/meine/").status_code, http.go_to(ask.post("/"), "/meine/")["Location"]) == (
        303,
        "/meine/",
    )
    assert http.go_to(ask.post("/", HTTP_HX_REQUEST="true"), "/meine/")["HX-Redirect"] == "/meine/"


@pytest.mark.parametrize(
    ("headers", "ours"),
    [
        ({"HTTP_SEC_FETCH_SITE": "same-origin"}, True),
        ({"HTTP_SEC_FETCH_SITE": "cross-site"}, False),
        ({"HTTP_SEC_FETCH_SITE": "same-site"}, False),
        ({"HTTP_SEC_FETCH_SITE": "none"}, False),
        ({"HTTP_SEC_FETCH_SITE": "cross-site", "HTTP_ORIGIN": "http://testserver"}, False),
        ({"HTTP_ORIGIN": "http://testserver"}, True),
        ({"HTTP_ORIGIN": "http://testserver.evil.example"}, False),
        ({"HTTP_ORIGIN": "null"}, False),
        ({}, False),
    ],
)
def test_a_post_from_a_cached_page_must_come_from_our_own_pages(headers, ours):
    done = []
    view = http.same_origin_required(lambda request: done.append(1) or HttpResponse())
    assert view.csrf_exempt
    view(ask.get("/"))
    if ours:
        view(ask.post("/", **headers))
    else:
        with pytest.raises(NotAllowed):
            view(ask.post("/", **headers))
    assert len(done) == (2 if ours else 1)
