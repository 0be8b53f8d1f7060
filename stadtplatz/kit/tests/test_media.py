"""Kept files: under names nobody guesses, shown only by whoever asked a rule."""

from base64 import b64decode
from io import BytesIO

import pytest
from django.http import Http404
from django.test import Client, RequestFactory
from PIL import Image

from stadtplatz.kit import media, renditions
from stadtplatz.kit.jobs import run_all


@pytest.fixture(autouse=True)
def shelf(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def body(response) -> bytes:
    return b"".join(response.streaming_content)


def test_a_private_picture_is_shown_without_any_power():
    path = media.save_private("Foto vom Rathaus.jpeg", b"picture")
    assert path.startswith("private/")
    assert "Rathaus" not in path
    response = media.serve(path, allowed=True)
    assert body(response) == b"picture" == media.read(path)
    assert response["Content-Type"] == "image/jpeg"
    assert response["Content-Disposition"].startswith("inline")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response["Cache-Control"].startswith("private")


def test_documents_are_downloaded_under_their_name():
    response = media.serve(media.save_private("x.pdf", b"%PDF"), allowed=True, name="Bescheid Müller.pdf")
    assert response["Content-Disposition"].startswith("attachment")
    assert "Bescheid%20M%C3%BCller.pdf" in response["Content-Disposition"]


def test_not_allowed_unknown_and_gone_look_the_same():
    path = media.save_private("a.jpg", b"picture")
    with pytest.raises(Http404):
        media.serve(path, allowed=False)
    media.delete(path)
    media.delete(path)
    media.delete("")
    for no_path in (path, "../settings.py", "private/../../etc/passwd", "/etc/passwd", "", "private/aa/x.svg"):
        with pytest.raises(Http404):
            media.serve(no_path, allowed=True)
    with pytest.raises(ValueError):
        media.delete("../stadtplatz.sqlite3")


@pytest.mark.parametrize("name", ["seite.html", "bild.svg", "skript.js", "ohne", "a.jpg.exe"])
def test_what_can_carry_script_is_not_kept(name, shelf):
    with pytest.raises(ValueError):
        media.save_private(name, b"<script>")
    assert list(shelf.iterdir()) == []


def test_the_same_name_twice_overwrites_nothing():
    assert media.save_private("a.jpg", b"one") != media.save_private("a.jpg", b"two")


@pytest.mark.django_db
def test_public_files_have_an_address_and_private_ones_do_not(client):
    public, private = media.save_public("laden.jpg", b"shop"), media.save_private("a.jpg", b"secret")
    response = client.get(media.public_url(public))
    assert (response.status_code, body(response)) == (200, b"shop")
    assert "immutable" in response["Cache-Control"]
    for attempt in (private, f"../{private}", private.removeprefix("private/")):
        assert client.get(f"/media/{attempt}").status_code == 404
    assert media.public_url("") == ""


def noise(width: int = 120) -> bytes:
    out = BytesIO()
    Image.effect_noise((width, width * 3 // 4), 60).convert("RGB").save(out, "JPEG", quality=95)
    return out.getvalue()


def asked(path: str, accept: str = "", width: int | None = None):
    given = media.public_url(path, width=width).removeprefix("/media/")
    return media.public(RequestFactory().get("/", headers={"accept": accept}), given)


@pytest.mark.django_db
def test_who_accepts_modern_pictures_gets_them_at_the_same_address_once_they_are_painted(shelf):
    path = media.save_public("a.jpg", noise())
    before = asked(path, "image/avif,image/webp,*/*")
    assert (before["Content-Type"], before["Cache-Control"]) == ("image/jpeg", media.FOR_NOW)
    run_all()
    answers = [asked(path, accept) for accept in ("*/*", "image/webp,*/*", "image/avif,image/webp,*/*")]
    assert [answer["Content-Type"] for answer in answers] == ["image/jpeg", "image/webp", "image/avif"]
    assert {answer["Cache-Control"] for answer in answers} == {media.ALWAYS}
    assert {answer["Vary"] for answer in answers} == {"Accept"}
    whole, webp, avif = (len(body(answer)) for answer in answers)
    assert webp < whole > avif
    media.delete(path)
    assert not [file for file in shelf.rglob("*") if file.is_file()]


@pytest.mark.django_db
def test_a_large_picture_comes_in_the_width_asked_for_and_never_enlarged(shelf):
    path = media.save_public("a.jpg", noise(900))
    assert body(asked(path, width=320)) == media.read(path)  # not painted yet: the picture itself
    run_all()
    for width, real in ((320, 320), (640, 640), (1280, 900)):
        for accept in ("*/*", "image/webp", "image/avif"):
            answer = asked(path, accept, width)
            assert Image.open(BytesIO(body(answer))).size == (real, real * 3 // 4)
    assert client_status(media.public_url(path).replace(".jpg", "-333.jpg")) == 404
    media.delete(path)
    assert not [file for file in shelf.rglob("*") if file.is_file()]


def client_status(address: str) -> int:
    return Client().get(address).status_code


@pytest.mark.django_db
def test_painting_twice_changes_nothing_and_what_is_no_picture_has_no_other_form(shelf):
    path, other = media.save_public("a.jpg", noise()), media.save_public("b.jpg", b"picture")
    run_all()
    kept = {file.name: file.stat().st_mtime_ns for file in shelf.rglob("*.*")}
    assert len(kept) == 4
    renditions.make(path)
    assert {file.name: file.stat().st_mtime_ns for file in shelf.rglob("*.*")} == kept
    answer = asked(other, "image/avif,image/webp")
    assert (body(answer), answer["Content-Type"]) == (b"picture", "image/jpeg")
    media.delete(path)
    renditions.make(path)
    assert [file.name for file in shelf.rglob("*.*")] == [other.rpartition("/")[2]]


@pytest.mark.django_db
def test_a_preview_is_a_picture_of_few_signs_and_none_where_there_is_no_picture(shelf):
    path, other = media.save_public("a.jpg", noise(900)), media.save_public("b.jpg", b"picture")
    told = renditions.preview_of_kept(path)
    assert Image.open(BytesIO(b64decode(told))).size == (20, 15)
    assert len(told) < 400
    assert renditions.preview_url(told) == f"data:image/webp;base64,{told}"
    assert renditions.preview_url(renditions.preview_of_kept(other)) == ""
    assert renditions.srcset("") == ""
