"""Fetching from addresses that strangers named."""

import gzip

import pytest

from stadtplatz.kit import outside
from stadtplatz.kit.tests import internet

PNG = b"\x89PNG picture"
KIND = {"Content-Type": "image/png"}
PAGES = {
    "/bild.png": (200, KIND, PNG),
    "/gestueckelt.png": (200, KIND | {"Transfer-Encoding": "chunked"}, b"5\r\n\x89PNG \r\n7\r\npicture\r\n0\r\n\r\n"),
    "/um": (302, {"Location": "/bild.png"}, b""),
    "/seite": (200, {"Content-Type": "text/html"}, b"<p>"),
    "/ohne-art": (200, {}, PNG),
    "/svg": (200, {"Content-Type": "image/svg+xml"}, b"<svg/>"),
    "/gross.png": (200, KIND, b"x" * 5000),
    "/verspricht-viel.png": (200, KIND | {"Content-Length": "99999999999"}, b"x" * 500),
    "/abgebrochen.png": (200, KIND | {"Content-Length": "900"}, b"x" * 500),
    "/verpackt.png": (200, KIND | {"Content-Encoding": "gzip"}, gzip.compress(bytes(5_000_000))),
    "/endlos.png": (200, KIND, internet.drip(b"x" * 400, pause=0)),
    "/tropft.png": (200, KIND, internet.drip(b"x")),
    "/tropft-stueckig.png": (200, KIND | {"Transfer-Encoding": "chunked"}, internet.drip(b"1\r\nx\r\n")),
    "/kopf-tropft.png": (200, KIND, internet.slow_head),
    "/kreis": (302, {"Location": "/kreis"}, b""),
    "/nirgends": (302, {}, b""),
    "/heim": (302, {"Location": "https://127.0.0.1:1/geheim.png"}, b""),
    "/heim-6": (302, {"Location": "https://[::1]/geheim.png"}, b""),
    "/netz": (302, {"Location": "https://169.254.169.254/latest/meta-data"}, b""),
    "/name": (302, {"Location": "https://innen.example/geheim.png"}, b""),
    "/klar": (302, {"Location": "http://bilder.example/bild.png"}, b""),
    "/datei": (302, {"Location": "file:///etc/passwd"}, b""),
    "/wer": (302, {"Location": "https://user:pw@bilder.example/bild.png"}, b""),
    "/krumm": (302, {"Location": "https://[bilder/"}, b""),
    "/fehler": (500, KIND, PNG),
    "/teil": (206, KIND, PNG),
}


@pytest.fixture(scope="module")
def port():
    with internet.server(PAGES) as found:
        yield found


@pytest.fixture
def net(monkeypatch):
    monkeypatch.setattr(outside, "LONGEST", 0.4)
    return internet.Net(monkeypatch)


@pytest.fixture
def site(port, net):
    return f"https://{internet.NAME}:{port}"


def fetch(url, most=1000):
    return outside.fetch(url, most=most, types=("image/png",))


@pytest.mark.parametrize("path", ["/bild.png", "/um", "/gestueckelt.png"])
def test_a_picture_is_fetched_also_behind_a_redirect(site, net, path):
    assert fetch(site + path) == PNG
    assert set(net.spoken_to) == {internet.PUBLIC}


@pytest.mark.parametrize(
    "path", [path for path in PAGES if path not in ("/bild.png", "/um", "/gestueckelt.png")] + ["/fehlt"]
)
def test_what_is_no_picture_too_large_too_slow_or_leads_home_is_refused(site, net, path):
    net.names["innen.example"] = ["10.0.0.7"]
    if path == "/verpackt.png":  # comes as it was sent and is never unpacked
        assert fetch(site + path, most=10_000).startswith(b"\x1f\x8b")
        return
    with pytest.raises(outside.Undeliverable):
        fetch(site + path)
    assert set(net.spoken_to) == {internet.PUBLIC}


ADDRESSES = [
    "http://example.org/a.png",
    "ftp://example.org/a.png",
    "file:///etc/passwd",
    "gopher://127.0.0.1/",
    "https:///a.png",
    "data:image/png;base64,AAAA",
    "https://user:pw@bilder.example/a.png",
    "https://user@bilder.example/a.png",
    "https://bilder.example:22/a.png",
    "https://bilder.example:25/a.png",
    "https://bilder.example:0/a.png",
    "https://bilder.example:99999/a.png",
    "https://bilder.example:x/a.png",
    "https://[::1",
    "https://",
    "https://127.0.0.1/",
    "https://127.1/",
    "https://127.0.0.1:443/",
    "https://2130706433/",
    "https://0x7f000001/",
    "https://017700000001/",
    "https://0177.0.0.1/",
    "https://0x7f.1/",
    "https://0/",
    "https://0.0.0.0/",
    "https://10.0.0.7/",
    "https://10.255.255.255/",
    "https://172.16.0.1/",
    "https://172.31.255.255/",
    "https://192.168.0.1/",
    "https://169.254.169.254/latest/meta-data",
    "https://100.64.0.1/",
    "https://100.100.100.200/",
    "https://198.18.0.1/",
    "https://192.0.0.1/",
    "https://192.0.2.1/",
    "https://224.0.0.1/",
    "https://240.0.0.1/",
    "https://255.255.255.255/",
    "https://[::1]/",
    "https://[::]/",
    "https://[fc00::1]/",
    "https://[fd12:3456::1]/",
    "https://[fe80::1]/",
    "https://[fe80::1%25eth0]/",
    "https://[fec0::1]/",
    "https://[ff02::1]/",
    "https://[::ffff:127.0.0.1]/",
    "https://[::ffff:7f00:1]/",
    "https://[::ffff:10.0.0.1]/",
    "https://[::127.0.0.1]/",
    "https://[64:ff9b::7f00:1]/",
    "https://[64:ff9b:1::1]/",
    "https://[2002:7f00:1::]/",
    "https://[2001:0:7f00:1::]/",
    "https://[2001:db8::1]/",
    "https://[100::1]/",
    "https://localhost/",
    "https://localhost./",
    "https://innen.example/",
    "https://halb.example/",
    "https://halb6.example/",
    "https://gibt-es-nicht.example/",
    "https://bilder.example。innen.example/",
    "https://①②⑦.⓪.⓪.①/",
    "https://127。0。0。1/",
]


@pytest.mark.parametrize("url", ADDRESSES)
def test_private_addresses_and_odd_ones_are_never_spoken_to(net, url):
    net.names |= {
        "localhost": ["127.0.0.1", "::1"], "localhost.": ["127.0.0.1"], "innen.example": ["192.168.178.20"],
        "halb.example": [internet.PUBLIC, "127.0.0.1"], "halb6.example": [internet.PUBLIC, "::ffff:10.0.0.1"],
    }  # fmt: skip
    with pytest.raises(outside.Undeliverable):
        fetch(url)
    assert net.spoken_to == []


def test_leave_for_web_hooks_into_our_own_network_is_none_for_what_strangers_name(net, settings):
    settings.WEBHOOKS_TO_PRIVATE = True
    for url in ("https://127.0.0.1/a.png", "http://bilder.example/a.png"):
        with pytest.raises(outside.Undeliverable):
            fetch(url)
    assert net.spoken_to == []


def test_a_name_is_looked_up_once_and_that_address_is_spoken_to(site, net):
    """A name that changes its address between the check and the connection (DNS rebinding) gains nothing."""
    net.names[internet.NAME] = iter([internet.PUBLIC, "127.0.0.1"])
    assert fetch(f"{site}/bild.png") == PNG
    net.names[internet.NAME] = iter([internet.PUBLIC, "127.0.0.1"])
    with pytest.raises(outside.Undeliverable):
        fetch(f"{site}/um")  # each redirect is looked up and judged anew
    assert net.spoken_to == [internet.PUBLIC] * 2


def test_another_certificate_is_not_believed(site, net, monkeypatch):
    monkeypatch.delenv("SSL_CERT_FILE")
    with pytest.raises(outside.Undeliverable):
        fetch(f"{site}/bild.png")
    net.names["anders.example"] = [internet.PUBLIC]
    with pytest.raises(outside.Undeliverable):
        fetch(f"{site.replace(internet.NAME, 'anders.example')}/bild.png")
