"""Codes and link tokens that the database alone does not give away.

A row keeps 128 random bits (the nonce). The code or token is an HMAC of it under the installation's secret, so that the
text of a mail can be written by a later job although nothing secret is stored, and a stolen copy of the database opens nothing.
"""

import base64
import hashlib
import hmac
import secrets

from django.conf import settings

CODE_DIGITS = 6


def nonce() -> str:
    """128 fresh random bits."""
    return secrets.token_hex(16)


def mail_code(nonce: str) -> str:
    """Six digits for typing; good only with few tries and for a short time."""
    number = int.from_bytes(_digest("code", nonce)[:8], "big")
    return f"{number % 10**CODE_DIGITS:0{CODE_DIGITS}}"


def link_token(nonce: str) -> str:
    """22 signs (128 bits) for a link."""
    return base64.urlsafe_b64encode(_digest("link", nonce)[:16]).decode().rstrip("=")


def same(given: str, right: str) -> bool:
    """Compare without telling by the time it takes how much was right."""
    return hmac.compare_digest(given.encode(), right.encode())


def fingerprint(token: str) -> str:
    """What may be stored and searched in place of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def _digest(purpose: str, nonce: str) -> bytes:
    return hmac.new(settings.SECRET_KEY.encode(), f"{purpose}:{nonce}".encode(), hashlib.sha256).digest()
