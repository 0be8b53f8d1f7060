"""What the market desk knows about a seller, and what follows from it for the shop."""

from datetime import datetime

from django.db import transaction

from stadtplatz.audit.actions import record
from stadtplatz.kit import clock
from stadtplatz.kit.actors import Actor
from stadtplatz.shops import documents, facts
from stadtplatz.shops.models import Seller, Shop


@transaction.atomic
def know(*, shop: Shop, way: str, by: Actor, at: datetime | None = None) -> Shop:
    """Somebody made sure who stands behind the shop: it may show offers and put things aside. The caller has asked its own rule."""
    seller, _is_new = Seller.objects.get_or_create(shop=shop)
    seller.identity_way, seller.identity_by, seller.identity_at = way, by.key, at or clock.now()
    seller.save()
    return set_standing(shop, Shop.KNOWN, by, at) if shop.standing == Shop.NEW else shop


def set_standing(shop: Shop, standing: str, by: Actor, at: datetime | None) -> Shop:
    """The shop has this standing, search and offers follow (reactions)."""
    before, shop.standing = shop.standing, standing
    Shop.objects.filter(pk=shop.pk).update(standing=standing)
    record(facts.STANDING_CHANGED, subject=shop, by=by, at=at, shop=shop.pk, before=before, after=standing)
    documents.push_shop(shop)
    return shop
