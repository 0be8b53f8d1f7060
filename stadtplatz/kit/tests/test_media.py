"""Kept files: under names nobody guesses, shown only by whoever asked a rule."""

from io import BytesIO

import pytest
from django.http import Http404
from PIL import Image

from stadtplatz.kit import media


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


def noise() -> bytes:
    out = BytesIO()
    Image.effect_noise((120, 90), 60).convert("RGB").save(out, "JPEG", quality=95)
    return out.getvalue()


def test_who_accepts_webp_gets_the_smaller_picture_at_the_same_address(rf, shelf):
    path = media.save_public("a.jpg", noise())
    asked = path.removeprefix("public/")
    old = media.public(rf.get("/"), asked)
    new = media.public(rf.get("/", headers={"accept": "image/avif,image/webp,*/*"}), asked)
    assert (old["Content-Type"], new["Content-Type"]) == ("image/jpeg", "image/webp")
    assert len(body(new)) < len(body(old))
    assert "Accept" in old["Vary"] == new["Vary"]
    media.delete(path)
    assert not [file for file in shelf.rglob("*") if file.is_file()]


def test_what_is_no_picture_has_no_smaller_one(rf):
    path = media.save_public("a.jpg", b"picture")
    answer = media.public(rf.get("/", headers={"accept": "image/webp"}), path.removeprefix("public/"))
    assert body(answer) == b"picture"
    assert answer["Content-Type"] == "image/jpeg"
