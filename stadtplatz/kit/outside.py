"""Sending something to an address that a stranger named: only out to the public internet, never into our own network."""

import http.client
import ipaddress
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from urllib.parse import SplitResult, urljoin, urlsplit

TIMEOUT = 10
LONGEST = 30
"""Seconds that speaking to one address may take in all, however slowly it answers."""
WEB_PORTS = frozenset({80, 443})
"""Below 1024 we speak to no other port: what waits there is no web server."""


class Undeliverable(Exception):
    """The message was not taken; it is tried again later."""


def checked(url: str, *, private: bool = False) -> SplitResult:
    """The address taken apart. Refused (Undeliverable) unless https at a port of the web (http only where private targets are allowed)."""
    parts = urlsplit(url)
    schemes = {"https", "http"} if private else {"https"}
    if parts.scheme not in schemes or not parts.hostname or parts.username or parts.password:
        raise Undeliverable("It must be a plain https address.")
    if not private and parts.port is not None and parts.port < 1024 and parts.port not in WEB_PORTS:
        raise Undeliverable("This is no port of the web.")
    return parts


def resolve(host: str, port: int, *, private: bool = False) -> str:
    """One address of the host. Refused (Undeliverable) if any of its addresses is not on the public internet, unless that is allowed."""
    found = {str(entry[4][0]) for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)}
    if not private and not all(is_public(address) for address in found):
        raise Undeliverable("The address leads into a private network.")
    return sorted(found, key=lambda address: (":" in address, address))[0]


def is_public(address: str) -> bool:
    """Whether the address is out on the internet; IPv4 hidden in IPv6 is judged as not."""
    ip = ipaddress.ip_address(address.split("%")[0])
    if isinstance(ip, ipaddress.IPv6Address) and (
        ip.ipv4_mapped or ip.sixtofour or ip.teredo or ip in ipaddress.ip_network("64:ff9b::/96")
    ):
        return False
    if isinstance(ip, ipaddress.IPv6Address) and ip.is_site_local:
        return False
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


def post(url: str, body: bytes, headers: dict[str, str], *, private: bool = False) -> int:
    """POST to the very address that was checked (the name is not looked up twice), following no redirect. Returns the status.

    `private` also allows http and our own network: for web hooks where the operator wants it, never for what a stranger named.
    """
    with _spoken_to(checked(url, private=private), private=private) as (connection, path):
        connection.request("POST", path, body, {"User-Agent": "Stadtplatz"} | headers)
        return connection.getresponse().status


def fetch(url: str, *, most: int, types: tuple[str, ...], redirects: int = 3) -> bytes:
    """What lies at the address, at most `most` bytes of one of these content types.

    Every address on the way, redirects too, is looked up once, must be on the public internet, and is the one spoken to.
    Refused (Undeliverable) for anything else, for answers other than 200, for what is larger, slower or of another type.
    """
    try:
        for _hop in range(redirects + 1):
            with _spoken_to(checked(url)) as (connection, path):
                connection.request("GET", path, headers={"User-Agent": "Stadtplatz", "Accept": ", ".join(types)})
                answer = connection.getresponse()
                if answer.status not in (301, 302, 303, 307, 308):
                    body = _body(answer, most, types)
                    if connection.is_cut:
                        raise Undeliverable("It is too slow.")
                    return body
                url = urljoin(url, answer.headers.get("Location", ""))
    except (http.client.HTTPException, OSError, ValueError) as broken:
        raise Undeliverable("Nothing could be fetched there.") from broken
    raise Undeliverable("Too many redirects.")


@contextmanager
def _spoken_to(parts: SplitResult, *, private: bool = False) -> Iterator[tuple["_Pinned", str]]:
    """A connection to the address, cut off after LONGEST seconds whatever is being read by then, and what to ask for."""
    port = parts.port or (443 if parts.scheme == "https" else 80)
    host = str(parts.hostname)
    connection = _Pinned(host, port, resolve(host, port, private=private), tls=parts.scheme == "https")
    clock = threading.Timer(LONGEST, connection.cut)
    clock.daemon = True
    clock.start()
    try:
        yield connection, (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    finally:
        clock.cancel()
        connection.close()


def _body(answer: http.client.HTTPResponse, most: int, types: tuple[str, ...]) -> bytes:
    kind = answer.headers.get_content_type()
    if answer.status != 200 or kind not in types:
        raise Undeliverable(f"The answer was {answer.status} {kind}.")
    chunks, size = [], 0
    while chunk := answer.read1(65_536):
        size += len(chunk)
        chunks.append(chunk)
        if size > most:
            raise Undeliverable("It is too large.")
    if answer.length:
        raise Undeliverable("It broke off.")
    return b"".join(chunks)


class _Pinned(http.client.HTTPConnection):
    """Speaks to a given address while naming, and for TLS checking, the host."""

    def __init__(self, host: str, port: int, address: str, *, tls: bool) -> None:
        super().__init__(host, port, timeout=TIMEOUT)
        self._address, self._tls, self.is_cut = address, tls, False
        self._wire: socket.socket | None = None
        self.default_port = 443 if tls else 80  # so that the Host header names only an unusual port

    def connect(self) -> None:
        self.sock = self._wire = socket.create_connection((self._address, self.port), TIMEOUT)
        if self._tls:
            context = ssl.create_default_context()
            wire = context.wrap_socket(self.sock, server_hostname=self.host, do_handshake_on_connect=False)
            self.sock = self._wire = wire
            wire.do_handshake()
        if self.is_cut:
            self.cut()

    def cut(self) -> None:
        """Whoever reads from it reads its end at once. The wire outlives `sock`, which is let go when an answer ends with it."""
        self.is_cut = True
        if self._wire is not None:
            with suppress(OSError):
                self._wire.shutdown(socket.SHUT_RDWR)
