"""Search engines find what is public and answered for, and nothing else."""

import re
from datetime import UTC, datetime

import pytest

from stadtplatz.catalogue.tests.builders import offer
from stadtplatz.home import sitemap
from stadtplatz.kit.identity import forget, set_identity
from stadtplatz.shops.models import Shop
from stadtplatz.shops.tests.builders import owner, place, shop


@pytest.fixture
def town(db):
    set_identity({"slug": "musterstadt", "name": "Musterstadt", "long_name": "Musterstadt", "land": "BW"})
    yield
    forget()


@pytest.fixture
def bakery(town) -> Shop:
    return shop()


def files(client) -> list[str]:
    return re.findall(r"<loc>https?://[^/]+([^<]+)</loc>", client.get("/sitemap.xml").text)


def everything(client) -> dict[str, str]:
    """Path -> when it changed, of all files."""
    found = {}
    for path in files(client):
        rows = re.findall(
            r"<url><loc>https?://[^/]+([^<]*)</loc>(?:<lastmod>([^<]+)</lastmod>)?</url>", client.get(path).text
        )
        found |= dict(rows)
    return found


def test_the_sitemap_names_shops_offers_and_categories_and_when_they_changed(client, bakery):
    at = datetime(2026, 11, 2, 9, tzinfo=UTC)
    loaf = offer(bakery, owner(bakery), at=at)
    found = everything(client)
    assert found[loaf.get_absolute_url()].startswith("2026-11-02T10:00")
    assert {bakery.get_absolute_url(), "/", "/geschaefte/"} <= set(found)
    assert any(path.startswith("/einkaufen/") for path in found)
    assert all(client.get(path).status_code == 200 for path in found)


def test_what_is_not_public_is_not_in_it(client, bakery):
    erna = owner(bakery)
    draft, entry = offer(bakery, erna, published=False), place()
    hidden = shop("Käse Beispiel", standing=Shop.SUSPENDED)
    shown = offer(bakery, erna)
    found = everything(client)
    assert shown.get_absolute_url() in found
    assert not {draft.get_absolute_url(), f"/orte/{entry.pk}/", hidden.get_absolute_url()} & set(found)


def test_a_long_section_is_cut_into_files_and_none_is_lost(bakery):
    erna = owner(bakery)
    made = {offer(bakery, erna, title=f"Brot {number}").get_absolute_url() for number in range(5)}
    slices = [number for code, number in sitemap.index(2) if code == "angebote"]
    assert slices == [1, 2, 3]
    found = [line.path for number in slices for line in sitemap.lines("angebote", number, 2)]
    assert set(found) == made
    assert len(found) == len(made)


@pytest.mark.parametrize("path", ["/sitemap-angebote-2.xml", "/sitemap-angebote-0.xml", "/sitemap-nirgends-1.xml"])
def test_files_that_are_not_there_are_not_found(client, bakery, path):
    assert client.get(path).status_code == 404


def test_a_town_without_shops_tells_of_none(client, bakery):
    set_identity({"slug": "m", "name": "M", "land": "BW", "switched_off": ["shops", "catalogue"]})
    assert not [path for path in files(client) if "geschaefte" in path or "angebote" in path]


def test_robots_are_shown_the_way_and_kept_from_what_is_somebodys_own(client, town):
    text = client.get("/robots.txt").text
    assert "/sitemap.xml" in text
    assert "Disallow: /laden/" in text
    assert "Disallow: /en/konto/" in text
    assert "Disallow: /\n" not in text


def test_a_demo_is_looked_at_by_nobody(client, town, settings):
    settings.DEMO = True
    assert "Disallow: /\n" in client.get("/robots.txt").text


def test_the_sitemap_asks_the_same_for_one_offer_and_for_thirty(client, bakery, django_assert_max_num_queries):
    erna = owner(bakery)
    offer(bakery, erna)
    for path in ("/sitemap.xml", "/sitemap-angebote-1.xml", "/sitemap-geschaefte-1.xml"):
        with django_assert_max_num_queries(12):
            client.get(path)
    for number in range(30):
        offer(bakery, erna, title=f"Brot {number}")
    for path in ("/sitemap.xml", "/sitemap-angebote-1.xml", "/sitemap-geschaefte-1.xml"):
        with django_assert_max_num_queries(12):
            assert client.get(path).status_code == 200
