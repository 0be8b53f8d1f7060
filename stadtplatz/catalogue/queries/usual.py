"""What a shop usually says about its offers, so that the next one is half filled in."""

from dataclasses import dataclass

from stadtplatz.catalogue import categories
from stadtplatz.catalogue.models import Offer
from stadtplatz.shops.models import Shop

LOOKED_AT = 60


@dataclass(frozen=True)
class Usual:
    """`used`: categories, the newest first; `withdrawal`: what the newest offer of each branch of the tree says, `newest`: of them all."""

    used: tuple[str, ...] = ()
    withdrawal: dict[str, str] | None = None
    newest: str = ""

    def withdrawal_in(self, code: str) -> str:
        """What the shop said last about returns in the branch of this category; empty if it has said nothing there."""
        path = categories.path_to(code)
        return (self.withdrawal or {}).get(path[0].code, "") if path else ""


def usual_of(shop: Shop) -> Usual:
    """From the shop's newest offers. One query."""
    rows = (
        Offer.objects.filter(shop=shop)
        .exclude(withdrawal="")
        .order_by("-pk")
        .values_list("category", "withdrawal", "kind")
    )
    found, said = list(rows[:LOOKED_AT]), dict[str, str]()
    for category, withdrawal, kind in found:
        if kind != Offer.MADE and (path := categories.path_to(category)):
            said.setdefault(path[0].code, withdrawal)
    plain = next((withdrawal for _category, withdrawal, kind in found if kind != Offer.MADE), "")
    return Usual(tuple(dict.fromkeys(row[0] for row in found)), said, plain)
