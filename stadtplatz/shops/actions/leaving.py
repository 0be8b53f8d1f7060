"""What is left of a seller who gave up: everything for six months (Art. 30 (5) DSA), then the bare row that orders point to."""

from datetime import datetime

from django.db import transaction

from stadtplatz.audit.actions import record
from stadtplatz.kit import clock, media
from stadtplatz.kit.actors import SYSTEM
from stadtplatz.kit.workdays import months_before
from stadtplatz.moderation import actions as moderation
from stadtplatz.shops import documents, facts
from stadtplatz.shops.models import (
    Branch,
    CareTask,
    ClaimLetter,
    ClaimRequest,
    Complaint,
    DayCount,
    Enquiry,
    Membership,
    RemovalRequest,
    Request,
    Seller,
    Shop,
    ShopPicture,
    StallTime,
    TermsAcceptance,
)

MONTHS = 6
EMPTIED = (
    "description", "legal_name", "legal_form", "represented_by", "register_entry", "vat_id", "street", "postcode", "town",
    "district", "phone", "email", "website", "hours", "pause_note", "pickup_note", "picture", "picture_small",
    "preview",
)  # fmt: skip
NAME = "Aufgegebenes Geschäft"


def forget_sellers(*, at: datetime | None = None) -> int:
    """Sellers who gave up more than six months ago are forgotten, their team and their file with them; returns how many."""
    now = at or clock.now()
    left = Shop.objects.filter(state=Shop.CLOSED, closed_at__lt=months_before(now, MONTHS), forgotten_at=None)
    return len([_forget(pk, now) for pk in left.values_list("pk", flat=True)])


@transaction.atomic
def forget_requests(*, at: datetime | None = None) -> int:
    """Questions answered, help given, claims and removals decided, and letters run out more than six months ago are gone."""
    before = months_before(at or clock.now(), MONTHS)
    old = [
        Enquiry.objects.filter(answered_at__lt=before),
        CareTask.objects.filter(done_at__lt=before),
        ClaimLetter.objects.filter(expires_at__lt=before),
        ClaimRequest.objects.exclude(state=Request.NEW).filter(decided_at__lt=before),
        RemovalRequest.objects.exclude(state=Request.NEW).filter(decided_at__lt=before),
    ]
    return sum(rows.delete()[0] for rows in old)


@transaction.atomic
def _forget(pk: int, now: datetime) -> None:
    shop = Shop.objects.select_for_update().get(pk=pk)
    pictures = [shop.picture, shop.picture_small]
    for row in ShopPicture.objects.filter(shop=shop):
        pictures += [row.picture, row.picture_small]
    for field in EMPTIED:
        setattr(shop, field, "")
    shop.name, shop.slug, shop.place = NAME, f"aufgegeben-{shop.pk}", None
    shop.lon = shop.lat = None
    shop.special_days, shop.standing, shop.forgotten_at = [], Shop.NEW, now
    shop.version += 1
    shop.save()
    for model in (
        Seller,
        Complaint,
        Membership,
        Branch,
        Enquiry,
        CareTask,
        DayCount,
        ShopPicture,
        StallTime,
        TermsAcceptance,
    ):
        model._default_manager.filter(shop=shop).delete()
    moderation.forget_owner(f"shop:{pk}")
    documents.push_shop(shop)
    record(facts.FORGOTTEN, subject=shop, by=SYSTEM, at=now, shop=shop.pk)
    transaction.on_commit(lambda: media.delete_all(pictures))
