"""Where everybody finds what was released, as whole addresses for other programs."""

from django.conf import settings
from django.urls import reverse


def photo_url(number: str, pk: int) -> str:
    """The address of a released picture."""
    return settings.BASE_URL + reverse("tickets-public-photo", args=[number, pk])
