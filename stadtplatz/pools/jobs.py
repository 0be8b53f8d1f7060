"""What pools do by the clock."""

from datetime import timedelta

from stadtplatz.kit.jobs import every, job
from stadtplatz.pools import actions


@every(timedelta(minutes=1))
@job()
def release_expired_holds() -> None:
    """Give back what nobody confirmed in time."""
    while actions.release_expired(limit=500) == 500:
        continue
