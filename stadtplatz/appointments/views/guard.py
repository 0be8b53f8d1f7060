"""Who may see the shop's calendars, and what every page of them shows."""

from typing import Any

from django.http import Http404, HttpRequest

from stadtplatz.accounts.visitors import actor_of
from stadtplatz.shops import queries as shops
from stadtplatz.shops import rules as shop_rules
from stadtplatz.shops.models import Membership, Shop


def shop_of(request: HttpRequest, slug: str) -> tuple[Shop, str]:
    """The shop for its owner and staff, with the role; "not found" for everybody else."""
    found = shops.shop_for_member(slug, actor_of(request))
    if found is None or found[1] not in shop_rules.MANAGERS:
        raise Http404
    return found


def side(shop: Shop, role: str) -> dict[str, Any]:
    """What every page of the shop side shows."""
    return {"shop": shop, "role": role, "manages": True, "owns": role == Membership.OWNER}
