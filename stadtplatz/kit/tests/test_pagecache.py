"""Pages for strangers are drawn once; whoever has a cookie, and every change, gets past the memory."""

import time

import pytest
from django.test import Client

from stadtplatz.kit import pagecache
from stadtplatz.kit.tests.pages import drawn

pytestmark = [pytest.mark.django_db, pytest.mark.urls("stadtplatz.kit.tests.pages")]


@pytest.fixture(autouse=True)
def empty_memory(settings, tmp_path):
    settings.PAGE_CACHE, settings.VAR = True, tmp_path
    pagecache._pages.clear()
    drawn.clear()


def test_strangers_share_one_drawing():
    first, second = Client().get("/square/"), Client().get("/square/")
    assert first.content == second.content == b"square 1"
    assert len(drawn) == 1
    for header in ("Content-Security-Policy", "X-Request-ID", "Content-Type", "ETag", "X-Content-Type-Options"):
        assert header in second.headers
    assert first["X-Request-ID"] != second["X-Request-ID"]


def test_a_browser_that_has_the_page_is_told_so():
    etag = Client().get("/square/")["ETag"]
    again = Client().get("/square/", headers={"if-none-match": etag})
    assert (again.status_code, again.content) == (304, b"")


def test_each_address_query_host_and_fragment_is_its_own_page():
    for ask in (
        {"path": "/square/"},
        {"path": "/square/", "data": {"q": "a"}},
        {"path": "/square/", "headers": {"host": "other.example"}},
        {"path": "/square/", "headers": {"hx-request": "true"}},
        {"path": "/square/", "secure": True},
    ):
        Client().get(**ask)
    assert len(drawn) == 5


@pytest.mark.parametrize("cookie", ["sessionid", "basket", "messages", "anything"])
def test_a_visitor_with_a_cookie_gets_an_own_drawing(cookie):
    Client().get("/square/")
    client = Client()
    client.cookies[cookie] = "x"
    client.get("/square/")
    client.get("/square/")
    assert len(drawn) == 3


def test_the_csrf_cookie_alone_does_not_matter():
    client = Client()
    client.cookies["csrftoken"] = "x" * 32
    client.get("/square/")
    client.get("/square/")
    assert len(drawn) == 1


@pytest.mark.parametrize("path", ["/token/", "/greeting/", "/missing/", "/stream/", "/plain/"])
def test_what_is_not_for_everybody_is_never_kept(path):
    Client().get(path)
    Client().get(path)
    assert len(drawn) == 2


def test_posts_and_heads_go_past_the_memory():
    Client().get("/square/")
    Client().head("/square/")
    Client().post("/square/")
    assert len(drawn) == 3


def test_a_change_drops_all_pages_after_commit(django_capture_on_commit_callbacks, settings):
    Client().get("/square/")
    with django_capture_on_commit_callbacks(execute=True):
        pagecache.changed()
        Client().get("/square/")
        assert len(drawn) == 1
    Client().get("/square/")
    assert len(drawn) == 2


def test_a_change_in_another_process_is_seen(settings):
    Client().get("/square/")
    (settings.VAR / "pages-changed").write_text("by another process")
    Client().get("/square/")
    assert len(drawn) == 2


def test_pages_grow_old(monkeypatch):
    Client().get("/square/")
    later = time.monotonic() + 31
    monkeypatch.setattr(time, "monotonic", lambda: later)
    Client().get("/square/")
    assert len(drawn) == 2


def test_the_memory_is_bounded(monkeypatch):
    monkeypatch.setattr(pagecache, "MAX_PAGES", 3)
    for number in range(6):
        Client().get("/square/", {"q": number})
    assert len(pagecache._pages) == 3


def test_a_hit_asks_no_database(django_assert_num_queries):
    Client().get("/square/")
    with django_assert_num_queries(0):
        Client().get("/square/")
