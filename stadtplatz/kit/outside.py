"""Sending something to an address that a stranger named: only out to the public internet, never into our own network."""

import http.client
import ipaddress
import socket
import ssl
import time
from urllib.parse import SplitResult, urljoin, urlsplit

from django.conf import settings

TIMEOUT = 10
LONGEST = 30
"""Seconds that fetching one thing may take in all."""


class Undeliverable(Exception):
    """The message was not taken; it is tried again later."""


def checked(url: str) -> SplitResult:
    """The address taken apart. Refused (Undeliverable) unless https (http only where private targets are allowed)."""
    parts = urlsplit(url)
    schemes = {"https", "http"} if settings.WEBHOOKS_TO_PRIVATE else {"https"}
    if parts.scheme not in schemes or not parts.hostname or parts.username or parts.password:
        raise Undeliverable("It must be a plain https address.")
    return parts


def resolve(host: str, port: int) -> str:
    """One address of the host. Refused (Undeliverable) if any of its addresses is not on the public internet."""
    found = {str(entry[4][0]) for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)}
    if not settings.WEBHOOKS_TO_PRIVATE and not all(is_public(address) for address in found):
        raise Undeliverable("The address leads into a private network.")
    return sorted(found, key=lambda address: (":" in address, address))[0]


def is_public(address: str) -> bool:
    """Whether the address is out on the internet; IPv4 hidden in IPv6 is judged as not."""
    ip = ipaddress.ip_address(address.split("%")[0])
    if isinstance(ip, ipaddress.IPv6Address) and (
        ip.ipv4_mapped or ip.sixtofour or ip.teredo or ip in ipaddress.ip_network("64:ff9b::/96")
    ):
        return False
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


def post(url: str, body: bytes, headers: dict[str, str]) -> int:
    """POST to the very address that was checked (the name is not looked up twice), following no redirect. Returns the status."""
    parts = checked(url)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    host = str(parts.hostname)
    connection = _Pinned(host, port, resolve(host, port), tls=parts.scheme == "https")
    try:
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        connection.request("POST", path, body, {"User-Agent": "Stadtplatz"} | headers)
        return connection.getresponse().status
    finally:
        connection.close()


def fetch(url: str, *, most: int, types: tuple[str, ...], redirects: int = 3) -> bytes:
    """What lies at the address, at most `most` bytes of one of these content types.

    Every address on the way, redirects too, is looked up once, must be on the public internet, and is the one spoken to.
    Refused (Undeliverable) for anything else, for answers other than 200 and for what is larger or of another type.
    """
    for _hop in range(redirects + 1):
        parts = checked(url)
        port = parts.port or (443 if parts.scheme == "https" else 80)
        host = str(parts.hostname)
        connection = _Pinned(host, port, resolve(host, port), tls=parts.scheme == "https")
        try:
            path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
            connection.request("GET", path, headers={"User-Agent": "Stadtplatz", "Accept": ", ".join(types)})
            answer = connection.getresponse()
            if answer.status in (301, 302, 303, 307, 308):
                url = urljoin(url, answer.headers.get("Location", ""))
                continue
            return _body(answer, most, types)
        except (http.client.HTTPException, OSError) as broken:
            raise Undeliverable("Nothing could be fetched there.") from broken
        finally:
            connection.close()
    raise Undeliverable("Too many redirects.")


def _body(answer: http.client.HTTPResponse, most: int, types: tuple[str, ...]) -> bytes:
    kind = answer.headers.get_content_type()
    if answer.status != 200 or kind not in types:
        raise Undeliverable(f"The answer was {answer.status} {kind}.")
    chunks, size, deadline = [], 0, time.monotonic() + LONGEST
    while chunk := answer.read1(65_536):  # what has come, so that a slow sender is noticed
        size += len(chunk)
        chunks.append(chunk)
        if size > most or time.monotonic() > deadline:
            raise Undeliverable("It is too large, or too slow.")
    return b"".join(chunks)


class _Pinned(http.client.HTTPConnection):
    """Speaks to a given address while naming, and for TLS checking, the host."""

    def __init__(self, host: str, port: int, address: str, *, tls: bool) -> None:
        super().__init__(host, port, timeout=TIMEOUT)
        self._address, self._tls = address, tls
        self.default_port = 443 if tls else 80  # so that the Host header names only an unusual port

    def connect(self) -> None:
        self.sock = socket.create_connection((self._address, self.port), TIMEOUT)
        if self._tls:
            self.sock = ssl.create_default_context().wrap_socket(self.sock, server_hostname=self.host)
