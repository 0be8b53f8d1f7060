"""What each process keeps of shops: who works in any of them. See `kit.kept`."""

from __future__ import annotations

from stadtplatz.kit.kept import Topic, kept
from stadtplatz.shops.models import Membership

STAFF = Topic("shops.staff", {"shops.Membership": ()})


@kept(STAFF)
def staff() -> frozenset[int]:
    """The ids of everybody who works in some shop."""
    return frozenset(Membership.objects.values_list("person_id", flat=True))
