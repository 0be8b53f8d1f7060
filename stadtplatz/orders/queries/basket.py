"""Reading baskets: what they cost now, and what stands in the way of ordering."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from stadtplatz.catalogue import queries as catalogue
from stadtplatz.catalogue.models import Offer
from stadtplatz.catalogue.queries import PriceView, Sellable
from stadtplatz.catalogue.rules import grams_of, most_by_weight, stock_key
from stadtplatz.delivery import queries as delivery
from stadtplatz.delivery.models import PickupPoint
from stadtplatz.delivery.queries import SlotChoice
from stadtplatz.kit import clock
from stadtplatz.kit.money import ZERO, Money
from stadtplatz.orders.models import Basket, BasketLine
from stadtplatz.shops.models import Shop
from stadtplatz.shops.rules import may_sell

GONE, SHORT, PRICE = "gone", "short", "price"


@dataclass(frozen=True)
class LineView:
    """A basket line at today's price. `problem` is empty, or GONE (not on sale), SHORT (too few left), PRICE (changed since seen)."""

    line: BasketLine
    sellable: Sellable
    problem: str
    price: PriceView
    """Of one piece, in this number."""

    @property
    def offer(self):
        return self.sellable.offer

    @property
    def quantity(self) -> int:
        return self.line.quantity

    @property
    def amount(self) -> Money:
        return self.price.total * self.quantity

    @property
    def grams(self) -> int | None:
        """The estimated weight of all portions; None for what is not weighed."""
        one = grams_of(self.offer)
        return one * self.quantity if one else None

    @property
    def most(self) -> Money:
        """What is paid at most: more than shown only for what is weighed, and then by a bound."""
        return self.amount if self.grams is None else most_by_weight(self.amount)

    @property
    def deposit_amount(self) -> Money:
        return (self.price.deposit or ZERO) * self.quantity


@dataclass(frozen=True)
class ShopGroup:
    """The lines of one shop, with where they are collected. `point` is None while the shop hands nothing out."""

    shop: Shop
    lines: list[LineView]
    point: PickupPoint | None = None
    earliest: SlotChoice | None = None

    @property
    def goods(self) -> Money:
        return sum((line.amount for line in self.lines), ZERO)

    @property
    def deposit(self) -> Money:
        return sum((line.deposit_amount for line in self.lines), ZERO)

    @property
    def total(self) -> Money:
        return self.goods + self.deposit


@dataclass(frozen=True)
class BasketView:
    """A whole basket as its pages show it."""

    basket: Basket | None = None
    groups: list[ShopGroup] = field(default_factory=list)

    @property
    def lines(self) -> list[LineView]:
        return [line for group in self.groups for line in group.lines]

    @property
    def goods(self) -> Money:
        return sum((group.goods for group in self.groups), ZERO)

    @property
    def deposit(self) -> Money:
        return sum((group.deposit for group in self.groups), ZERO)

    @property
    def total(self) -> Money:
        return self.goods + self.deposit

    @property
    def most(self) -> Money:
        """What is paid at most once everything was weighed, deposit included."""
        return sum((line.most for line in self.lines), ZERO) + self.deposit

    @property
    def problems(self) -> set[str]:
        """The kinds of trouble its lines have."""
        return {line.problem for line in self.lines if line.problem}

    @property
    def can_be_ordered(self) -> bool:
        """Whether nothing stands in the way: lines without trouble, and a pick-up point for each shop."""
        return bool(self.lines) and not self.problems and all(group.point for group in self.groups)


def basket_by_secret(secret: str) -> Basket | None:
    """The basket of the cookie."""
    return Basket.objects.filter(secret=secret).first() if secret else None


def view_of(
    basket: Basket | None,
    *,
    held: dict[str, int] | None = None,
    earliest: bool = False,
    at: datetime | None = None,
) -> BasketView:
    """The basket grouped by shop in the order things were put in, at today's prices. Four queries however full it is, six with `earliest`.

    `held` is what the basket's own hold keeps per stock pool; it counts as available to this basket. `earliest` also finds each
    shop's earliest free slot.
    """
    lines = list(basket.lines.all()) if basket else []
    if not lines:
        return BasketView(basket)
    known = catalogue.for_sale(line.offer_id for line in lines)
    views = [_line_view(line, known[line.offer_id], held or {}) for line in lines if line.offer_id in known]
    return BasketView(basket, _grouped(views, at or clock.now() if earliest else None))


def _grouped(views: Iterable[LineView], at: datetime | None) -> list[ShopGroup]:
    by_shop: dict[int, list[LineView]] = {}
    for view in views:
        by_shop.setdefault(view.offer.shop_id, []).append(view)
    points = delivery.points_of(by_shop)
    next_slots = delivery.next_slots(points.values(), at=at) if at else {}
    return [
        ShopGroup(lines[0].offer.shop, lines, point := points.get(shop_id), next_slots.get(point.pk) if point else None)
        for shop_id, lines in by_shop.items()
    ]


def _line_view(line: BasketLine, sellable: Sellable, held: dict[str, int]) -> LineView:
    offer, price = sellable.offer, sellable.price_for(line.quantity)
    available = sellable.available + held.get(stock_key(offer), 0)
    if offer.state != Offer.PUBLISHED or not may_sell(offer.shop):
        problem = GONE
    elif line.quantity > available:
        problem = SHORT
    elif (line.price, line.deposit) != (price.total, price.deposit or ZERO):
        problem = PRICE
    else:
        problem = ""
    return LineView(line, sellable, problem, price)


def removed_offer(offer_id: str, quantity: str) -> tuple[Offer, int] | None:
    """What was just taken out, from the address of the page, so that it can be put back; None if that cannot be."""
    if not (offer_id.isascii() and offer_id.isdigit() and len(offer_id) < 15):
        return None
    offer = Offer.objects.filter(pk=int(offer_id), state=Offer.PUBLISHED).first()
    count = int(quantity) if quantity.isascii() and quantity.isdigit() and len(quantity) < 4 else 1
    return (offer, count) if offer else None
