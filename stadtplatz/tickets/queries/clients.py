"""Programs of others: which one a key belongs to, and what came from each."""

from __future__ import annotations

from django.db.models import Count, Max, QuerySet

from stadtplatz.kit.rows import Written
from stadtplatz.tickets.models import ApiClient, ClientReport
from stadtplatz.tickets.models.client import key_digest, token_digest


def client_of(key: str) -> ApiClient | None:
    """The program this key belongs to; None for unknown and for revoked keys alike."""
    if not key or len(key) > 100:
        return None
    return _OF_KEY.sole(digest=key_digest(key))


_OF_KEY = Written(lambda digest: ApiClient.objects.filter(key_digest=digest, revoked_at=None).order_by(), digest=str)


def clients() -> QuerySet[ApiClient]:
    """All programs by name, with how many reports came from them and when the last did."""
    return ApiClient.objects.annotate(count=Count("reports"), last_at=Max("reports__ticket__case__received_at"))


def client(pk: int) -> ApiClient | None:
    return ApiClient.objects.filter(pk=pk).first()


def number_of_token(token: str) -> str | None:
    """The number of the report that was sent with this token."""
    if not token or len(token) > 100:
        return None
    found = ClientReport.objects.filter(token_digest=token_digest(token)).order_by("pk")
    return found.values_list("ticket__case__number", flat=True).first()
