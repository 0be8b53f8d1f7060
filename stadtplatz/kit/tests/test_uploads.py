"""Pictures from strangers: what is taken, what it becomes, and what is refused before it can hurt."""

import struct
import zlib
from datetime import UTC, datetime
from io import BytesIO

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from stadtplatz.kit import uploads
from stadtplatz.kit.uploads import UploadRefused, accept_image


def picture(
    kind: str = "JPEG", size: tuple[int, int] = (800, 600), mode: str = "RGB", colour="red", **options
) -> bytes:
    out = BytesIO()
    Image.new(mode, size, colour).save(out, kind, **options)
    return out.getvalue()


def exif_of_a_pothole(orientation: int = 1) -> Image.Exif:
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "Musterkamera"
    exif.get_ifd(0x8769).update({0x9003: "2026:07:01 14:30:00"})
    exif.get_ifd(0x8825).update({1: "N", 2: (48.0, 35.0, 42.0), 3: "E", 4: (8.0, 52.0, 12.0)})
    return exif


def accept(content: bytes, name: str = "foto.jpg") -> uploads.AcceptedImage:
    return accept_image(SimpleUploadedFile(name, content))


def code_of_refusal(content: bytes, name: str = "foto.jpg") -> str:
    with pytest.raises(UploadRefused) as refused:
        accept(content, name)
    return refused.value.code


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_the_three_kinds_become_two_sizes_of_jpeg(kind):
    accepted = accept(picture(kind, (3000, 2000)))
    large, small = (Image.open(BytesIO(content)) for content in (accepted.jpeg, accepted.small))
    assert (large.format, large.size) == ("JPEG", (1920, 1280))
    assert (small.format, small.size) == ("JPEG", (640, 427))
    assert (accepted.width, accepted.height) == large.size


def heic(size=(800, 600), **options) -> bytes:
    """As an iPhone makes them."""
    return picture("HEIF", size, quality=30, **options)


def test_the_pictures_of_an_iphone_become_jpeg_upright_without_what_they_told():
    accepted = accept(heic((300, 200), exif=exif_of_a_pothole(orientation=6).tobytes()), "IMG_0815.HEIC")
    large = Image.open(BytesIO(accepted.jpeg))
    assert (large.format, large.size) == ("JPEG", (200, 300))
    assert not large.getexif()
    assert b"Musterkamera" not in accepted.jpeg
    assert (round(accepted.lon, 4), round(accepted.lat, 4)) == (8.87, 48.595)
    assert accepted.taken_at == datetime(2026, 7, 1, 12, 30, tzinfo=UTC)


@pytest.mark.parametrize("kept", [0.3, 0.7, 0.95])
def test_a_cut_off_iphone_picture_is_refused(kept):
    whole = heic()
    assert code_of_refusal(whole[: int(len(whole) * kept)]) in {"broken", "not-a-picture"}


def test_a_head_that_only_claims_to_be_heic_is_refused():
    assert (
        code_of_refusal(b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + b"<svg onload='x'/>" * 40)
        == "not-a-picture"
    )


def test_an_iphone_picture_with_too_many_pixels_is_refused_before_it_is_decoded(monkeypatch):
    monkeypatch.setitem(uploads.MAX_PIXELS, "HEIF", 1000)
    assert code_of_refusal(heic((100, 100))) == "too-many-pixels"


def test_a_small_picture_is_not_blown_up():
    accepted = accept(picture(size=(40, 30)))
    assert (accepted.width, accepted.height) == (40, 30)


def test_the_kind_is_seen_by_content_not_by_name():
    assert accept(picture("PNG"), "bericht.pdf").jpeg.startswith(b"\xff\xd8")


def test_position_and_time_are_read_and_then_gone():
    accepted = accept(picture(exif=exif_of_a_pothole(), comment=b"von Erika Mustermann"))
    assert accepted.lat == pytest.approx(48.595)
    assert accepted.lon == pytest.approx(8.87)
    assert accepted.taken_at == datetime(2026, 7, 1, 12, 30, tzinfo=UTC)
    for content in (accepted.jpeg, accepted.small):
        again = Image.open(BytesIO(content))
        assert not again.getexif()
        assert not {"exif", "comment", "icc_profile", "xmp"} & set(again.info)
        assert b"Muster" not in content


def test_a_picture_held_sideways_is_turned_upright():
    accepted = accept(picture(size=(800, 600), exif=exif_of_a_pothole(orientation=6)))
    assert (accepted.width, accepted.height) == (600, 800)


@pytest.mark.parametrize(
    "gps",
    [
        {1: "N", 2: (0.0, 0.0, 0.0), 3: "E", 4: (0.0, 0.0, 0.0)},
        {1: "N", 2: (98.0, 0.0, 0.0), 3: "E", 4: (8.0, 0.0, 0.0)},
        {1: "N", 2: (48.0,), 3: "E", 4: (8.0,)},
        {2: (48.0, 0.0, 0.0)},
    ],
)
def test_an_unbelievable_position_is_no_position(gps):
    exif = Image.Exif()
    exif.get_ifd(0x8825).update(gps)
    accepted = accept(picture(exif=exif))
    assert (accepted.lon, accepted.lat) == (None, None)


def test_transparent_pictures_stand_on_white():
    accepted = accept(picture("PNG", (20, 20), "RGBA", (0, 0, 0, 0)))
    assert Image.open(BytesIO(accepted.jpeg)).getpixel((10, 10)) == (255, 255, 255)


@pytest.mark.parametrize("mode", ["L", "P", "LA", "CMYK", "1", "I;16"])
def test_all_kinds_of_colour_are_understood(mode):
    accepted = accept(picture("JPEG" if mode == "CMYK" else "PNG", (60, 40), mode, 0))
    assert Image.open(BytesIO(accepted.jpeg)).mode == "RGB"


SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


@pytest.mark.parametrize(
    "content",
    [
        SVG,
        b"",
        b"hello",
        b"%PDF-1.7",
        b"GIF89a/*" + b"\0" * 90,
        b"<html><script>alert(1)</script>",
        b"\x00\x00\x00\x18ftypheic",
    ],
    ids=["svg", "empty", "text", "pdf", "gif-and-script", "html", "heic"],
)
def test_anything_else_is_refused(content):
    assert code_of_refusal(content) == "not-a-picture"


def test_a_real_gif_is_refused():
    assert code_of_refusal(picture("GIF")) == "not-a-picture"


def test_a_second_file_behind_the_picture_does_not_come_through():
    polyglot = picture(comment=b"<script>alert(1)</script>") + SVG + b"PK\x03\x04 payload.zip"
    accepted = accept(polyglot)
    for content in (accepted.jpeg, accepted.small):
        assert b"script" not in content
        assert b"PK\x03\x04" not in content
        assert content.endswith(b"\xff\xd9")


def png_claiming(width: int, height: int, data: bytes = b"") -> bytes:
    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(data)) + chunk(b"IEND", b"")


@pytest.mark.parametrize("size", [(20_000, 20_000), (6000, 6000), (16_001, 10), (100_000, 100_000)])
def test_too_many_pixels_are_refused_before_decoding(size, monkeypatch):
    decoded = []
    monkeypatch.setattr(Image.Image, "load", lambda self: decoded.append(self))
    assert code_of_refusal(png_claiming(*size), "riesig.png") == "too-many-pixels"
    assert decoded == []


def test_a_jpeg_of_400_megapixels_is_refused():
    huge = bytearray(picture(size=(8, 8)))
    start = huge.index(b"\xff\xc0") + 5
    huge[start : start + 4] = struct.pack(">HH", 20_000, 20_000)
    assert code_of_refusal(bytes(huge)) == "too-many-pixels"


def test_a_bomb_of_text_chunks_is_refused():
    bomb = BytesIO()
    picture_png = picture("PNG", (10, 10))
    body = b"Comment\0\0" + zlib.compress(b"a" * 80_000_000)
    chunk = struct.pack(">I", len(body)) + b"zTXt" + body + struct.pack(">I", zlib.crc32(b"zTXt" + body))
    bomb.write(picture_png[:33] + chunk + picture_png[33:])
    assert code_of_refusal(bomb.getvalue()) in {"broken", "not-a-picture"}


def test_too_many_bytes_are_refused_whatever_the_size_says():
    assert code_of_refusal(picture() + b"\0" * uploads.MAX_BYTES) == "too-big"
    with pytest.raises(UploadRefused):
        accept_image(BytesIO(picture() + b"\0" * uploads.MAX_BYTES))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_torn_picture_is_refused(kind):
    whole = picture(kind, (400, 300), colour="blue")
    assert code_of_refusal(whole[: len(whole) // 2]) in {"broken", "not-a-picture"}


class WithPicture(forms.Form):
    photo = uploads.PictureField(required=False)


def test_the_form_field_accepts_and_refuses_in_words():
    good = WithPicture({}, {"photo": SimpleUploadedFile("a.jpg", picture())})
    assert good.is_valid()
    assert good.cleaned_data["photo"].width == 800
    assert WithPicture({}, {}).is_valid()
    bad = WithPicture({}, {"photo": SimpleUploadedFile("a.jpg", SVG)})
    assert bad.errors.get_json_data()["photo"][0]["code"] == "not-a-picture"
