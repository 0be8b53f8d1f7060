"""Asked prices in the demo town: one waits for the shop, one for the customer, one is wanted, one could not be named."""

from datetime import datetime, timedelta

from stadtplatz.accounts.demo import CITIZEN
from stadtplatz.accounts.models import Person
from stadtplatz.accounts.visitors import actor_for
from stadtplatz.catalogue import queries as catalogue
from stadtplatz.catalogue.models import Offer
from stadtplatz.kit import clock
from stadtplatz.kit.actors import ANONYMOUS, LINK_HOLDER, Actor
from stadtplatz.kit.money import Money
from stadtplatz.orders import actions

STORIES = [
    ("Mira Erdacht", "ask", 5, "Für 45 Gäste, zwei Stockwerke, mit Himbeeren. Die Feier ist in fünf Wochen."),
    ("Yusuf Probe", "accept", 120, "Für 25 Personen, ohne Nüsse, weil ein Kind sie nicht verträgt."),
    ("Jonas Platzhalter", "refuse", 200, "Für übermorgen, fünf Stockwerke, mit Feuerwerk obendrauf."),
    ("Greta Beispiel", "offer", 30, "Für 60 Personen, schlicht, mit frischen Blumen, zur Feier im Frühling."),
]
PRICE = "Mit Lieferung in der Stadt und Aufbau. Die Blumen bringen Sie bitte mit."
NO = "So kurzfristig schaffen wir das leider nicht, und Feuerwerk trauen wir uns nicht zu."


def build(now: datetime, keepers: dict[int, Actor]) -> None:
    """Four stories at the first shop with a price on request, one of them by the demo's citizen with an account."""
    offer = catalogue.on_sale().filter(kind=Offer.QUOTE).order_by("pk").first()
    keeper = keepers.get(offer.shop_id) if offer else None
    if offer is None or keeper is None:
        return
    citizen = Person.objects.filter(email=CITIZEN).first()
    for name, fate, hours, wish in STORIES:
        asked = now - timedelta(hours=hours)
        by = actor_for(citizen) if citizen and fate == "offer" else ANONYMOUS
        email = f"{name.lower().replace(' ', '.')}@example.org"
        quote = actions.ask_price(offer=offer, wish=wish, name=name, email=email, by=by, at=asked)
        answered = asked + timedelta(hours=3)
        if fate == "refuse":
            actions.refuse_price(quote, reason=NO, by=keeper, at=answered)
        elif fate != "ask":
            day = clock.local(now).date() + timedelta(days=14)
            quote = actions.name_price(quote, price=Money(28_900), valid_until=day, words=PRICE, by=keeper, at=answered)
        if fate == "accept":
            actions.move_quote(quote, move="accept", by=LINK_HOLDER, at=answered + timedelta(hours=20))
