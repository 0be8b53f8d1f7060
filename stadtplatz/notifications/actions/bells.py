"""Ringing browsers that asked for it."""

from datetime import UTC, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from stadtplatz.kit import clock
from stadtplatz.kit.refusals import ActionRefused
from stadtplatz.notifications import push
from stadtplatz.notifications.jobs import ring_bell
from stadtplatz.notifications.models import Bell
from stadtplatz.notifications.models.bell import endpoint_hash

MOST_FOR_ONE = 10
LONGEST = timedelta(days=365)


@transaction.atomic
def hang_bell(*, about: str, endpoint: str, expires: float | None = None, at: datetime | None = None) -> Bell:
    """This browser is rung when there is news about this errand, without saying what, until the errand is over or a year has passed.

    `expires` is when the browser says its subscription ends (seconds since 1970). The caller asked whether the visitor may read the errand.
    Refused for addresses that belong to no push service, and beyond ten browsers for one errand.
    """
    at = at or clock.now()
    if not push.is_push_service(endpoint):
        raise ActionRefused(_("This browser names no push service that we know."), code="no-push-service")
    known = Bell.objects.filter(about=about)
    if known.exclude(endpoint_hash=endpoint_hash(endpoint)).count() >= MOST_FOR_ONE:
        raise ActionRefused(_("Ten devices are told of this already."), code="too-many")
    ends = at + LONGEST
    if expires is not None and at.timestamp() < expires < ends.timestamp():
        ends = datetime.fromtimestamp(expires, UTC)
    given = {"endpoint": endpoint, "created_at": at, "ends_at": ends, "refusals": 0}
    return Bell.objects.update_or_create(about=about, endpoint_hash=endpoint_hash(endpoint), defaults=given)[0]


def take_bell_down(*, about: str, endpoint: str) -> None:
    """This browser is not rung about this errand any more. Nothing happens if it was not."""
    Bell.objects.filter(about=about, endpoint_hash=endpoint_hash(endpoint)).delete()


def take_bells_down(about: str) -> None:
    """Nobody is rung about this errand any more; for errands that are over and contacts that were erased."""
    Bell.objects.filter(about=about).delete()


def ring(about: str) -> None:
    """All browsers that asked for it ring, soon and once for what happens within a moment."""
    for pk in Bell.objects.filter(about=about, ends_at__gt=clock.now()).values_list("pk", flat=True):
        ring_bell.enqueue(pk, key=f"bell:{pk}")
