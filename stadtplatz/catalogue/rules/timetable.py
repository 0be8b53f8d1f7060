"""Which price holds when, if prices are planned: moments, not spans, so that two can never hold at once."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from stadtplatz.catalogue.rules.reductions import InForce
from stadtplatz.kit.money import Money


@dataclass(frozen=True)
class Switch:
    """From this moment on this price holds, until the next switch."""

    at: datetime
    price: Money


def price_at(now: Money, switches: Iterable[Switch], at: datetime) -> Money:
    """The price that will hold at that moment: what holds now, or the last switch that has come by then."""
    come = sorted((switch for switch in switches if switch.at <= at), key=lambda switch: switch.at)
    return come[-1].price if come else now


def course(now: Money, switches: Iterable[Switch], since: datetime) -> list[InForce]:
    """Every price from `since` on with its span; each span ends where the next begins, the last one is open.

    Refused (ValueError) if two switches share a moment or one lies before `since`.
    """
    coming = sorted(switches, key=lambda switch: switch.at)
    moments = [since, *(switch.at for switch in coming)]
    if any(later <= earlier for earlier, later in pairwise(moments)):
        raise ValueError("Two prices for one moment.")
    prices = [now, *(switch.price for switch in coming)]
    return [
        InForce(price, *span)
        for price, span in zip(prices, zip(moments, [*moments[1:], None], strict=True), strict=True)
    ]
