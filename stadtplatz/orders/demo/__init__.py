"""Orders of the demo town over the last weeks, made by the same actions everybody uses."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from stadtplatz.accounts.demo import CITIZEN
from stadtplatz.accounts.visitors import actor_for
from stadtplatz.catalogue.models import Offer
from stadtplatz.catalogue.rules import stock_key
from stadtplatz.delivery.models import Slot
from stadtplatz.kit import clock
from stadtplatz.kit.actors import ANONYMOUS, LINK_HOLDER, SYSTEM, Actor
from stadtplatz.kit.refusals import ActionRefused
from stadtplatz.orders import actions
from stadtplatz.orders.demo import quotes, reservations, weights
from stadtplatz.orders.models import Order, OrderPart
from stadtplatz.orders.queries.basket import view_of
from stadtplatz.pools import actions as pools
from stadtplatz.pools import queries as levels
from stadtplatz.shops.models import Membership, Shop

NAMES = [
    "Hannelore Muster", "Yusuf Probe", "Greta Beispiel", "Anton Fiktiv", "Mira Erdacht", "Jonas Platzhalter",
    "Elif Muster", "Karl-Heinz Probe", "Sofia Beispiel", "Thomas Fiktiv", "Lena Erdacht", "Murat Platzhalter",
]  # fmt: skip
REASONS = [
    "Leider ist uns heute der Ofen ausgefallen. Morgen backen wir wieder.",
    "Das letzte Stück hat einen Fehler, so möchten wir es Ihnen nicht geben.",
    "Unser Lieferant kommt erst nächste Woche. Wir melden uns gern, wenn die Ware da ist.",
]
PAST = ["collect"] * 18 + ["decline", "cancel", "expire", "lapse", "collect", "collect", "cancel", "decline"]
PRESENT = ["ready"] * 5 + ["confirm"] * 4 + ["place"] * 4 + ["cancel", "decline"]


@dataclass
class _Builder:
    now: datetime
    chance: Random
    keepers: dict[int, Actor]
    made: int = 0

    def order(self, fate: str, placed: datetime, first_day: datetime) -> Order | None:
        """One order over one to three shops and what became of it; None when nothing fits that day."""
        slots = self._slots(first_day, placed)
        if not slots:
            return None
        chosen = self.chance.sample(sorted(slots), k=min(len(slots), self.chance.choice([1, 1, 2, 2, 3])))
        goods = [offer for shop_id in chosen for offer in self._goods(shop_id)]
        try:
            basket = None
            for offer in goods:
                basket = actions.put_in(basket, offer_id=offer.pk, quantity=self.chance.choice([1, 1, 2, 3]), at=placed)
            if basket is None:
                return None
            order = self._check_out(basket, slots, placed)
        except ActionRefused:
            return None
        for part in order.parts.select_related("shop", "slot"):
            self._live(part, fate, placed)
        self.made += 1
        return order

    def _check_out(self, basket, slots: dict[int, Slot], placed: datetime) -> Order:
        view = view_of(basket, at=placed)
        wanted = {group.shop.pk: slots[group.shop.pk].pk for group in view.groups}
        checkout = actions.choose_slots(basket, slots=wanted, at=placed)
        name = NAMES[self.made % len(NAMES)]
        address = f"{name.lower().replace(' ', '.').replace('-', '.')}.{self.made}@example.org"
        email = CITIZEN if address.startswith(CITIZEN.split("@")[0]) else address
        actions.leave_contact(checkout, name=name, email=email, phone="")
        actions.begin_review(checkout, at=placed)
        return actions.place_order(key=checkout.key, shown_total=view.total.cents, by=ANONYMOUS, at=placed)

    def _live(self, part: OrderPart, fate: str, placed: datetime) -> None:
        """What the shop and the buyer did with this part, in order and no later than now."""
        keeper = self.keepers.get(part.shop_id)
        if keeper is None or fate == "place":
            return
        answered = placed + timedelta(minutes=self.chance.randint(8, 50))
        if fate == "cancel":
            actions.cancel([part], by=LINK_HOLDER, at=min(answered, self.now))
        elif fate == "decline":
            actions.decline(part, reason=self.chance.choice(REASONS), by=keeper, at=min(answered, self.now))
        elif fate == "lapse":
            actions.advance(part, move="lapse", by=SYSTEM, at=part.ends_at + timedelta(minutes=10))
        else:
            self._pack(part, fate, keeper, min(answered, self.now))

    def _pack(self, part: OrderPart, fate: str, keeper: Actor, answered: datetime) -> None:
        actions.advance(part, move="confirm", by=keeper, at=answered)
        if fate == "confirm":
            return
        packed = max(answered, part.starts_at - timedelta(minutes=self.chance.randint(40, 100)))
        self._weigh(part, keeper, min(packed, self.now))
        actions.advance(part, move="ready", by=keeper, at=min(packed, self.now))
        if fate == "collect":
            came = part.starts_at + timedelta(minutes=self.chance.randint(5, 50))
            actions.advance(part, move="collect", by=keeper, at=came)
        elif fate == "expire":
            actions.advance(part, move="expire", by=keeper, at=part.ends_at + timedelta(days=2))

    def _weigh(self, part: OrderPart, keeper: Actor, at: datetime) -> None:
        """What the scales showed for loose goods: mostly close to what was ordered, sometimes more than is charged."""
        loose = {line.pk: line.grams for line in part.lines.all() if line.grams}
        if loose:
            grams = {
                pk: round(ordered * self.chance.choice([94, 98, 101, 104, 113]) / 100) for pk, ordered in loose.items()
            }
            actions.weigh(part, grams=grams, by=keeper, at=at)

    def talk(self, order: Order) -> None:
        """The buyer asked something, and the shop answered."""
        part = order.parts.select_related("shop", "order").first()
        if part and (keeper := self.keepers.get(part.shop_id)):
            asked = min(order.placed_at + timedelta(minutes=20), self.now)
            words = "Ich komme vielleicht eine halbe Stunde später. Geht das?"
            actions.write_to_shop(order, part=part, body=words, by=LINK_HOLDER, at=asked)
            words = "Kein Problem, wir legen es Ihnen zurück."
            actions.write_to_buyer(part, body=words, by=keeper, at=min(asked + timedelta(minutes=15), self.now))

    def _slots(self, day: datetime, placed: datetime) -> dict[int, Slot]:
        """One free slot per shop on this day, by shop id."""
        begin = max(day, placed + timedelta(hours=3))
        rows = Slot.objects.filter(
            starts_at__gte=begin, starts_at__lt=day + timedelta(days=1), pickup_point__shop__state=Shop.OPEN
        )
        slots = list(rows.select_related("pickup_point"))
        self.chance.shuffle(slots)
        free = levels.available([slot.pool_key for slot in slots])
        return {slot.pickup_point.shop_id: slot for slot in slots if free[slot.pool_key]}

    def _goods(self, shop_id: int) -> list[Offer]:
        offers = list(Offer.objects.filter(shop=shop_id, state=Offer.PUBLISHED).order_by("pk"))
        free = levels.available([stock_key(offer) for offer in offers])
        plenty = [offer for offer in offers if free[stock_key(offer)] >= 3]
        return self.chance.sample(plenty, k=min(len(plenty), self.chance.choice([1, 2, 2, 3])))


def build(now: datetime) -> int:
    """About forty orders of the last three weeks and the coming days, in all states, today's ready ones among them.

    Shelves are filled again afterwards by what the past orders took, as a shop would. Returns how many orders were made.
    """
    owners = Membership.objects.filter(role=Membership.OWNER).select_related("person")
    builder = _Builder(now, Random(1204), {row.shop_id: actor_for(row.person) for row in owners})  # noqa: S311 - a demo, repeatable on purpose
    midnight = clock.local(now).replace(hour=0, minute=0, second=0, microsecond=0)
    before = _shelves()
    for number, fate in enumerate(PAST):
        day = midnight - timedelta(days=21 - number * 20 // len(PAST))
        _try_days(builder, fate, [day - timedelta(days=back) for back in range(3)], now)
    for number, fate in enumerate(PRESENT):
        days = [midnight + timedelta(days=ahead + number % 2) for ahead in range(4)]
        _try_days(builder, fate, days, now)
    for order in Order.objects.order_by("-placed_at", "-pk")[1:12:3]:
        builder.talk(order)
    reservations.build(now, builder.keepers)
    quotes.build(now, builder.keepers)
    weights.build(now, builder.keepers)
    _refill(before)
    return builder.made


def _try_days(builder: _Builder, fate: str, days: list[datetime], now: datetime) -> None:
    """The first of these days that has slots; past orders were placed the day before, present ones this morning or yesterday."""
    for day in days:
        placed = day - timedelta(hours=builder.chance.randint(5, 20))
        if builder.order(fate, min(placed, now - timedelta(minutes=70)), day):
            return


def _shelves() -> dict[str, int]:
    return levels.available([stock_key(pk) for pk in Offer.objects.values_list("pk", flat=True)])


def _refill(before: dict[str, int]) -> None:
    for key, count in levels.available(before).items():
        if count < before[key]:
            pools.supply(key, before[key] - count)
