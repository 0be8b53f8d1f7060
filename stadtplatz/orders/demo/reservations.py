"""Things put aside in the demo town: new, ready, asked for longer, fetched, called off, not there, not fetched."""

from datetime import datetime, timedelta

from stadtplatz.accounts.demo import CITIZEN
from stadtplatz.accounts.models import Person
from stadtplatz.accounts.visitors import actor_for
from stadtplatz.catalogue import queries as catalogue
from stadtplatz.catalogue.models import Offer
from stadtplatz.kit.actors import ANONYMOUS, LINK_HOLDER, SYSTEM, Actor
from stadtplatz.kit.refusals import ActionRefused
from stadtplatz.orders import actions
from stadtplatz.orders.models import Reservation
from stadtplatz.shops.models import Shop

STORIES = [
    # who, what became of it, how many hours ago, how many pieces
    ("Greta Beispiel", "held", 1, 1),
    ("Opa Anton", "ready", 3, 2),
    ("Elif Muster", "longer", 5, 1),
    ("Flitzer71", "held", 2, 1),
    ("Mira Erdacht", "ready", 4, 1),
    ("Yusuf Probe", "collect", 30, 1),
    ("Lena Erdacht", "cancel", 50, 2),
    ("Jonas Platzhalter", "refuse", 75, 1),
    ("Sofia Beispiel", "end", 100, 1),
    ("Murat Platzhalter", "collect", 120, 2),
]
NOT_THERE = "Beim Umräumen ist das Glas leider zerbrochen. Nächste Woche kommt Nachschub."


def build(now: datetime, keepers: dict[int, Actor]) -> int:
    """Ten stories, the first at a shop that does not sell yet, one of them by the demo's citizen with an account. Returns how many came about."""
    offers = _offers()
    citizen = Person.objects.filter(email=CITIZEN).first()
    made = 0
    for number, (name, fate, hours, pieces) in enumerate(STORIES if offers else []):
        offer, at = offers[number % len(offers)], now - timedelta(hours=hours, minutes=7 * number)
        by = actor_for(citizen) if citizen and number in (1, 5) else ANONYMOUS
        email = "" if name == "Flitzer71" else f"{name.lower().replace(' ', '.')}@example.org"
        try:
            row = actions.reserve(
                offer_id=offer.pk, quantity=pieces, name=name, email=email, network=f"192.0.2.{number}", by=by, at=at
            )
        except ActionRefused:
            continue
        _live(row, fate, keepers.get(offer.shop_id, SYSTEM), at, now)
        made += 1
    return made


def _offers() -> list[Offer]:
    """One offer of each shop that puts things aside, first of those that do not sell yet; three of the first shop that sells."""
    found: dict[int, list[Offer]] = {}
    for card in catalogue.cards(catalogue.on_sale().filter(age_limit=0, variant_of=None).order_by("shop_id", "pk")):
        if card.available > 4 and card.offer.kind in Offer.ON_THE_SHELF:
            found.setdefault(card.offer.shop_id, []).append(card.offer)
    shops = sorted(found.values(), key=lambda rows: rows[0].shop.standing != Shop.KNOWN)
    selling = next((rows for rows in shops if rows[0].shop.standing != Shop.KNOWN), [])
    return [offer for rows in shops for offer in rows[: 3 if rows is selling else 1]]


def _live(row: Reservation, fate: str, keeper: Actor, at: datetime, now: datetime) -> None:
    later = at + timedelta(minutes=25)
    if fate in {"ready", "longer", "collect", "end"}:
        actions.move_reservation(row, move="ready", by=keeper, at=later)
    if fate == "longer":
        actions.ask_longer(row, by=LINK_HOLDER, at=later + timedelta(minutes=10))
    elif fate == "collect":
        actions.move_reservation(row, move="collect", by=keeper, at=later + timedelta(hours=3))
    elif fate == "cancel":
        actions.move_reservation(row, move="cancel", by=LINK_HOLDER, at=later)
    elif fate == "refuse":
        actions.say_not_there(row, reason=NOT_THERE, back_on_sale=True, by=keeper, at=later)
    elif fate == "end":
        actions.move_reservation(row, move="end", by=SYSTEM, at=min(row.until, now))
