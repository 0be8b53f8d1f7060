"""The living style page: each part in all its states, readable for everybody on every screen, and a map that opens on demand."""


def test_every_part_can_be_read_on_the_smallest_screen_with_doubled_text(visitor):
    """Its other views are among those of all pages, see test_pages.py."""
    visitor(width=320, text=200).visit("/stil/")


def test_the_maps_code_is_only_fetched_when_somebody_opens_the_map(visitor):
    somebody = visitor(width=1280)
    asked: list[str] = []
    somebody.page.on("request", lambda request: asked.append(request.url))
    page = somebody.visit("/stil/", check=False)
    assert not [url for url in asked if "leaflet" in url or "pmtiles" in url]
    page.get_by_role("button", name="Karte öffnen").click()
    page.locator(".map__panel canvas").first.wait_for(state="attached")
    assert [url for url in asked if "leaflet" in url]
    assert page.locator(".map-pin").count() == 3
    assert "OpenStreetMap" in page.locator(".leaflet-control-attribution").inner_text()
    somebody.check()


def test_without_scripts_the_menu_and_the_list_beside_the_map_are_there(visitor):
    page = visitor(width=360, javascript=False).visit("/stil/", check=False)
    assert page.locator(".map__list li").count() == 3
    assert page.locator(".site-nav").is_visible() or page.locator(".site-nav").count() == 0
