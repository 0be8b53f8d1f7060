"""Somebody reported a shop of the demo; nothing was wrong, and the desk said so."""

from datetime import datetime, timedelta

from stadtplatz.kit.actors import ANONYMOUS
from stadtplatz.moderation import actions as moderation
from stadtplatz.moderation.models import Ground
from stadtplatz.shops import actions
from stadtplatz.shops.content import shop_content
from stadtplatz.shops.demo.stories import desk
from stadtplatz.shops.models import Shop


def build(at: datetime) -> None:
    """One notice of that day, decided two days later."""
    shop = Shop.objects.filter(state=Shop.OPEN, standing=Shop.APPROVED).order_by("pk").last()
    if shop is None:
        return
    notice = moderation.give_notice(
        content=shop_content(shop), ground=Ground.objects.get(code="trader"), good_faith=True, by=ANONYMOUS, at=at,
        explanation="Ich habe dort angerufen und niemanden erreicht.", name="Udo Ungeduldig", email="udo.ungeduldig@example.org",
    )  # fmt: skip
    ruling = moderation.Ruling(
        restrict=False, facts="Name, Anschrift und Register stimmen. Dass am Samstagabend niemand abhebt, verstößt gegen kein Gesetz.",
        unfounded=(notice.pk,),
    )  # fmt: skip
    actions.decide_about_shop(matter=notice.matter, ruling=ruling, by=desk()[1], at=at + timedelta(days=2))
