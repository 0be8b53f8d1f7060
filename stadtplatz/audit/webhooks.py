"""Telling other systems of facts: signed, by ids alone, never into our own network.

A message is a POST of JSON with these headers; docs/decisions/0006-web-hooks.md shows how a receiver checks it:

    Stadtplatz-Timestamp: seconds since 1970
    Stadtplatz-Signature: v1=<HMAC-SHA256 of "<timestamp>.<body>" with the shared secret, in hexadecimal>
    Stadtplatz-Delivery: <fact>-<endpoint>, the same for each attempt
"""

import hmac
import http.client
import ipaddress
import json
import socket
import ssl
import time
from hashlib import sha256
from urllib.parse import SplitResult, urlsplit

from django.conf import settings

from stadtplatz.audit.models import Endpoint, Record
from stadtplatz.kit import clock
from stadtplatz.kit.jobs import job

TIMEOUT = 10
_KEEP_SECONDS = 0.0 if settings.MODE == "test" else 10.0
_known: tuple[float, list[Endpoint]] | None = None


class Undeliverable(Exception):
    """The message was not taken; it is tried again later."""


def listeners(verb: str) -> list[int]:
    """The active endpoints that want this verb. Asked at most every ten seconds per process, so a new one hears a little later."""
    global _known
    if _known is None or time.monotonic() - _known[0] >= _KEEP_SECONDS:
        _known = (time.monotonic(), list(Endpoint.objects.filter(active=True)))
    return [endpoint.pk for endpoint in _known[1] if endpoint.wants(verb)]


def forget() -> None:
    """Ask anew at the next fact (after a change of endpoints in this process)."""
    global _known
    _known = None


@job(max_attempts=12)
def deliver(endpoint_id: int, record_id: int) -> None:
    """Send one fact to one endpoint. 2xx is success, 410 switches the endpoint off, anything else is tried again (for a day)."""
    endpoint = Endpoint.objects.filter(pk=endpoint_id, active=True).first()
    if endpoint is None:
        return
    body = payload(Record.objects.get(pk=record_id))
    try:
        status = post(
            endpoint.url,
            body,
            signature_headers(endpoint.secret, body) | {"Stadtplatz-Delivery": f"{record_id}-{endpoint_id}"},
        )
    except (OSError, http.client.HTTPException, Undeliverable) as error:
        _note(endpoint, type(error).__name__)
        raise
    _note(endpoint, str(status), active=status != 410)
    if not (200 <= status < 300 or status == 410):
        raise Undeliverable(f"The endpoint answered {status}.")


def payload(record: Record) -> bytes:
    """The message: what happened to which thing, when. No actor, no names; the receiver asks the API for what it may see."""
    message = {
        "id": record.pk,
        "verb": record.verb,
        "subject": {"kind": record.subject_kind, "id": record.subject_id},
        "at": record.at.isoformat(),
        "keys": record.keys,
    }
    return json.dumps(message, separators=(",", ":")).encode()


def signature_headers(secret: str, body: bytes, timestamp: int | None = None) -> dict[str, str]:
    """The headers that prove who sends and when. The real time, whatever the demo's clock says."""
    stamp = str(int(time.time()) if timestamp is None else timestamp)
    digest = hmac.new(secret.encode(), f"{stamp}.".encode() + body, sha256).hexdigest()
    return {"Stadtplatz-Timestamp": stamp, "Stadtplatz-Signature": f"v1={digest}"}


def checked(url: str) -> SplitResult:
    """The address taken apart. Refused (Undeliverable) unless https (http only where private targets are allowed)."""
    parts = urlsplit(url)
    schemes = {"https", "http"} if settings.WEBHOOKS_TO_PRIVATE else {"https"}
    if parts.scheme not in schemes or not parts.hostname or parts.username or parts.password:
        raise Undeliverable("A web hook needs a plain https address.")
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
        connection.request(
            "POST", path, body, {"Content-Type": "application/json", "User-Agent": "Stadtplatz"} | headers
        )
        return connection.getresponse().status
    finally:
        connection.close()


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


def _note(endpoint: Endpoint, status: str, *, active: bool = True) -> None:
    Endpoint.objects.filter(pk=endpoint.pk).update(last_status=status[:40], last_at=clock.now(), active=active)
    if not active:
        forget()
