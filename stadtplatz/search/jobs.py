"""What the worker does for the index."""

from datetime import timedelta

from stadtplatz.kit.jobs import every, job
from stadtplatz.search import empty_searches, vocabulary


@every(timedelta(seconds=30))
@job(max_attempts=3)
def learn_words() -> None:
    """Count the words of what was pushed; all of it anew when the analyser changed with an update."""
    if vocabulary.is_stale():
        vocabulary.rebuild()
    vocabulary.learn()


@every(timedelta(days=1))
@job(max_attempts=3)
def forget_empty_searches() -> None:
    """Delete what found nothing longer than the retention time ago."""
    empty_searches.forget_old()
