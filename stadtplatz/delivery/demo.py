"""Pick-up points and slots of the demo town: for the weeks behind us and the days to come."""

from datetime import datetime, timedelta

from stadtplatz.delivery import actions
from stadtplatz.delivery.models import PickupPoint
from stadtplatz.kit.actors import SYSTEM
from stadtplatz.shops.models import Shop

WEEKS_BACK = 4
NOTES = ["Bitte am Tresen links melden.", "Eingang über den Hof.", "", "Klingeln Sie bitte, wir bringen es heraus."]


def build(now: datetime) -> int:
    """Each open shop has its counter with slots from four weeks ago to a week ahead. Returns how many points there are."""
    begin = now - timedelta(weeks=WEEKS_BACK)
    for number, shop in enumerate(Shop.objects.filter(state=Shop.OPEN).order_by("pk")):
        point = actions.open_point_of(shop, by=SYSTEM, at=begin)
        PickupPoint.objects.filter(pk=point.pk).update(note=NOTES[number % len(NOTES)])
        point.refresh_from_db()
        actions.supply_slots(point, at=begin, days=WEEKS_BACK * 7 + point.days_ahead)
    return PickupPoint.objects.count()
