"""Pictures that a file names, from a real server with TLS and from a ZIP: what is good hangs at its offer, everything else is told and forgotten."""

import http.server
import io
import ssl
import struct
import threading
import time
import zipfile
import zlib
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from PIL import Image

from stadtplatz.catalogue import actions
from stadtplatz.catalogue.actions import pictures
from stadtplatz.catalogue.models import Offer
from stadtplatz.kit import jobs, media, outside

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


class Pictures(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        png = {"Content-Type": "image/png"}
        status, headers, body = {
            "/gut.png": (200, png, picture()),
            "/gut.jpg": (200, {"Content-Type": "image/jpeg"}, picture("JPEG")),
            "/um.png": (302, {"Location": "/gut.png"}, b""),
            "/heim.png": (302, {"Location": "https://127.0.0.1:1/geheim.png"}, b""),
            "/netz.png": (302, {"Location": "https://169.254.169.254/latest"}, b""),
            "/klar.png": (302, {"Location": "http://localhost/gut.png"}, b""),
            "/gross.png": (200, png, bytes(3_000_000)),
            "/bombe.png": (200, png, bomb()),
            "/seite.png": (200, {"Content-Type": "text/html"}, b"<p>Anmelden</p>"),
            "/falsch.png": (200, png, b"<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>"),
            "/langsam.png": (200, png, picture()),
        }.get(self.path, (404, png, b""))
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        try:
            if self.path == "/langsam.png":
                for byte in body[:40]:
                    self.wfile.write(bytes([byte]))
                    time.sleep(0.05)
                return
            self.wfile.write(body)
        except OSError:
            pass  # the reader has had enough

    def log_message(self, *_args):
        pass


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """A server with a certificate of its own, known as bilder.example."""
    folder = tmp_path_factory.mktemp("tls")
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "bilder.example")])
    now = datetime.now(UTC)
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    made = made.serial_number(1).not_valid_before(now - timedelta(hours=1)).not_valid_after(now + timedelta(hours=1))
    made = made.add_extension(x509.SubjectAlternativeName([x509.DNSName("bilder.example")]), critical=False)
    certificate = made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)
    plain = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    (folder / "cert.pem").write_bytes(certificate)
    (folder / "both.pem").write_bytes(plain + certificate)
    found = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Pictures)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "both.pem")
    found.socket = context.wrap_socket(found.socket, server_side=True)
    threading.Thread(target=found.serve_forever, daemon=True).start()
    yield f"https://bilder.example:{found.server_address[1]}", folder / "cert.pem"
    found.shutdown()


@pytest.fixture
def site(server, settings, monkeypatch):
    """The name leads to the server here as if it stood on the internet; every other address is judged as always."""
    address, certificate = server
    judge = outside.resolve
    settings.WEBHOOKS_TO_PRIVATE = False
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    monkeypatch.setattr(
        outside, "resolve", lambda host, port: "127.0.0.1" if host == "bilder.example" else judge(host, port)
    )
    monkeypatch.setattr(outside, "LONGEST", 0.3)
    monkeypatch.setattr(pictures, "MAX_BYTES", 2_000_000)
    return address


def taken(bakery, by, name, packed=None):
    row = f"P1;Heimatbuch;12,00;Romane und Erzählungen;ja;{name}"
    run = actions.take_file(
        shop=bakery, name="offers.csv", file=io.BytesIO(f"{HEAD}\n{row}".encode()), by=by, pictures=packed
    )
    run = actions.run_now(run=run, dry=False, by=by)
    jobs.run_all()
    run.refresh_from_db()
    return run, Offer.objects.get()


def zipped(**entries):
    sent = io.BytesIO()
    with zipfile.ZipFile(sent, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name.replace("_", "."), content)
    sent.seek(0)
    return sent


@pytest.mark.parametrize("path", ["/gut.png", "/gut.jpg", "/um.png"])
def test_a_good_picture_hangs_at_its_offer(bakery, erna, site, path):
    run, made = taken(bakery, erna, site + path)
    assert (run.hinted, run.faulty) == (0, 0)
    assert made.picture.endswith(".jpg")
    assert media.public_url(made.picture)
    assert made.picture_small
    assert not run.rows.exclude(picture="").exists()


@pytest.mark.parametrize(
    "path",
    ["/heim.png", "/netz.png", "/klar.png", "/gross.png", "/bombe.png", "/seite.png", "/falsch.png", "/langsam.png", "/fehlt.png"],
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


def test_a_picture_comes_from_the_zip(bakery, erna):
    run, made = taken(bakery, erna, "buch.png", zipped(buch_png=picture()))
    assert made.picture
    assert run.hinted == 0


@pytest.mark.parametrize(
    ("name", "packed"),
    [
        ("fehlt.png", {"buch_png": b"x"}),
        ("buch.png", {"buch_png": b"kein Bild"}),
        ("buch.png", {"buch_png": bytes(3_000_000)}),
        ("buch.png", {"buch_png": bomb()}),
        ("../../etc/passwd", {"buch_png": b"x"}),
    ],
)
def test_what_the_zip_has_not_or_should_not_have_is_told(bakery, erna, site, name, packed):
    run, made = taken(bakery, erna, name, zipped(**packed))
    assert (made.picture, made.state) == ("", Offer.PUBLISHED)
    assert run.rows.get().faults[0][1] == "picture-fetch"
