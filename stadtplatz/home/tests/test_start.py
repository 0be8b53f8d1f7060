"""The start page and the frame around every page."""

import pytest

from stadtplatz.home.context import Navigation
from stadtplatz.kit.identity import forget, set_identity

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _town():
    yield
    forget()


@pytest.mark.parametrize("path", ["/", "/en/", "/stil/", "/fuer-betriebe/", "/finden/", "/meine/"])
def test_the_square_opens_for_everybody_without_a_session(client, path, django_assert_max_num_queries):
    with django_assert_max_num_queries(10):
        response = client.get(path)
    assert response.status_code == 200
    assert "sessionid" not in response.cookies


def test_the_start_page_sets_no_cookie_at_all(client):
    assert not client.get("/").cookies


def test_every_page_offers_the_skip_link_and_the_other_language(client):
    page = client.get("/finden/").content.decode()
    assert '<a class="skip-link" href="#main">' in page
    assert 'href="/en/finden/"' in page
    assert 'lang="de"' in page


def test_no_page_carries_inline_style_or_script(client):
    for path in ("/", "/stil/", "/finden/"):
        page = client.get(path).content.decode()
        assert " style=" not in page
        assert "<style" not in page
        assert "onclick" not in page
        assert all("src=" in tag for tag in page.split("<script")[1:])


def test_a_secret_that_opens_nothing_is_not_found(client):
    assert client.get("/v/nichts-dahinter/").status_code == 404


def test_the_citys_colours_come_as_a_stylesheet(client):
    answer = client.get("/stadt.css?v=1")
    assert answer["Content-Type"].startswith("text/css")
    assert b"--city-primary:#" in answer.content
    assert "immutable" in answer["Cache-Control"]


def test_the_mark_wears_the_citys_colours_everywhere(client):
    set_identity({"slug": "m", "name": "Musterstadt", "long_name": "Musterstadt", "colours": {"primary": "#7a1f4d"}})
    page = client.get("/").content.decode()
    told = client.get("/stadt.webmanifest").json()
    assert '<link rel="manifest" href="/stadt.webmanifest">' in page
    assert (told["name"], told["theme_color"]) == ("Stadtplatz Musterstadt", "#7a1f4d")
    assert "#7a1f4d" in client.get("/stadt.svg").content.decode()
    for icon in told["icons"]:
        assert client.get(icon["src"])["Content-Type"] == icon["type"]
    assert client.get("/favicon.ico").content.startswith(b"\0\0\1\0")
    assert client.get("/stadt-9999.png").status_code == 404


def test_the_desk_is_closed_for_strangers(client):
    answer = client.get("/desk/")
    assert answer.status_code == 302
    assert "/konto/login/" in answer["Location"]


def test_only_the_nearest_entry_is_marked_as_where_one_is(rf):
    request = rf.get("/fuer-betriebe/")
    items = Navigation(request).square
    assert [item.url for item in items if item.current] == ["/fuer-betriebe/"]


def test_the_foot_of_english_pages_speaks_english(client):
    set_identity({"slug": "m", "name": "M", "demo_notice": "Alles erfunden.", "demo_notice_en": "All invented."})
    english, german = (client.get(path).content.decode() for path in ("/en/finden/", "/finden/"))
    assert "All invented." in english
    assert "Alles erfunden." not in english
    assert "Alles erfunden." in german
