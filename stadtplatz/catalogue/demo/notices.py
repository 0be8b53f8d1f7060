"""What people reported about offers and shops of the demo: one waits, one was taken down, one stays and is complained about."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from stadtplatz.accounts.visitors import actor_for
from stadtplatz.catalogue import actions
from stadtplatz.catalogue.actions.noticed import offer_content
from stadtplatz.catalogue.models import Offer
from stadtplatz.kit.actors import ANONYMOUS
from stadtplatz.kit.money import Money
from stadtplatz.kit.names import slugify_german
from stadtplatz.moderation import actions as moderation
from stadtplatz.moderation.models import ContentNotice, Ground
from stadtplatz.shops.demo.stories import desk
from stadtplatz.shops.models import Membership, Shop

DAY = timedelta(days=1)
SYRUP: dict[str, Any] = {
    "title": "Fichtenspitzen-Sirup „heilt Husten in drei Tagen“",
    "category": "jam",
    "price": Money(790),
    "description": "Ein Löffel am Morgen, und der Husten ist nach drei Tagen weg. Besser als jede Medizin!",
    "content_amount": Decimal(250),
    "content_unit": "ml",
    "vat_class": "reduced",
    "withdrawal": "perishable",
    "allergens": "keine",
    "food_info": "Fichtenspitzen, Zucker, Wasser",
    "quantity": 6,
}


def build(now: datetime) -> None:
    """Three matters in three stages."""
    _waiting(now)
    _taken_down(now - 5 * DAY)
    _complained(now - 4 * DAY)


def _tell(content: moderation.Content, kind: str, text: str, name: str, at: datetime) -> ContentNotice:
    mail = f"{slugify_german(name).replace('-', '.')}@example.org"
    return moderation.give_notice(
        content=content, ground=Ground.objects.get(code=kind), explanation=text, good_faith=True, name=name, email=mail,
        by=ANONYMOUS, at=at,
    )  # fmt: skip


def _waiting(now: datetime) -> None:
    """Two people noticed the same."""
    offer = (
        Offer.objects.filter(state=Offer.PUBLISHED, category="wine").first()
        or Offer.objects.filter(state=Offer.PUBLISHED).last()
    )
    if offer is None:
        return
    content = offer_content(offer)
    _tell(content, "price", "Im Laden steht ein anderer Literpreis als hier auf der Seite.", "Gerd Genauhin", now - DAY)
    _tell(
        content, "food", "Auf der Flasche stehen 12,5 % vol, hier steht etwas anderes.", "Nina Nachsicht", now - DAY / 2
    )


def _taken_down(at: datetime) -> None:
    """Food that promises to heal; the maker reads why it is gone."""
    shop = Shop.objects.filter(name__startswith="Marmeladenküche").first()
    owner = Membership.objects.select_related("person").filter(shop=shop, role=Membership.OWNER).first()
    if shop is None or owner is None:
        return
    by = actor_for(owner.person)
    made = actions.create_offer(shop=shop, by=by, at=at - DAY, **SYRUP)
    made = actions.publish(offer=made, by=by, at=at - DAY)
    notice = _tell(
        offer_content(made), "food", "Ein Sirup darf nicht versprechen, dass er Husten heilt.", "Petra Prüfgern", at
    )
    ruling = moderation.Ruling(
        restrict=True, manifest=True, basis_kind="law", basis="Art. 7 Abs. 3 Verordnung (EU) Nr. 1169/2011",
        facts="Titel und Beschreibung versprechen, dass der Sirup Husten heilt. Lebensmitteln darf keine heilende Wirkung zugeschrieben werden. Ohne diese Aussage kann das Angebot wieder gezeigt werden.",
    )  # fmt: skip
    actions.decide_about_offer(matter=notice.matter, ruling=ruling, by=desk()[0], at=at + DAY)


def _complained(at: datetime) -> None:
    """It stays, and who gave notice sees it differently."""
    offer = (
        Offer.objects.filter(state=Offer.PUBLISHED, category="bread").first()
        or Offer.objects.filter(state=Offer.PUBLISHED).first()
    )
    if offer is None:
        return
    notice = _tell(
        offer_content(offer),
        "rights",
        "Dieses Rezept hat meine Großmutter erfunden, nicht die Bäckerei.",
        "Otto Ofen",
        at,
    )
    ruling = moderation.Ruling(
        restrict=False, facts="Ein Rezept als solches ist nicht geschützt; Bild und Text stammen von der Bäckerei."
    )
    actions.decide_about_offer(matter=notice.matter, ruling=ruling, by=desk()[0], at=at + DAY)
    moderation.complain_as_notifier(
        notice=notice, text="Auch der Name des Brotes ist von ihr. Bitte sehen Sie es noch einmal an.", at=at + 2 * DAY
    )
