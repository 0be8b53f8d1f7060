"""Pictures that a file names, from a real server with TLS and from a ZIP: what is good hangs at its offer, everything else is told and forgotten."""

import gzip
import io
import re
import struct
import unicodedata
import zipfile
import zlib

import pytest
from PIL import Image

from stadtplatz.catalogue import actions
from stadtplatz.catalogue.actions import pictures
from stadtplatz.catalogue.models import Offer
from stadtplatz.kit import jobs, media, outside
from stadtplatz.kit.tests import internet

HEAD = "Artikelnummer;Titel;Preis;Kategorie;Rückgabe;Bild"


def picture(kind="PNG", size=(640, 480)):
    sent = io.BytesIO()
    Image.new("RGB", size, (120, 60, 20)).save(sent, kind)
    return sent.getvalue()


def bomb(side=30_000):
    """A PNG of a few kilobytes that would unpack to more than two gigabytes."""

    def chunk(name, data):
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(bytes(3 * side + 1)))
        + chunk(b"IEND", b"")
    )


PNG = {"Content-Type": "image/png"}
PAGES = {
    "/gut.png": (200, PNG, picture()),
    "/gut.jpg": (200, {"Content-Type": "image/jpeg"}, picture("JPEG")),
    "/gut-jpg": (200, {"Content-Type": "image/jpg; charset=binary"}, picture("JPEG")),
    "/gut.webp": (200, {"Content-Type": "image/webp"}, picture("WEBP")),
    "/um.png": (302, {"Location": "/gut.png"}, b""),
    "/heim.png": (302, {"Location": "https://127.0.0.1:1/geheim.png"}, b""),
    "/netz.png": (302, {"Location": "https://169.254.169.254/latest"}, b""),
    "/klar.png": (302, {"Location": "http://localhost/gut.png"}, b""),
    "/gross.png": (200, PNG, bytes(3_000_000)),
    "/bombe.png": (200, PNG, bomb()),
    "/seite.png": (200, {"Content-Type": "text/html"}, b"<p>Anmelden</p>"),
    "/falsch.png": (200, PNG, b"<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>"),
    "/svg.svg": (200, {"Content-Type": "image/svg+xml"}, b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
    "/gepackt.png": (200, PNG | {"Content-Encoding": "gzip"}, gzip.compress(picture())),
    "/langsam.png": (200, PNG, internet.drip(b"x")),
}


@pytest.fixture(scope="module")
def port():
    with internet.server(PAGES) as found:
        yield found


@pytest.fixture
def site(port, monkeypatch):
    """A server on the internet, with limits that a test can wait for."""
    internet.Net(monkeypatch)
    monkeypatch.setattr(outside, "LONGEST", 0.3)
    monkeypatch.setattr(pictures, "MAX_BYTES", 2_000_000)
    return f"https://{internet.NAME}:{port}"


def taken(bakery, by, name, packed=None):
    row = f"P1;Heimatbuch;12,00;Romane und Erzählungen;ja;{name}"
    run = actions.take_file(
        shop=bakery, name="offers.csv", file=io.BytesIO(f"{HEAD}\n{row}".encode()), by=by, pictures=packed
    )
    run = actions.run_now(run=run, dry=False, by=by)
    jobs.run_all()
    run.refresh_from_db()
    return run, Offer.objects.get()


def zipped(entries, packing=zipfile.ZIP_DEFLATED):
    sent = io.BytesIO()
    with zipfile.ZipFile(sent, "w", packing) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    sent.seek(0)
    return sent


@pytest.mark.parametrize("path", ["/gut.png", "/gut.jpg", "/gut-jpg", "/gut.webp", "/um.png"])
def test_a_good_picture_hangs_at_its_offer(bakery, erna, site, path):
    run, made = taken(bakery, erna, site + path)
    assert (run.hinted, run.faulty) == (0, 0)
    assert made.picture.endswith(".jpg")
    assert media.public_url(made.picture)
    assert made.picture_small
    assert not run.rows.exclude(picture="").exists()


@pytest.mark.parametrize(
    "path",
    [path for path in PAGES if not path.startswith(("/gut", "/um"))] + ["/fehlt.png"],
)  # fmt: skip
def test_what_is_no_harmless_picture_is_told_and_the_offer_goes_on_sale_without(bakery, erna, site, path):
    run, made = taken(bakery, erna, site + path)
    assert (made.state, made.picture) == (Offer.PUBLISHED, "")
    assert [code for _column, code, _words in run.rows.get().faults] == ["picture-fetch"]
    assert not run.rows.exclude(picture="").exists()


@pytest.mark.parametrize(
    "url", ["https://127.0.0.1/a.png", "https://10.0.0.7/a.png", "https://[::1]/a.png", "https://192.168.1.1/a.png"]
)
def test_an_address_in_a_private_network_is_never_spoken_to(bakery, erna, site, url):
    run, made = taken(bakery, erna, url)
    assert made.picture == ""
    assert run.rows.get().faults[0][1] == "picture-fetch"


def test_another_certificate_is_not_believed(bakery, erna, site, monkeypatch):
    monkeypatch.delenv("SSL_CERT_FILE")
    assert taken(bakery, erna, f"{site}/gut.png")[1].picture == ""


@pytest.mark.parametrize(
    ("name", "packed"),
    [
        ("buch.png", "buch.png"), ("buch.png", "bilder/buch.png"), ("buch.png", "Bilder/Herbst/BUCH.PNG"), ("bilder/buch.png", "bilder/buch.png"),
        ("C:\\Kasse\\Bilder\\buch.png", "buch.png"), ("Bücher.png", unicodedata.normalize("NFD", "Bücher.png")), ("./buch.png", "buch.png"),
        ("../../etc/passwd", "../../etc/passwd"),
    ],
)  # fmt: skip
def test_a_picture_comes_from_the_zip_wherever_it_lies_in_it(bakery, erna, name, packed):
    run, made = taken(bakery, erna, name, zipped({"__MACOSX/._buch.png": b"x", packed: picture()}))
    assert made.picture
    assert run.hinted == 0


def locked(content):
    """The same ZIP, but every entry says that it is encrypted."""
    data = bytearray(content.getvalue())
    for sign, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(sign) + offset] |= 1
    return io.BytesIO(bytes(data))


def packed_oddly(content, method):
    """The same ZIP, but every entry says that it is packed in another way."""
    data = bytearray(content.getvalue())
    for sign, offset in ((b"PK\x03\x04", 8), (b"PK\x01\x02", 10)):
        data[data.index(sign) + offset] = method
    return io.BytesIO(bytes(data))


def spoiled(content):
    data = bytearray(content.getvalue())
    data[60:90] = b"\xff" * 30
    return io.BytesIO(bytes(data))


def endless():
    """A ZIP whose list of files is longer than any we read."""
    data = bytearray(zipped({"buch.png": picture()}).getvalue())
    data[-10:-6] = struct.pack("<I", 90_000_000)
    return io.BytesIO(bytes(data))


BAD_ZIPS = {
    "nothing of this name": ({"anders.png": picture()}, "ist nicht in der ZIP-Datei"),
    "two of this name": ({"a/buch.png": picture(), "b/buch.png": picture()}, "mehrfach"),
    "no picture": ({"buch.png": b"kein Bild"}, "nur Bilder"),
    "too large": ({"buch.png": bytes(3_000_000)}, "größer als 20 MB"),
    "a bomb": ({"buch.png": bomb()}, "zu viele Bildpunkte"),
    "a page": ({"buch.png": b"<html><script>x()</script></html>"}, "nur Bilder"),
    "a drawing with script": ({"buch.png": b"<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>"}, "nur Bilder"),
    "a ZIP within": ({"buch.png": zipped({"buch.png": picture()}).getvalue()}, "nur Bilder"),
    "a GIF": ({"buch.png": picture("GIF")}, "nur Bilder"),
    "a TIFF": ({"buch.png": picture("TIFF")}, "nur Bilder"),
    "half a picture": ({"buch.png": picture("JPEG", (2000, 2000))[:3000]}, "beschädigt"),
    "locked": (locked(zipped({"buch.png": picture()})), "entpacken"),
    "packed in an unknown way": (packed_oddly(zipped({"buch.png": picture()}), 97), "entpacken"),
    "packed in another way than it says": (packed_oddly(zipped({"buch.png": picture()}), 12), "entpacken"),
    "spoiled": (spoiled(zipped({"buch.png": picture(size=(64, 64))})), "entpacken"),
    "endless": (endless(), "keine lesbare ZIP-Datei"),
    "broken": (io.BytesIO(b"PK\x03\x04" + bytes(500)), "keine lesbare ZIP-Datei"),
    "not sent": (None, "keine lesbare ZIP-Datei"),
}


@pytest.mark.parametrize("fault", BAD_ZIPS)
def test_what_the_zip_has_not_or_should_not_have_is_told_in_words(bakery, erna, site, fault):
    packed, words = BAD_ZIPS[fault]
    run, made = taken(bakery, erna, "buch.png", zipped(packed) if isinstance(packed, dict) else packed)
    assert (made.picture, made.state) == ("", Offer.PUBLISHED)
    assert run.rows.get().faults[0][1] == "picture-fetch"
    assert words in run.rows.get().faults[0][2]
    assert run.hinted == 1


def upright():
    """A wide picture, red on its left, held so that red is on top."""
    image = Image.new("RGB", (600, 300), (0, 0, 200))
    image.paste((200, 0, 0), (0, 0, 300, 300))
    exif = Image.Exif()
    exif[0x0112] = 6
    sent = io.BytesIO()
    image.save(sent, "JPEG", exif=exif, quality=95)
    return sent.getvalue()


def animated():
    sent = io.BytesIO()
    frames = [Image.new("RGB", (300, 600), colour) for colour in ((200, 0, 0), (0, 200, 0))]
    frames[0].save(sent, "WEBP", save_all=True, append_images=frames[1:])
    return sent.getvalue()


def of_mode(mode, colour, kind, **more):
    sent = io.BytesIO()
    Image.new(mode, (300, 600), colour).save(sent, kind, **more)
    return sent.getvalue()


@pytest.mark.parametrize(
    ("content", "size"),
    [
        (upright(), (300, 600)), (animated(), (300, 600)), (of_mode("CMYK", (0, 255, 255, 55), "JPEG"), (300, 600)),
        (of_mode("RGBA", (200, 0, 0, 255), "PNG"), (300, 600)), (of_mode("RGB", (200, 0, 0), "JPEG", progressive=True), (300, 600)),
    ],
    ids=["turned", "animated", "for print", "see-through", "progressive"],
)  # fmt: skip
def test_the_picture_of_the_zip_is_on_the_page_upright_and_in_its_colours(client, bakery, erna, content, size):
    _run, made = taken(bakery, erna, "buch.png", zipped({"buch.png": content}))
    assert seen(client, made) == (size, (200, 0, 0))


def test_the_picture_of_an_address_is_on_the_page(client, bakery, erna, site, monkeypatch):
    monkeypatch.setitem(PAGES, "/rot.jpg", (200, {"Content-Type": "image/jpeg"}, upright()))
    _run, made = taken(bakery, erna, f"{site}/rot.jpg")
    assert seen(client, made) == ((300, 600), (200, 0, 0))


def seen(client, made):
    """Size and colour, at its top, of the picture that the page of the offer shows."""
    page = client.get(made.get_absolute_url()).content.decode()
    address = re.search(r'<img[^>]* src="([^"]+\.jpg)"', page)[1]
    answer = client.get(address)
    assert answer.headers["Content-Type"] == "image/jpeg"
    with Image.open(io.BytesIO(answer.getvalue())) as shown:
        assert not shown.getexif()
        return shown.size, tuple(round(value, -1) for value in shown.convert("RGB").getpixel((150, 60)))


def test_a_long_list_of_pictures_is_fetched_some_at_a_time(bakery, erna, monkeypatch):
    monkeypatch.setattr(pictures, "AT_ONCE", 2)
    rows = [f"P{n};Heft {n};2,00;Romane und Erzählungen;ja;{n}.png" for n in range(5)]
    packed = zipped({f"{n}.png": picture(size=(40, 40)) for n in range(4)})
    text = "\n".join([HEAD, *rows])
    run = actions.take_file(shop=bakery, name="o.csv", file=io.BytesIO(text.encode()), by=erna, pictures=packed)
    run = actions.run_now(run=run, dry=False, by=erna)
    jobs.run_all()
    assert Offer.objects.exclude(picture="").count() == 4
    assert [row.line for row in run.rows.order_by("line") if row.faults] == [6]
