"""Addresses that stand in mails."""

from django.conf import settings
from django.urls import reverse


def unsubscribe_url(token: str) -> str:
    """The absolute address of the page that stops messages of the kind that this token's message had."""
    return f"{settings.BASE_URL}{reverse('unsubscribe', args=[token])}"
