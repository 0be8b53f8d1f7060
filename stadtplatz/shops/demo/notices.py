"""Somebody reports shops of the demo again and again; nothing is wrong with them, the desk says so, and in the end warns him."""

from datetime import datetime, timedelta

from stadtplatz.kit.actors import ANONYMOUS
from stadtplatz.moderation import actions as moderation
from stadtplatz.moderation.models import Ground, Measure, MisuseRule
from stadtplatz.moderation.rules import sender_key
from stadtplatz.shops import actions
from stadtplatz.shops.content import shop_content
from stadtplatz.shops.demo.stories import desk
from stadtplatz.shops.models import Shop

EMAIL = "udo.ungeduldig@example.org"
SAID = (
    (40, "Ich habe dort angerufen und niemanden erreicht.",
     "Name, Anschrift und Register stimmen. Dass am Samstagabend niemand abhebt, verstößt gegen kein Gesetz."),
    (33, "Auch hier hat niemand abgehoben. Das ist sicher kein echtes Geschäft!",
     "Wir haben das Geschäft besucht. Name, Anschrift und Register stimmen."),
    (26, "Immer noch niemand am Telefon, und das am Sonntag!",
     "Am Sonntag ist geschlossen; so steht es bei den Öffnungszeiten."),
)  # fmt: skip
"""How many days ago which notice was given, and what the decision on it said."""


def build(now: datetime) -> None:
    """Three notices, each decided two days later; the sender is warned after the last."""
    shops = Shop.objects.filter(state=Shop.OPEN, standing=Shop.APPROVED).order_by("-pk")[: len(SAID)]
    for shop, (days, text, reasons) in zip(shops, SAID, strict=False):
        _told(shop, text, reasons, now - timedelta(days=days))
    if len(shops) == len(SAID):
        _warned(now - timedelta(days=20))


def _told(shop: Shop, text: str, reasons: str, at: datetime) -> None:
    notice = moderation.give_notice(
        content=shop_content(shop), ground=Ground.objects.get(code="trader"), good_faith=True, by=ANONYMOUS, at=at,
        explanation=text, name="Udo Ungeduldig", email=EMAIL,
    )  # fmt: skip
    ruling = moderation.Ruling(restrict=False, facts=reasons, unfounded=(notice.pk,))
    actions.decide_about_shop(matter=notice.matter, ruling=ruling, by=desk()[1], at=at + timedelta(days=2))


def _warned(at: datetime) -> None:
    finding = moderation.Finding(
        kind=Measure.WARNING,
        gravity="Die Geschäfte mussten sich dreimal erklären und ihre Unterlagen noch einmal zeigen.",
        intention="Dass am Wochenende niemand abhebt, ist jedes Mal derselbe Grund. Er wurde schon mit der ersten Entscheidung erklärt.",
        reasons="Alle drei Meldungen waren offensichtlich unbegründet. Bitte melden Sie Geschäfte nur, wenn Sie einen Anhaltspunkt dafür haben, dass etwas nicht stimmt.",
    )  # fmt: skip
    sender = sender_key(EMAIL)
    moderation.take_measure(side=MisuseRule.NOTIFIER, subject=sender, finding=finding, by=desk()[1], at=at)
