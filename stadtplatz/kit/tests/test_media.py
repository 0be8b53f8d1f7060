"""Kept files: under names nobody guesses, shown only by whoever asked a rule."""

import pytest
from django.http import Http404

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
