"""Telling other systems of facts: signed, by ids alone, never into our own network.

A message is a POST of JSON with these headers; docs/decisions/0009-web-hooks.md shows how a receiver checks it (docs/api.md too):

    Stadtplatz-Timestamp: seconds since 1970
    Stadtplatz-Signature: v1=<HMAC-SHA256 of "<timestamp>.<body>" with the shared secret, in hexadecimal>; for a day after a
                          change of the secret a second one with the old secret follows after a comma
    Stadtplatz-Delivery: <fact>-<endpoint>, the same for each attempt
"""

import hmac
import http.client
import json
import time
from datetime import timedelta
from hashlib import sha256

from django.apps import apps
from django.conf import settings

from stadtplatz.audit.models import Delivery, Endpoint, Record
from stadtplatz.kit import clock
from stadtplatz.kit.jobs import every, job
from stadtplatz.kit.outside import Undeliverable, post

PING = "audit.pinged"
KEPT_FOR = timedelta(days=30)
_KEEP_SECONDS = 0.0 if settings.MODE == "test" else 10.0
_known: tuple[float, list[Endpoint]] | None = None


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
    if endpoint is not None:
        record = Record.objects.get(pk=record_id)
        _send(endpoint, record.verb, payload(record), f"{record_id}-{endpoint_id}", record)


@job(max_attempts=1)
def ping(endpoint_id: int) -> None:
    """Send an empty message (`audit.pinged`) to see whether the endpoint is there; tried once."""
    if endpoint := Endpoint.objects.filter(pk=endpoint_id).first():
        message = {"id": 0, "verb": PING, "at": clock.now().isoformat(), "keys": {}}
        try:
            _send(endpoint, PING, json.dumps(message, separators=(",", ":")).encode(), f"0-{endpoint_id}")
        except (OSError, http.client.HTTPException, Undeliverable):
            return


@every(timedelta(days=1))
@job()
def forget_deliveries() -> None:
    """Attempts are shown for 30 days."""
    Delivery.objects.filter(at__lt=clock.now() - KEPT_FOR).delete()


def _send(endpoint: Endpoint, verb: str, body: bytes, delivery: str, record: Record | None = None) -> None:
    """Send once and note what came of it. Raises unless the endpoint took it or wants no more."""
    started = time.monotonic()
    headers = signature_headers(endpoint.secret, body, old_secret=_old_secret(endpoint))
    try:
        sent = headers | {"Content-Type": "application/json", "Stadtplatz-Delivery": delivery}
        status = post(endpoint.url, body, sent, private=settings.WEBHOOKS_TO_PRIVATE)
    except (OSError, http.client.HTTPException, Undeliverable) as error:
        _note(endpoint, verb, record, type(error).__name__, started)
        raise
    taken = 200 <= status < 300
    _note(endpoint, verb, record, str(status), started, taken=taken, active=endpoint.active and status != 410)
    if not (taken or status == 410):
        raise Undeliverable(f"The endpoint answered {status}.")


def _old_secret(endpoint: Endpoint) -> str:
    """The secret before, while receivers may still know that one."""
    until = endpoint.old_secret_until
    return endpoint.old_secret if until and until > clock.now() else ""


def payload(record: Record) -> bytes:
    """The message: what happened to which thing, when. No actor, no names; the receiver asks the API for what it may see."""
    message = {
        "id": record.pk,
        "verb": record.verb,
        "subject": {"kind": record.subject_kind, "id": record.subject_id} | _number(record),
        "at": record.at.isoformat(),
        "keys": record.keys,
    }
    return json.dumps(message, separators=(",", ":")).encode()


def _number(record: Record) -> dict[str, str]:
    """The number under which people know the thing, where it has one: with it the API can be asked."""
    model = apps.get_model(record.subject_kind)
    if "number" not in {field.name for field in model._meta.concrete_fields}:
        return {}
    number = model._default_manager.filter(pk=record.subject_id).values_list("number", flat=True).first()
    return {"number": number} if isinstance(number, str) else {}


def signature_headers(
    secret: str, body: bytes, timestamp: int | None = None, *, old_secret: str = ""
) -> dict[str, str]:
    """The headers that prove who sends and when. The real time, whatever the demo's clock says."""
    stamp = str(int(time.time()) if timestamp is None else timestamp)
    message = f"{stamp}.".encode() + body
    secrets = [secret, old_secret] if old_secret else [secret]
    signatures = [f"v1={hmac.new(known.encode(), message, sha256).hexdigest()}" for known in secrets]
    return {"Stadtplatz-Timestamp": stamp, "Stadtplatz-Signature": ",".join(signatures)}


def _note(
    endpoint: Endpoint,
    verb: str,
    record: Record | None,
    status: str,
    started: float,
    *,
    taken: bool = False,
    active=None,
) -> None:
    active = endpoint.active if active is None else active
    at, took = clock.now(), int((time.monotonic() - started) * 1000)
    Delivery.objects.create(
        endpoint=endpoint, record=record, verb=verb, at=at, status=status[:40], taken=taken, milliseconds=took
    )
    Endpoint.objects.filter(pk=endpoint.pk).update(last_status=status[:40], last_at=at, active=active)
    if not active:
        forget()
