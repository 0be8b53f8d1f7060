"""Pictures of offers and shops: in the right size for each screen, with a place kept for them and a preview while they come."""

import re
from io import BytesIO

import pytest
from PIL import Image

from stadtplatz.catalogue import actions
from stadtplatz.catalogue.jobs import renew_pictures
from stadtplatz.catalogue.tests.builders import offer
from stadtplatz.kit.renditions import NO_PREVIEW
from stadtplatz.kit.uploads import accept_image
from stadtplatz.shops import actions as shop_actions
from stadtplatz.shops.jobs import renew_pictures as renew_shop_pictures

ADDRESSES = ["/", "/einkaufen/", "/einkaufen/alles/", "/suche/?q=brot", "/geschaefte/"]


@pytest.fixture(autouse=True)
def shelf(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def photo():
    out = BytesIO()
    Image.effect_noise((64, 48), 60).convert("RGB").save(out, "JPEG", quality=70)
    return accept_image(out)


@pytest.fixture
def loaf(bakery, erna, photo):
    loaf = actions.set_picture(offer=offer(bakery, erna), image=photo, by=erna)
    shop_actions.set_picture(shop=bakery, image=photo, by=erna)
    return loaf


def pictures(client, address: str) -> list[str]:
    answer = client.get(address)
    assert answer.status_code == 200
    return re.findall(r"<img [^>]*>", answer.content.decode().partition("<main")[2])


@pytest.mark.parametrize("of_what", ["offer", "shop"])
def test_the_head_of_a_page_comes_first_in_the_size_of_the_screen(client, loaf, of_what):
    thing = loaf if of_what == "offer" else loaf.shop
    preview, whole = pictures(client, thing.get_absolute_url())[:2]
    assert 'src="data:image/webp;base64,' in preview
    assert 'fetchpriority="high"' in whole
    assert "lazy" not in whole
    for width in (320, 640, 1280, 1920):
        assert f" {width}w" in whole


def test_a_card_waits_below_the_fold_and_the_first_of_a_list_does_not(client, bakery, erna, loaf, photo):
    actions.set_picture(offer=offer(bakery, erna, title="Roggenbrot"), image=photo, by=erna)
    whole = [picture for picture in pictures(client, "/einkaufen/alles/") if "offer-card__picture" in picture]
    assert ['loading="lazy"' in picture for picture in whole] == [False, True]
    assert ["fetchpriority" in picture for picture in whole] == [True, False]
    assert all(" 320w, " in picture and "sizes=" in picture for picture in whole)


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_picture_has_its_place_before_it_comes(client, loaf, address):
    found = pictures(client, address)
    assert found
    assert all(re.search(r' width="\d+" height="\d+"', picture) for picture in found)


def test_a_drawn_picture_needs_no_sizes_and_no_preview(client, bakery, erna):
    drawn = offer(bakery, erna)
    picture = pictures(client, drawn.get_absolute_url())[0]
    assert "srcset" not in picture
    assert "/catalogue/pictures/" in picture


def test_pictures_of_a_running_town_are_made_anew_by_themselves_and_once(loaf):
    shop = loaf.shop
    for row in (loaf, shop):
        type(row).objects.update(preview="")
    renew_pictures()
    renew_shop_pictures()
    for row in (loaf, shop):
        fresh = type(row).objects.get(pk=row.pk)
        assert fresh.preview_url.startswith("data:image/webp;base64,")
    type(loaf).objects.update(preview="", picture="public/aa/" + "0" * 32 + ".jpg")
    renew_pictures()
    loaf.refresh_from_db()
    assert (loaf.preview, loaf.preview_url) == (NO_PREVIEW, "")  # its file is gone: nobody tries again


def test_without_picture_the_preview_goes_too(loaf, erna):
    assert loaf.preview
    gone = actions.set_picture(offer=loaf, image=None, by=erna)
    assert (gone.picture, gone.picture_small, gone.preview) == ("", "", "")
