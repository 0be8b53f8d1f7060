"""Reading orders: by link, by number and code, by their buyer, and by the shop that packs them."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import QuerySet, Sum

from stadtplatz.kit import clock
from stadtplatz.kit.actors import Actor
from stadtplatz.kit.errands import of_actor, opened_with
from stadtplatz.kit.money import ZERO, Money
from stadtplatz.kit.rows import Written, fill
from stadtplatz.orders import flow
from stadtplatz.orders.models import Order, OrderLine, OrderPart
from stadtplatz.shops import rules as shop_rules
from stadtplatz.shops.models import Shop


def by_secret(secret: str) -> Order | None:
    """The order behind a secret link, with its parts, their shops, lines, and what was withdrawn of them."""
    order = _ORDER.sole(secret=secret)
    if order is not None:
        parts = _PARTS(order=order.pk)
        fill([order], "parts", parts)
        fill(parts, "lines", _LINES(order=order.pk))
    return order


_ORDER = Written(lambda secret: Order.objects.filter(secret=secret).select_related("guest").order_by(), secret=str)
_PARTS = Written(lambda order: OrderPart.objects.filter(order=order).select_related("shop"), order=int)
_LINES = Written(lambda order: OrderLine.objects.filter(part__order=order).select_related("withdrawn"), order=int)


def by_number_and_code(number: str, code: str) -> Order | None:
    """The order of this number if the typed code is its own. Limits on tries are the caller's."""
    return opened_with(Order.objects.all(), number, code)


def mine(actor: Actor) -> list[Order]:
    """The orders of this person (signed in when ordering, or joined later) or guest, newest first, at most a hundred."""
    return list(of_actor(Order.objects.all(), actor).prefetch_related("parts").order_by("-placed_at")[:100])


@dataclass(frozen=True)
class ShopDay:
    """The parts a shop hands over on one day, by slot."""

    day: date
    slots: list[tuple[tuple[datetime, datetime], list[OrderPart]]]

    @property
    def parts(self) -> list[OrderPart]:
        return [part for _span, parts in self.slots for part in parts]


def shop_today(shop: Shop, *, at: datetime | None = None) -> list[OrderPart]:
    """The open parts of today, earliest slot first."""
    today = clock.local(at or clock.now()).date()
    return [part for day in shop_days(shop, at=at) if day.day == today for part in day.parts]


def shop_days(shop: Shop, *, at: datetime | None = None, days: int = 14) -> list[ShopDay]:
    """All open parts of a shop by day and slot, beginning with those whose slot has passed; three queries however many there are."""
    until = _midnight(clock.local(at or clock.now()).date() + timedelta(days=days))
    rows = OrderPart.objects.filter(shop=shop, state__in=flow.OPEN, starts_at__lt=until).order_by("starts_at", "pk")
    by_day: dict[date, dict[tuple[datetime, datetime], list[OrderPart]]] = {}
    for part in rows.select_related("order__guest").prefetch_related("lines__withdrawn"):
        slots = by_day.setdefault(clock.local(part.starts_at).date(), {})
        slots.setdefault((part.starts_at, part.ends_at), []).append(part)
    return [ShopDay(day, list(slots.items())) for day, slots in by_day.items()]


def finished_of(shop: Shop) -> QuerySet[OrderPart]:
    """The parts of a shop that need nothing more, latest first."""
    rows = OrderPart.objects.filter(shop=shop, state__in=flow.FINAL).select_related("order__guest")
    return rows.order_by("-state_since", "-pk")


def goods_to_pack(days: list[ShopDay]) -> list[tuple[str, str, int]]:
    """Title, content and number of pieces of everything these days need, sorted by title: the baking list."""
    totals: dict[tuple[str, str], int] = {}
    for day in days:
        for part in day.parts:
            for line in part.lines.all():
                totals[line.title, line.content] = totals.get((line.title, line.content), 0) + line.quantity
    return [(title, content, count) for (title, content), count in sorted(totals.items())]


def part_for_shop(slug: str, number: str, actor: Actor) -> OrderPart | None:
    """The part of the order that belongs to the shop, for people who work there; None for everybody else."""
    rows = OrderPart.objects.select_related("order__guest", "shop").prefetch_related("lines__withdrawn")
    part = rows.filter(shop__slug=slug, order__number=number).first()
    return part if part and shop_rules.may_pack(actor, part.shop) else None


def euros_handed_over(*, start: datetime, end: datetime, shop: Shop | None = None) -> Money:
    """What was collected and paid between the two moments, without deposit, at one shop or in the whole town."""
    rows = OrderPart.objects.filter(state=flow.COLLECTED, collected_at__gte=start, collected_at__lt=end)
    if shop is not None:
        rows = rows.filter(shop=shop)
    return rows.aggregate(sum=Sum("goods"))["sum"] or ZERO


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), clock.BERLIN)
