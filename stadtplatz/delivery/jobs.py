"""Work on a timer: there are always slots for the coming days."""

from datetime import timedelta

from stadtplatz.delivery import actions
from stadtplatz.delivery.models import PickupPoint
from stadtplatz.kit import clock
from stadtplatz.kit.jobs import every, job


@every(timedelta(hours=3))
@job(max_attempts=3)
def supply_all_points() -> None:
    """Supply each open point with slots; one transaction per point, so that orders never wait long."""
    for point in PickupPoint.objects.filter(is_open=True).select_related("shop").order_by("pk"):
        actions.supply_slots(point, at=clock.now())
