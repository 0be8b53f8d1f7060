"""What shops do by the clock."""

from datetime import timedelta

from stadtplatz.kit.jobs import every, job
from stadtplatz.shops import leaving, opening


@every(timedelta(minutes=30))
@job()
def end_pauses() -> None:
    """Shops whose holiday is over are open again."""
    opening.end_pauses()


@every(timedelta(hours=12))
@job()
def forget() -> None:
    """What the law asks to keep for six months is gone after six months."""
    leaving.forget_sellers()
    leaving.forget_requests()
