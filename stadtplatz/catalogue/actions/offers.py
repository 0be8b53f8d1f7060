"""What a shop does with its offers."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from stadtplatz.audit.actions import record
from stadtplatz.catalogue import documents, facts, rules
from stadtplatz.catalogue.actions.prices import close_interval, open_interval
from stadtplatz.catalogue.actions.stock import set_stock
from stadtplatz.catalogue.models import Offer
from stadtplatz.kit import clock, media
from stadtplatz.kit.actors import Actor
from stadtplatz.kit.money import Money
from stadtplatz.kit.names import slugify_german
from stadtplatz.kit.refusals import ActionRefused, NotAllowed, Stale
from stadtplatz.kit.uploads import AcceptedImage
from stadtplatz.shops import rules as shop_rules
from stadtplatz.shops.models import Shop

EDITABLE = frozenset(
    [
        "kind",
        "sku",
        "gtin",
        "brand",
        "title",
        "description",
        "category",
        "vat_class",
        "deposit",
        "content_amount",
        "content_unit",
        "drained_amount",
        "unit_price_exempt",
        "withdrawal",
        "age_limit",
        "food_info",
        "allergens",
        "lead_days",
        "window",
        "cooled",
        "bulky",
        "pickup_only",
        "particulars",
    ]
)


class Incomplete(ActionRefused):
    """The offer or its shop lacks something; `missing` lists it, the message names it."""

    code = "incomplete"

    def __init__(self, message: str, missing: list[shop_rules.Missing]):
        names = ", ".join(str(lack.label) for lack in missing)
        super().__init__(f"{message} {names}.")
        self.missing = missing


@transaction.atomic
def create_offer(
    *, shop: Shop, title: str, price: Money, category: str, by: Actor, quantity: int | None = None,
    at: datetime | None = None, **details: Any,
) -> Offer:  # fmt: skip
    """An offer exists as a draft, with that many pieces on the shelf if told. Refused to all but owner and staff of the shop."""
    if not shop_rules.may_manage(by, shop):
        raise NotAllowed(_NOT_YOURS)
    if unknown := set(details) - EDITABLE:
        raise ValueError(f"Not to be set: {sorted(unknown)}")
    _article_number_is_free(shop, details.get("sku", ""))
    offer = Offer.objects.create(
        shop=shop,
        title=title.strip()[:120],
        slug=slugify_german(title)[:140] or "angebot",
        price=price,
        category=category,
        created_at=at or clock.now(),
        **details,
    )
    record(facts.CREATED, subject=offer, by=by, at=at, offer=offer.pk, shop=shop.pk)
    if quantity is not None:
        set_stock(offer=offer, quantity=quantity, by=by, at=at)
    return offer


@transaction.atomic
def edit_offer(*, offer: Offer, version: int, changes: dict[str, Any], by: Actor, at: datetime | None = None) -> Offer:
    """The offer says what `changes` say, search included. The price has its own action.

    Refused: to all but owner and staff; Stale with the present offer if somebody else changed it meanwhile; Incomplete if an offer
    on sale would lack something it needs; fields that are not to be edited (ValueError).
    """
    _may_edit(by, offer)
    if unknown := set(changes) - EDITABLE:
        raise ValueError(f"Not to be edited: {sorted(unknown)}")
    fresh = _locked(offer, version)
    changed = sorted(field for field, value in changes.items() if getattr(fresh, field) != value)
    if not changed:
        return fresh
    if "sku" in changed:
        _article_number_is_free(fresh.shop, changes["sku"])
    for field in changed:
        setattr(fresh, field, changes[field])
    if "title" in changed:
        fresh.slug = slugify_german(fresh.title)[:140] or "angebot"
    if fresh.state == Offer.PUBLISHED and (missing := rules.missing_for_publishing(fresh)):
        raise Incomplete(_("An offer on sale must not lack this:"), missing)
    fresh.version += 1
    fresh.save()
    _share(fresh, changed)
    record(facts.EDITED, subject=fresh, by=by, at=at, offer=fresh.pk, fields=changed)
    documents.push_offer(fresh)
    return fresh


@transaction.atomic
def set_picture(*, offer: Offer, image: AcceptedImage | None, by: Actor, at: datetime | None = None) -> Offer:
    """The offer shows this picture, or with None the one drawn for its category. Refused to all but owner and staff."""
    _may_edit(by, offer)
    fresh = Offer.objects.select_for_update(of=("self",)).select_related("shop").get(pk=offer.pk)
    old = (fresh.picture, fresh.picture_small)
    fresh.picture = media.save_public("offer.jpg", image.jpeg) if image else ""
    fresh.picture_small = media.save_public("offer.jpg", image.small) if image else ""
    fresh.preview = image.preview if image else ""
    fresh.version += 1
    fresh.save()
    record(facts.EDITED, subject=fresh, by=by, at=at, offer=fresh.pk, fields=["picture"])
    documents.push_offer(fresh)
    transaction.on_commit(lambda: _forget_files(old))
    return fresh


@transaction.atomic
def publish(*, offer: Offer, by: Actor, at: datetime | None = None) -> Offer:
    """The offer is on sale and its price in force from now on.

    Refused: to all but owner and staff; Incomplete while the offer or the shop lacks what must be said before a sale.
    Nothing happens when it is on sale already.
    """
    _may_edit(by, offer)
    fresh = Offer.objects.select_for_update(of=("self",)).select_related("shop").get(pk=offer.pk)
    if fresh.state == Offer.PUBLISHED:
        return fresh
    if missing := rules.missing_for_publishing(fresh):
        raise Incomplete(_("Before the offer goes on sale, this is missing:"), missing)
    if missing := shop_rules.missing_for_showing(fresh.shop):
        raise Incomplete(_("Before the shop may show offers, this is missing:"), missing)
    put_on(fresh, by, at)
    return fresh


def put_on(offer: Offer, by: Actor, at: datetime | None) -> None:
    """A locked offer that lacks nothing is on sale; callers have asked who may."""
    from stadtplatz.catalogue.actions.products import learn_product

    offer.state, offer.published_at = Offer.PUBLISHED, at or clock.now()
    offer.version += 1
    offer.save()
    open_interval(offer, offer.published_at)
    learn_product(offer)
    record(facts.PUBLISHED, subject=offer, by=by, at=at, offer=offer.pk, shop=offer.shop_id)
    documents.push_offer(offer)


@transaction.atomic
def withdraw(*, offer: Offer, by: Actor, at: datetime | None = None) -> Offer:
    """The offer is no longer on sale, its price no longer in force; orders that exist stay. Refused to all but owner and staff."""
    _may_edit(by, offer)
    fresh = Offer.objects.select_for_update(of=("self",)).select_related("shop").get(pk=offer.pk)
    if fresh.state == Offer.PUBLISHED:
        take_off(fresh, by, at)
    return fresh


def take_off(offer: Offer, by: Actor, at: datetime | None) -> None:
    """A locked offer on sale is so no longer; callers have asked who may."""
    offer.state = Offer.WITHDRAWN
    offer.reduced_since, offer.reference_price, offer.price_before = None, None, None
    offer.version += 1
    offer.save()
    close_interval(offer, at or clock.now())
    record(facts.WITHDRAWN, subject=offer, by=by, at=at, offer=offer.pk, shop=offer.shop_id)
    documents.push_offer(offer)


BATCH = 500


def reindex(*, shop: Shop | None = None, categories: Sequence[str] | None = None) -> int:
    """Bring all offers (of one shop, of these categories) into the search, or out of it, 500 at a time; returns how many can be found."""
    offers = Offer.objects.select_related("shop").order_by("pk")
    if shop:
        offers = offers.filter(shop=shop)
    if categories is not None:
        offers = offers.filter(category__in=categories)
    ids = list(offers.values_list("pk", flat=True))
    parts = (ids[start : start + BATCH] for start in range(0, len(ids), BATCH))
    return sum(
        documents.push_offers(Offer.objects.select_related("shop").filter(pk__in=part).order_by("pk")) for part in parts
    )


@transaction.atomic
def add_variant(
    *, offer: Offer, variant: str, price: Money, quantity: int, gtin: str = "", sku: str = "", by: Actor,
    at: datetime | None = None,
) -> Offer:  # fmt: skip
    """The offer can be had in one more size or colour, with price, barcode and shelf of its own, on sale like the offer itself.

    What the variants share (title, description, category, ...) follows the first one. Refused: to all but owner and staff; without
    a word for it, for a word that is taken, beyond thirty; what `publish` refuses.
    """
    _may_edit(by, offer)
    head = Offer.objects.select_for_update(of=("self",)).select_related("shop").get(pk=offer.variant_of_id or offer.pk)
    word = variant.strip()[:60]
    taken = {head.variant.casefold(), *(one.casefold() for one in head.variants.values_list("variant", flat=True))}
    if not word or not head.variant:
        raise ActionRefused(_("Please say first how the variants differ, such as “M, red”."), code="no-word")
    if word.casefold() in taken:
        raise ActionRefused(_("There is a variant of this name already."), code="taken")
    if len(taken) >= MOST_VARIANTS:
        raise ActionRefused(_("An offer has at most thirty variants."), code="many")
    shared = {name: getattr(head, name) for name in SHARED}
    made = create_offer(
        shop=head.shop, title=head.title, price=price, category=head.category, by=by, quantity=quantity, at=at,
        gtin=gtin, sku=sku, **{name: value for name, value in shared.items() if name not in ("title", "category")},
    )  # fmt: skip
    made.variant_of, made.variant, made.availability = head, word, head.availability
    made.picture, made.picture_small, made.preview = head.picture, head.picture_small, head.preview
    made.save(update_fields=["variant_of", "variant", "picture", "picture_small", "preview", "availability"])
    return publish(offer=made, by=by, at=at) if head.state == Offer.PUBLISHED else made


@transaction.atomic
def name_variant(*, offer: Offer, variant: str, by: Actor, at: datetime | None = None) -> Offer:
    """The offer is called so among its variants. Refused to all but owner and staff, and for a word another one has."""
    _may_edit(by, offer)
    fresh = Offer.objects.select_for_update(of=("self",)).select_related("shop").get(pk=offer.pk)
    word, head = variant.strip()[:60], fresh.variant_of_id or fresh.pk
    others = Offer.objects.filter(Q(pk=head) | Q(variant_of=head)).exclude(pk=fresh.pk)
    if others.filter(variant__iexact=word).exists() or (not word and others.exists()):
        raise ActionRefused(_("There is a variant of this name already."), code="taken")
    fresh.variant = word
    fresh.version += 1
    fresh.save()
    record(facts.EDITED, subject=fresh, by=by, at=at, offer=fresh.pk, fields=["variant"])
    documents.push_offer(fresh)
    return fresh


MOST_VARIANTS = 30
SHARED = (
    "kind", "title", "description", "category", "vat_class", "deposit", "content_amount", "content_unit", "drained_amount",
    "unit_price_exempt", "withdrawal", "age_limit", "food_info", "allergens", "lead_days", "cooled", "bulky", "pickup_only",
    "particulars", "brand",
)  # fmt: skip
"""What the variants of an offer have in common."""
_NOT_YOURS = gettext_lazy("Only the owner and staff of the shop may change its offers.")


def _may_edit(by: Actor, offer: Offer) -> None:
    if not rules.may_edit(by, offer):
        raise NotAllowed(_NOT_YOURS)


def _locked(offer: Offer, version: int) -> Offer:
    """The offer as it stands, locked; Stale if it is not the version the person started from."""
    if not Offer.objects.filter(pk=offer.pk, version=version).update(version=F("version")):
        raise Stale(
            _("Somebody else changed this offer in the meantime. Nothing was saved; please compare."),
            current=Offer.objects.select_related("shop").get(pk=offer.pk),
        )
    return Offer.objects.select_related("shop").get(pk=offer.pk)


def _share(head: Offer, changed: list[str]) -> None:
    """What the variants have in common follows the first one."""
    values = {name: getattr(head, name) for name in (*SHARED, "slug") if name in {*changed, "slug"}}
    if head.variant_of_id is None and head.variants.exists():
        head.variants.update(**values, version=F("version") + 1)
        documents.push_offers(head.variants.select_related("shop"))


def _article_number_is_free(shop: Shop, sku: str) -> None:
    if sku and Offer.objects.filter(shop=shop, sku=sku).exists():
        raise ActionRefused(_("Another offer of the shop has this article number."), code="article-number")


def _forget_files(paths: tuple[str, ...]) -> None:
    for path in paths:
        media.delete(path)
