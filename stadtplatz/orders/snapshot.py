"""What is copied into an order, so that later changes of price, offer, shop or terms never touch it."""

from datetime import datetime

from stadtplatz.catalogue.rules import stock_key
from stadtplatz.delivery.models import Slot
from stadtplatz.kit import clock, codes
from stadtplatz.kit.money import ZERO
from stadtplatz.orders import rules
from stadtplatz.orders.models import Order, OrderLine, OrderPart
from stadtplatz.orders.queries.basket import ShopGroup


def part_of(order: Order, group: ShopGroup, slot: Slot, *, position: int, at: datetime) -> OrderPart:
    """The contract with one shop as it stands at this moment, not saved yet."""
    shop, point = group.shop, slot.pickup_point
    return OrderPart(
        order=order,
        shop=shop,
        position=position,
        state_since=at,
        slot=slot,
        starts_at=slot.starts_at,
        ends_at=slot.ends_at,
        pickup_name=point.name,
        pickup_address=point.address,
        pickup_note=point.note,
        shop_name=shop.name,
        seller_name=shop.legal_name or shop.name,
        seller_address=shop.address,
        seller_represented_by=shop.represented_by,
        seller_email=shop.email,
        seller_phone=shop.phone,
        seller_tax=shop.tax_line,
        small_business=shop.small_business,
        terms_version=rules.TERMS_VERSION,
        collection_code=new_collection_code(),
        goods=group.goods,
        deposit=group.deposit,
    )


def lines_of(part: OrderPart, group: ShopGroup, *, at: datetime) -> list[OrderLine]:
    """The goods of one shop as they were offered at this moment, not saved yet."""
    day = clock.local(at).date()
    return [
        OrderLine(
            part=part,
            position=position,
            offer=line.offer,
            stock_key=stock_key(line.offer),
            title=line.offer.full_title,
            content=line.price.content_text,
            quantity=line.quantity,
            price=line.price.total,
            unit_price=line.price.unit_price_text,
            vat_rate=line.offer.vat_rate_on(day),
            deposit=line.price.deposit or ZERO,
            withdrawal=line.offer.withdrawal or "none",
            age_limit=line.offer.age_limit,
            grams=line.grams,
        )
        for position, line in enumerate(group.lines, 1)
    ]


def new_collection_code() -> str:
    """Six signs to say at the counter; the last one checks the others."""
    body = codes.new_typed_code()[:5]
    return body + codes.check_sign(body)
