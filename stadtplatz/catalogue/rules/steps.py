"""Prices that fall with the number of pieces."""

from collections.abc import Sequence

from stadtplatz.kit.money import Money

MOST = 5
"""How many steps an offer may have."""

Steps = Sequence[tuple[int, int]]
"""(from how many pieces, cents a piece), fewest first, as an offer keeps them."""


def price_for(price: Money, steps: Steps, quantity: int) -> Money:
    """What one piece costs when that many are bought: the lowest of the price and of the steps reached."""
    return min([price, *(Money(cents) for least, cents in steps if quantity >= least)])


def useful(price: Money, steps: Steps) -> list[tuple[int, Money]]:
    """The steps that are really cheaper than the price and the steps before them."""
    found: list[tuple[int, Money]] = []
    lowest = price
    for least, cents in sorted((least, cents) for least, cents in steps):
        if Money(cents) < lowest:
            lowest = Money(cents)
            found.append((least, lowest))
    return found


def sound(price: Money, steps: Steps) -> bool:
    """Whether the steps begin at two or more pieces, rise in number and fall in price, and are not too many."""
    numbers = [least for least, _cents in steps]
    return (
        len(steps) <= MOST
        and numbers == sorted(set(numbers))
        and all(2 <= least <= 1000 for least in numbers)
        and all(cents > 0 for _least, cents in steps)
        and len(useful(price, steps)) == len(steps)
    )
