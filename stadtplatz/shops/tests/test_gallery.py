"""A shop shows pictures in its own order and says on which markets it stands; nobody else changes that."""

from datetime import time
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from stadtplatz.kit import media
from stadtplatz.kit.refusals import ActionRefused, NotAllowed
from stadtplatz.kit.uploads import AcceptedImage
from stadtplatz.shops import actions
from stadtplatz.shops.actions import gallery
from stadtplatz.shops.models import Membership, ShopPicture, StallTime
from stadtplatz.shops.tests.builders import owner, shop, worker

pytestmark = pytest.mark.usefixtures("town")


def jpeg(side: int = 64) -> bytes:
    out = BytesIO()
    Image.effect_noise((side, side), 60).convert("RGB").save(out, "JPEG", quality=95)
    return out.getvalue()


IMAGE = AcceptedImage(jpeg=jpeg(), small=jpeg(side=32), width=64, height=64)


@pytest.fixture
def bakery(town, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return shop()


def add(bakery, by, *words: str) -> list[ShopPicture]:
    return [actions.add_picture(shop=bakery, image=IMAGE, alt=word, by=by) for word in words]


def order(bakery) -> list[str]:
    return list(bakery.pictures.values_list("alt", flat=True))


def test_pictures_stand_in_the_order_the_shop_gives_them(bakery):
    erna = owner(bakery)
    _first, second, third = add(bakery, erna, "Theke", "Ofen", "Tür")
    actions.move_picture(picture=third, up=True, by=erna)
    assert order(bakery) == ["Theke", "Tür", "Ofen"]
    actions.move_picture(picture=second, up=False, by=erna)
    assert order(bakery) == ["Theke", "Tür", "Ofen"]
    actions.describe_picture(picture=third, alt="Die Tür von außen", by=erna)
    assert order(bakery)[1] == "Die Tür von außen"


def test_a_removed_picture_leaves_no_file(bakery, django_capture_on_commit_callbacks):
    erna = owner(bakery)
    (row,) = add(bakery, erna, "Theke")
    with django_capture_on_commit_callbacks(execute=True):
        actions.remove_picture(picture=row, by=erna)
    assert not ShopPicture.objects.exists()
    with pytest.raises(FileNotFoundError):
        media.read(row.picture)


def test_without_words_or_beyond_the_most_nothing_is_added(bakery):
    erna = owner(bakery)
    with pytest.raises(ActionRefused):
        add(bakery, erna, " ")
    add(bakery, erna, *[f"Bild {number}" for number in range(gallery.MOST_PICTURES)])
    with pytest.raises(ActionRefused):
        add(bakery, erna, "Noch eins")
    assert bakery.pictures.count() == gallery.MOST_PICTURES


def test_only_owner_and_staff_change_what_the_shop_shows(bakery):
    erna = owner(bakery)
    (row,) = add(bakery, erna, "Theke")
    stall = actions.add_stall_time(shop=bakery, weekday=5, begins=time(7), ends=time(12), where="Marktplatz", by=erna)
    packer, other = worker(bakery, Membership.PACKER, "pia"), owner(shop("Käse Beispiel"), "otto")
    for by in (packer, other):
        for refused in (
            lambda by=by: add(bakery, by, "Neu"),
            lambda by=by: actions.describe_picture(picture=row, alt="Neu", by=by),
            lambda by=by: actions.move_picture(picture=row, up=True, by=by),
            lambda by=by: actions.remove_picture(picture=row, by=by),
            lambda by=by: actions.remove_stall_time(stall_time=stall, by=by),
            lambda by=by: actions.add_stall_time(
                shop=bakery, weekday=1, begins=time(7), ends=time(8), where="Hier", by=by
            ),
        ):
            with pytest.raises(NotAllowed):
                refused()
    assert order(bakery) == ["Theke"]
    assert StallTime.objects.count() == 1


@pytest.mark.parametrize("change", [{"ends": time(6)}, {"where": " "}])
def test_a_market_day_needs_a_place_and_ends_after_it_begins(bakery, change):
    said = {"weekday": 5, "begins": time(7), "ends": time(12), "where": "Marktplatz", **change}
    with pytest.raises(ActionRefused):
        actions.add_stall_time(shop=bakery, by=owner(bakery), **said)
    assert not StallTime.objects.exists()


def test_everybody_sees_pictures_with_words_and_sizes_and_the_market_days(client, bakery):
    erna = owner(bakery)
    add(bakery, erna, "Unsere Theke")
    actions.add_stall_time(
        shop=bakery, weekday=5, begins=time(7), ends=time(12, 30), where="Wochenmarkt, Marktplatz", by=erna
    )
    text = client.get(f"/geschaefte/{bakery.slug}/").text
    assert 'alt="Unsere Theke"' in text
    assert "1920w" in text
    assert 'loading="lazy"' in text
    assert "Samstag, 07:00–12:30" in text
    assert 'href="geo:48.595,8.87' in text


def test_a_shop_without_pictures_or_market_days_says_nothing_of_them(client, bakery):
    text = client.get(f"/geschaefte/{bakery.slug}/").text
    assert 'id="s-pictures"' not in text
    assert 'id="s-market"' not in text


def test_the_owner_adds_moves_and_removes_by_forms(client, bakery):
    owner(bakery)
    client.force_login(bakery.memberships.get().person)
    address = f"/laden/{bakery.slug}/bilder/"
    for word in ("Theke", "Ofen"):
        client.post(address, {"image": SimpleUploadedFile("a.jpg", jpeg(), "image/jpeg"), "alt": word})
    rows = list(bakery.pictures.all())
    client.post(f"{address}{rows[1].pk}/", {"do": "up", "alt": "Ofen"})
    assert order(bakery) == ["Ofen", "Theke"]
    client.post(f"{address}{rows[0].pk}/", {"do": "remove"})
    client.post(f"{address}{rows[1].pk}/", {"alt": "Der Ofen"})
    assert order(bakery) == ["Der Ofen"]
    assert "Bitte" in client.post(address, {"alt": ""}).text
    days = f"/laden/{bakery.slug}/markttage/"
    client.post(days, {"where": "Marktplatz", "weekday": "5", "begins": "07:00", "ends": "12:00"})
    assert client.post(days, {"where": "M", "weekday": "5", "begins": "09:00", "ends": "08:00"}).status_code == 200
    row = StallTime.objects.get()
    client.post(f"{days}{row.pk}/weg/")
    assert not StallTime.objects.exists()


def test_who_gets_to_the_pages_of_pictures_and_market_days(client, bakery):
    owner(bakery)
    worker(bakery, Membership.PACKER, "pia")
    cheese = shop("Käse Beispiel")
    owner(cheese, "otto")
    people = {"erna": 200, "pia": 404, "otto": 404}
    for page in ("bilder", "markttage"):
        client.logout()
        assert client.get(f"/laden/{bakery.slug}/{page}/").status_code == 302
        for name, wanted in people.items():
            client.force_login(Membership.objects.get(person__email=f"{name}@example.org").person)
            assert client.get(f"/laden/{bakery.slug}/{page}/").status_code == wanted, (page, name)


def test_the_page_of_a_shop_asks_the_same_for_one_picture_and_for_eight(client, bakery, django_assert_max_num_queries):
    erna = owner(bakery)
    address = f"/geschaefte/{bakery.slug}/"
    add(bakery, erna, "Theke")
    client.get(address)
    with django_assert_max_num_queries(12):
        client.get(address)
    add(bakery, erna, *[f"Bild {number}" for number in range(7)])
    with django_assert_max_num_queries(12):
        assert client.get(address).status_code == 200
