"""A small internet for tests: real servers with TLS on this machine that everybody takes for public ones.

Only the network is bent: names lead to public addresses, and these to servers here. What is allowed is decided by our own code as always.
"""

import http.server
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

NAME, PUBLIC = "bilder.example", "93.184.216.34"


class Handler(http.server.BaseHTTPRequestHandler):
    """Answers with what stands in `pages`: status, headers, body; a body that is a function writes by itself."""

    pages: dict = {}

    def do_GET(self):
        status, headers, body = self.pages.get(self.path.split("?")[0], (404, {"Content-Type": "image/png"}, b""))
        try:
            if body is slow_head:
                return slow_head(self)
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            body(self) if callable(body) else self.wfile.write(body)
        except OSError:
            pass  # the reader has had enough

    def log_message(self, *_args):
        pass


def drip(piece: bytes, *, pause: float = 0.02, most: float = 5.0):
    """A body that comes in small pieces for a long time."""

    def write(handler: Handler) -> None:
        end = time.monotonic() + most
        while time.monotonic() < end:
            handler.wfile.write(piece)
            handler.wfile.flush()
            time.sleep(pause)

    return write


def slow_head(handler: Handler) -> None:
    """The head of an answer that never ends."""
    handler.wfile.write(b"HTTP/1.0 200 OK\r\n")
    drip(b"X")(handler)


@cache
def certificate() -> tuple[Path, TemporaryDirectory]:
    """A certificate for NAME, with its key beside it; once for all tests of a process."""
    kept = TemporaryDirectory(prefix="stadtplatz-tls-")
    folder = Path(kept.name)
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, NAME)])
    now = datetime.now(UTC)
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    made = made.serial_number(1).not_valid_before(now - timedelta(hours=1)).not_valid_after(now + timedelta(hours=24))
    made = made.add_extension(x509.SubjectAlternativeName([x509.DNSName(NAME)]), critical=False)
    public = made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)
    form = serialization.PrivateFormat.PKCS8
    secret = key.private_bytes(serialization.Encoding.PEM, form, serialization.NoEncryption())
    (folder / "cert.pem").write_bytes(public)
    (folder / "both.pem").write_bytes(secret + public)
    return folder, kept


@contextmanager
def server(pages: dict) -> Iterator[int]:
    """A server with these pages and the certificate for NAME; its port."""
    handler = type("Site", (Handler,), {"pages": pages})
    found = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate()[0] / "both.pem")
    found.socket = context.wrap_socket(found.socket, server_side=True)
    threading.Thread(target=found.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    try:
        yield found.server_address[1]
    finally:
        found.shutdown()
        found.server_close()


class Net:
    """What names mean and where connections went."""

    def __init__(self, monkeypatch) -> None:
        self.names: dict[str, list[str] | Iterator[str]] = {NAME: [PUBLIC]}
        self.spoken_to: list[str] = []
        self._look_up, self._connect = socket.getaddrinfo, socket.create_connection
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate()[0] / "cert.pem"))
        monkeypatch.setattr(socket, "getaddrinfo", self._found)
        monkeypatch.setattr(socket, "create_connection", self._connected)

    def _found(self, host, port, *more, **options):
        known = self.names.get(host)
        if known is None:
            options = {name: value for name, value in options.items() if name != "flags"}
            return self._look_up(host, port, *more, flags=socket.AI_NUMERICHOST, **options)
        addresses = known if isinstance(known, list) else [next(known)]
        return [
            (socket.AF_INET6 if ":" in one else socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, port))
            for one in addresses
        ]

    def _connected(self, address, *more, **options):
        host, port = address[:2]
        self.spoken_to.append(host)
        if host != PUBLIC:
            raise OSError("Nobody is there.")
        return self._connect(("127.0.0.1", port), *more, **options)
