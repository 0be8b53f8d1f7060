"""The file of a seller, for its owner and for the market desk."""

from typing import Any

from stadtplatz.kit.actors import Actor
from stadtplatz.shops.models import Complaint, Seller, Shop


def seller(shop: Shop) -> Seller:
    """The file of this shop; an empty one that is not saved if there is none."""
    return Seller.objects.filter(shop=shop).first() or Seller(shop=shop)


def complaints_of(shop: Shop) -> list[Complaint]:
    """What the seller complained about, newest first."""
    return list(Complaint.objects.filter(shop=shop).order_by("-pk"))


def desk_files(actor: Actor) -> dict[str, list[Any]]:
    """For the market desk: files that wait for a first and for a second look (those of others first), complaints, suspended shops."""
    waiting = list(Seller.objects.select_related("shop").filter(state=Seller.SUBMITTED).order_by("submitted_at"))
    second = sorted((row for row in waiting if row.first_by), key=lambda row: row.first_by == actor.key)
    return {
        "first": [row for row in waiting if not row.first_by],
        "second": [(row, row.first_by == actor.key) for row in second],
        "complaints": list(Complaint.objects.select_related("shop").filter(upheld=None).order_by("due_at")),
        "suspended": list(Seller.objects.select_related("shop").filter(state=Seller.SUSPENDED).order_by("-decided_at")),
        "filling": list(
            Seller.objects.select_related("shop")
            .filter(state__in=[Seller.FILLING, Seller.RETURNED], shop__standing__in=Shop.SHOWING)
            .exclude(shop__state=Shop.CLOSED)
            .order_by("shop__name")[:200]
        ),
        "approved": list(Seller.objects.select_related("shop").filter(state=Seller.APPROVED).order_by("shop__name")),
    }
