"""Web Push without content: the browser learns that there is something new, and nothing else, so its push service learns no more.

VAPID (RFC 8292) by hand: one signature, made with the `cryptography` that is here anyway. The key pair is worked out from the
installation's secret, so there is nothing to set up; with a new secret all browsers have to ask anew.
"""

import base64
import json
import time
from hashlib import sha256
from urllib.parse import urlsplit

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from django.conf import settings

from stadtplatz.kit import outside
from stadtplatz.notifications.senders import TOWNHALL, sender_of

ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
"""Of the curve P-256; a private key lies below it."""
KEEP_SECONDS = 24 * 3600
"""How long the push service keeps the message for a browser that is asleep."""
VALID_SECONDS = 12 * 3600


def is_push_service(endpoint: str) -> bool:
    """Whether the address is at one of the push services of the browsers; we send nowhere else."""
    try:
        parts = outside.checked(endpoint, private=settings.WEBHOOKS_TO_PRIVATE)
    except (outside.Undeliverable, ValueError):
        return False
    host = str(parts.hostname).lower()
    return len(endpoint) <= 1000 and any(host == name or host.endswith(f".{name}") for name in settings.PUSH_SERVICES)


def public_key() -> str:
    """What browsers get when they subscribe, so that nobody else can ring them."""
    point = _private_key().public_key()
    return _b64(point.public_bytes(serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint))


def ring(endpoint: str, about: str) -> int:
    """Ring once; returns the push service's answer. A second ring about the same errand replaces one that still waits."""
    headers = {
        "Authorization": f"vapid t={_token(endpoint)}, k={public_key()}",
        "TTL": str(KEEP_SECONDS),
        "Urgency": "normal",
        "Topic": _b64(sha256(f"{settings.SECRET_KEY}{about}".encode()).digest())[:32],
        "Content-Length": "0",
    }
    return outside.post(endpoint, b"", headers, private=settings.WEBHOOKS_TO_PRIVATE)


def _token(endpoint: str) -> str:
    """The signed sentence who we are, to this push service, for a few hours. The real time, whatever the demo's clock says."""
    parts = urlsplit(endpoint)
    claims = {
        "aud": f"{parts.scheme}://{parts.netloc}",
        "exp": int(time.time()) + VALID_SECONDS,
        "sub": f"mailto:{sender_of(TOWNHALL).address}",
    }
    said = f"{_json({'typ': 'JWT', 'alg': 'ES256'})}.{_json(claims)}"
    r, s = decode_dss_signature(_private_key().sign(said.encode(), ec.ECDSA(hashes.SHA256())))
    return f"{said}.{_b64(r.to_bytes(32, 'big') + s.to_bytes(32, 'big'))}"


def _private_key() -> ec.EllipticCurvePrivateKey:
    seed = int.from_bytes(sha256(b"web push 1\0" + settings.SECRET_KEY.encode()).digest() * 2, "big")
    return ec.derive_private_key(seed % (ORDER - 1) + 1, ec.SECP256R1())


def _json(value: dict) -> str:
    return _b64(json.dumps(value, separators=(",", ":")).encode())


def _b64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
