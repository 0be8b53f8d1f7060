"""Fetching from addresses that strangers named."""

import http.server
import socket
import threading

import pytest

from stadtplatz.kit import outside

PNG = b"\x89PNG picture"


class Site(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        status, headers, body = {
            "/bild.png": (200, {"Content-Type": "image/png"}, PNG),
            "/seite": (200, {"Content-Type": "text/html"}, b"<p>"),
            "/gross.png": (200, {"Content-Type": "image/png"}, b"x" * 5000),
            "/um": (302, {"Location": "/bild.png"}, b""),
            "/kreis": (302, {"Location": "/kreis"}, b""),
            "/heim": (302, {"Location": "http://127.0.0.1:1/geheim.png"}, b""),
            "/datei": (302, {"Location": "file:///etc/passwd"}, b""),
        }.get(self.path, (404, {}, b""))
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_args):
        pass


@pytest.fixture(scope="module")
def site():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://bilder.example:{server.server_address[1]}"
    server.shutdown()


@pytest.fixture
def as_if_public(settings, monkeypatch):
    """The name leads to the server here, which counts as public; every other address is judged as always."""
    settings.WEBHOOKS_TO_PRIVATE = False
    monkeypatch.setattr(outside, "checked", lambda url: _http_too(url))
    monkeypatch.setattr(outside, "resolve", lambda host, port: _resolve(host, port))


def _http_too(url):
    parts = outside.urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise outside.Undeliverable("no")
    return parts


_judge = outside.resolve


def _resolve(host, port):
    return "127.0.0.1" if host == "bilder.example" else _judge(host, port)


def fetch(url, most=1000):
    return outside.fetch(url, most=most, types=("image/png",))


def test_a_picture_is_fetched_also_behind_a_redirect(site, as_if_public):
    assert fetch(f"{site}/bild.png") == PNG
    assert fetch(f"{site}/um") == PNG


@pytest.mark.parametrize("path", ["/seite", "/gross.png", "/kreis", "/fehlt", "/heim", "/datei"])
def test_what_is_no_picture_too_large_or_leads_home_is_refused(site, as_if_public, path):
    with pytest.raises(outside.Undeliverable):
        fetch(site + path)


@pytest.mark.parametrize(
    "url",
    [
        "http://example.org/a.png", "ftp://example.org/a.png", "file:///etc/passwd", "https://user:pw@example.org/a.png", "https:///a.png",
        "https://127.0.0.1/a.png", "https://10.0.0.7/a.png", "https://[::1]/a.png", "https://169.254.169.254/latest", "https://192.168.0.1/",
        "https://[::ffff:127.0.0.1]/a.png", "https://0.0.0.0/a.png", "https://100.64.0.1/a.png",
    ],
)  # fmt: skip
def test_private_addresses_are_never_spoken_to(settings, url):
    settings.WEBHOOKS_TO_PRIVATE = False
    with pytest.raises(outside.Undeliverable):
        fetch(url)


def test_a_name_is_looked_up_once_and_that_address_is_spoken_to(settings, monkeypatch):
    """A name that changes its address between the check and the connection (DNS rebinding) gains nothing."""
    settings.WEBHOOKS_TO_PRIVATE = False
    answers, spoken = iter(["93.184.216.34", "127.0.0.1"]), []
    look_up = lambda *_a, **_k: [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (next(answers), 443))]  # noqa: E731 - shorter
    monkeypatch.setattr(outside.socket, "getaddrinfo", look_up)

    def connect(address, *_more):
        spoken.append(address[0])
        raise OSError

    monkeypatch.setattr(outside.socket, "create_connection", connect)
    with pytest.raises(outside.Undeliverable):
        fetch("https://wechsel.example/a.png")
    assert spoken == ["93.184.216.34"]
