"""The second factor: how its secret is stored, and whether this session has shown it."""

import base64
import hashlib
from functools import cache

from allauth.account.authentication import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet
from django.conf import settings
from django.http import HttpRequest

from stadtplatz.kit.identity import city


def was_shown(request: HttpRequest) -> bool:
    """Whether this session was opened or confirmed with an authenticator code or a recovery code.

    In the demo the role changer may say so itself, because its people have no telephone.
    """
    records = get_authentication_records(request, request.user)
    shown = any(record.get("method") == "mfa" for record in records)
    return shown or (settings.DEMO and bool(request.session.get("second_factor")))


class Adapter(DefaultMFAAdapter):
    """Names the city in authenticator apps and encrypts their secrets with the installation's own."""

    def get_totp_issuer(self) -> str:
        return f"Stadtplatz {city().name}"

    def encrypt(self, text: str) -> str:
        return _fernet(settings.SECRET_KEY).encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _fernet(settings.SECRET_KEY).decrypt(encrypted_text.encode()).decode()


@cache
def _fernet(secret: str) -> Fernet:
    return Fernet(base64.urlsafe_b64encode(hashlib.sha256(f"second-factor:{secret}".encode()).digest()))
