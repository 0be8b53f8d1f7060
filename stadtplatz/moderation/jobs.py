"""What moderation does by the clock. It ends what has its day, and decides nothing."""

from datetime import timedelta

from stadtplatz.kit.jobs import every, job
from stadtplatz.moderation import actions


@every(timedelta(minutes=30))
@job(max_attempts=3)
def end_measures() -> None:
    """Suspensions for misuse whose day has come are over."""
    actions.end_measures()


@every(timedelta(hours=12))
@job(max_attempts=3)
def forget_misuse() -> None:
    """Measures and the hashes of senders are gone a year later."""
    actions.forget_misuse()
