"""What shops do by the clock."""

from datetime import timedelta

from stadtplatz.kit.jobs import every, job
from stadtplatz.shops import opening


@every(timedelta(minutes=30))
@job()
def end_pauses() -> None:
    """Shops whose holiday is over are open again."""
    opening.end_pauses()
