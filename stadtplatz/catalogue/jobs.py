"""What the catalogue does by the clock."""

from datetime import timedelta

from stadtplatz.catalogue import actions
from stadtplatz.kit.jobs import every, job


@every(timedelta(minutes=1))
@job(max_attempts=3)
def switch_prices() -> None:
    """Planned prices come into force within a minute of their moment."""
    actions.switch_all_due()
