"""Reading what is put aside: by link, by number and code, by whom it waits for, and by the shop that keeps it."""

from django.db.models import QuerySet

from stadtplatz.kit.actors import Actor
from stadtplatz.kit.errands import of_actor, opened_with
from stadtplatz.kit.rows import sole
from stadtplatz.orders import reserving
from stadtplatz.orders.models import Reservation
from stadtplatz.shops import rules as shop_rules
from stadtplatz.shops.models import Shop


def by_secret(secret: str) -> Reservation | None:
    """What is behind a secret link, with shop and contact."""
    return sole(Reservation.objects.filter(secret=secret).select_related("guest", "shop"))


def by_number_and_code(number: str, code: str) -> Reservation | None:
    """What has this number if the typed code is its own. Limits on tries are the caller's."""
    return opened_with(Reservation.objects.all(), number, code)


def mine(actor: Actor) -> list[Reservation]:
    """What waits or waited for this person or guest, newest first, at most a hundred."""
    return list(of_actor(Reservation.objects.all(), actor).select_related("shop").order_by("-made_at")[:100])


def kept_by(shop: Shop) -> list[Reservation]:
    """What lies aside in a shop, what ends first at the top, with whom it is for. One query."""
    rows = Reservation.objects.filter(shop=shop, state__in=reserving.OPEN).select_related("guest")
    return list(rows.order_by("until", "pk"))


def over_in(shop: Shop) -> QuerySet[Reservation]:
    """What is over in a shop, latest first."""
    rows = Reservation.objects.filter(shop=shop, state__in=reserving.FINAL).select_related("guest")
    return rows.order_by("-state_since", "-pk")


def for_shop(slug: str, number: str, actor: Actor) -> Reservation | None:
    """What is kept in this shop under this number, for people who work there; None for everybody else."""
    rows = Reservation.objects.select_related("guest", "shop")
    found = rows.filter(shop__slug=slug, number=number).first()
    return found if found and shop_rules.may_pack(actor, found.shop) else None
