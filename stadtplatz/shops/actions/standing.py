"""The standing of a shop, which decides what it may do and who sees it."""

from datetime import datetime

from stadtplatz.audit.actions import record
from stadtplatz.kit.actors import Actor
from stadtplatz.shops import documents, facts
from stadtplatz.shops.models import Shop


def set_standing(shop: Shop, standing: str, by: Actor, at: datetime | None) -> Shop:
    """The shop has this standing, search and offers follow (reactions)."""
    before, shop.standing = shop.standing, standing
    if before != standing:
        Shop.objects.filter(pk=shop.pk).update(standing=standing)
        record(facts.STANDING_CHANGED, subject=shop, by=by, at=at, shop=shop.pk, before=before, after=standing)
        documents.push_shop(shop)
    return shop
