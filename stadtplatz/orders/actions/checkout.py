"""On the way to the order button: choosing slots, leaving a contact, holding goods, ordering."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext_lazy as _

from stadtplatz.accounts import actions as accounts
from stadtplatz.audit.actions import record
from stadtplatz.catalogue import actions as catalogue
from stadtplatz.catalogue.rules import day_key
from stadtplatz.delivery import rules as delivery_rules
from stadtplatz.delivery.models import Slot
from stadtplatz.kit import clock
from stadtplatz.kit.actors import Actor
from stadtplatz.kit.alone import alone
from stadtplatz.kit.refusals import ActionRefused
from stadtplatz.orders import facts, flow, rules, snapshot
from stadtplatz.orders.actions.basket import drop_hold
from stadtplatz.orders.models import Basket, Checkout, Order, OrderLine, OrderPart, SlotChoice
from stadtplatz.orders.queries.basket import GONE, PRICE, SHORT, BasketView, LineView, ShopGroup, view_of
from stadtplatz.orders.queries.checkout import Review, day_of, demand_of, review_of, unfit_in
from stadtplatz.pools import actions as pools
from stadtplatz.pools.models import Hold
from stadtplatz.pools.rules import HoldEnded, SoldOut

Slots = Mapping[int, Slot]


@transaction.atomic
def choose_slots(basket: Basket, *, slots: Mapping[int, int], at: datetime | None = None) -> Checkout:
    """The checkout remembers one slot per shop (`slots` maps shop ids to slot ids). Nothing is held yet.

    Refused when a slot is missing, belongs to another shop, or is too soon to be packed for.
    """
    at = at or clock.now()
    view = view_of(basket, at=at)
    wanted = {group.shop.pk: slots.get(group.shop.pk) for group in view.groups}
    found = Slot.objects.select_related("pickup_point").in_bulk([pk for pk in wanted.values() if pk])
    for group in view.groups:
        slot = found.get(wanted[group.shop.pk] or 0)
        if slot is None or slot.pickup_point.shop_id != group.shop.pk or not _in_time(slot, at):
            raise ActionRefused(
                _("Please choose when you collect at {shop}.").format(shop=group.shop.name),
                code=f"slot-{group.shop.pk}",
            )
        _must_fit(group, slot, code=f"slot-{group.shop.pk}")
    checkout, _new = Checkout.objects.select_for_update().get_or_create(basket=basket)
    drop_hold(basket)
    checkout.choices.all().delete()
    SlotChoice.objects.bulk_create(
        SlotChoice(checkout=checkout, shop_id=shop_id, slot=found[slot_id]) for shop_id, slot_id in wanted.items()
    )
    return checkout


@transaction.atomic
def leave_contact(checkout: Checkout, *, name: str, email: str = "", phone: str = "") -> Checkout:
    """The checkout knows whom to tell. Refused without a name, and without both mail address and phone number."""
    if not name.strip():
        raise ActionRefused(_("Please tell the shops your name."), code="name")
    if not email.strip() and not phone.strip():
        raise ActionRefused(_("Please leave a mail address or a phone number."), code="contact")
    checkout = Checkout.objects.select_for_update().get(pk=checkout.pk)
    checkout.name, checkout.email, checkout.phone = name.strip(), email.strip().lower(), phone.strip()
    checkout.save(update_fields=["name", "email", "phone"])
    return checkout


def begin_review(checkout: Checkout, *, at: datetime | None = None) -> Checkout:
    """Goods and slots are held for a quarter of an hour while the buyer reads the order.

    What was held before is given back first, in a transaction of its own. Refused with words for people when something is
    sold out, a slot is full, a price has changed, or this contact has too much waiting; then nothing is held.
    """
    at = at or clock.now()
    with transaction.atomic():
        drop_hold(checkout.basket)
    with transaction.atomic():
        locked = _locked(checkout.key)
        if locked is None:
            raise ActionRefused(_("This basket was ordered already."), code="ordered")
        review = review_of(locked.basket, locked, at=at)
        _check(review, at)
        locked.hold = _hold(review)
        locked.save(update_fields=["hold"])
    return locked


@transaction.atomic
def extend_hold(checkout: Checkout) -> datetime:
    """Goods and slots are kept for another quarter of an hour; returns until when. Refused when they were given back, or ten times asked."""
    locked = _locked(checkout.key)
    if locked is None or locked.hold is None:
        raise HoldEnded
    return pools.extend(locked.hold, clock.now() + rules.HOLD_TIME).until


@transaction.atomic
def place_order(*, key: str, shown_total: int, by: Actor, language: str = "de", at: datetime | None = None) -> Order:
    """The order exists, with one part per shop; goods and slots are booked, buyer and shops are told (reactions), the basket is gone.

    `key` is the checkout's: a second call with it returns the same order. `shown_total` is the sum above the button in cents.
    A hold that ran out is tried again in this transaction. Refused, with the basket kept, when goods or slots are gone by now,
    when a price is not the one shown, and above what one contact may have waiting.
    """
    at = at or clock.now()
    checkout = _locked(key)
    if checkout is None:
        if earlier := Order.objects.filter(checkout_key=key).first():
            return earlier
        raise ActionRefused(_("This basket is empty or was ordered already."), code="ordered")
    review = review_of(checkout.basket, checkout, at=at)
    _check(review, at)
    if review.basket.total.cents != shown_total:
        raise ActionRefused(_("The total has changed. Please check your order once more."), code="total")
    hold = _booked(review)
    order = _write(review, hold, by=by, language=language, at=at)
    checkout.basket.delete()
    shops = [group.shop.pk for group in review.basket.groups]
    parts = list(order.parts.values_list("pk", flat=True))
    record(facts.PLACED, subject=order, by=_actor(by, order), at=at, parts=parts, shops=shops)
    return order


def _locked(key: str) -> Checkout | None:
    rows = Checkout.objects.select_for_update(of=("self",)).select_related("basket", "hold")
    return rows.filter(key=key).first()


def _check(review: Review, at: datetime) -> None:
    view, checkout = review.basket, review.checkout
    if not view.lines:
        raise ActionRefused(_("Your basket is empty."), code="empty")
    if PRICE in view.problems:
        raise ActionRefused(_("A price has changed. Please look at your basket and accept it first."), code="price")
    if view.problems & {GONE, SHORT}:
        raise ActionRefused(
            _("Something in your basket is not to be had any more. Please look at it."), code="sold-out"
        )
    for group in view.groups:
        slot = review.slots.get(group.shop.pk)
        if slot is None or not _in_time(slot, at):
            raise ActionRefused(
                _("Please choose when you collect at {shop}.").format(shop=group.shop.name), code="slot"
            )
        _must_fit(group, slot, code="slot")
    if not checkout.name or not (checkout.email or checkout.phone):
        raise ActionRefused(_("Please leave a mail address or a phone number."), code="contact")
    _check_caps(view, rules.contact_key(email=checkout.email, phone=checkout.phone))


def _must_fit(group: ShopGroup, slot: Slot, *, code: str) -> None:
    """Refused when something of the shop cannot be had on the day or at the hour of the slot."""
    if unfit := unfit_in(group, slot):
        titles = ", ".join(line.offer.full_title for line in unfit)
        words = _("{titles} cannot be had at the time you chose. Please choose another one.")
        raise ActionRefused(words.format(titles=titles), code=code)


def _check_caps(view: BasketView, contact: str) -> None:
    """How much one contact may have waiting, over all its open orders, also those being placed at this moment."""
    alone(f"orders.contact:{contact}")
    waiting = OrderPart.objects.filter(order__contact_key=contact, state__in=flow.OPEN)
    if waiting.count() + len(view.groups) > rules.MAX_OPEN_PARTS:
        raise ActionRefused(_("Too many of your orders are waiting. Please collect or cancel one first."), code="cap")
    lines = OrderLine.objects.filter(
        part__order__contact_key=contact, part__state__in=flow.OPEN, offer__in=[line.offer.pk for line in view.lines]
    )
    taken = dict(lines.values_list("offer").annotate(Sum("quantity")))
    for line in view.lines:
        if taken.get(line.offer.pk, 0) + line.quantity > rules.MAX_QUANTITY:
            raise ActionRefused(
                _("You have ordered “{title}” before. At most {number} may wait for you.").format(
                    title=line.offer.full_title, number=rules.MAX_QUANTITY
                ),
                code="cap",
            )


def _hold(review: Review) -> Hold:
    demand = demand_of(review.basket, review.slots)
    contact = rules.contact_key(email=review.checkout.email, phone=review.checkout.phone)
    catalogue.begin_days(
        (line.offer, day_of(review.slots[line.offer.shop_id]))
        for line in review.basket.lines
        if line.offer.shop_id in review.slots
    )
    caps = {key: rules.MAX_QUANTITY if key.startswith(("stock:", "day:")) else rules.MAX_OPEN_PARTS for key in demand}
    try:
        return pools.hold(demand, contact=contact, until=clock.now() + rules.HOLD_TIME, cap=caps)
    except SoldOut as refusal:
        raise _in_words(refusal, review) from refusal


def _booked(review: Review) -> Hold:
    """The hold as a booking; if it was given back meanwhile, a new one in the same transaction."""
    if review.hold is not None:
        try:
            pools.confirm(review.hold)
            return review.hold
        except HoldEnded:
            pass
    hold = _hold(review)
    pools.confirm(hold)
    return hold


def _in_words(refusal: SoldOut, review: Review) -> ActionRefused:
    """Which goods or slots are short, by name. The basket is as it was."""
    for group in review.basket.groups:
        if (slot := review.slots.get(group.shop.pk)) and slot.pool_key in refusal.short:
            text = _("The collection time you chose at {shop} is full now. Please choose another one.")
            return ActionRefused(text.format(shop=group.shop.name), code="slot-full")
    full = [line.offer.full_title for line in review.basket.lines if _day_is_full(line, refusal, review)]
    if full:
        text = _("For the day you chose there is not enough left of {titles}. Please choose another day.")
        return ActionRefused(text.format(titles=", ".join(full)), code="day-full")
    titles = [line.offer.full_title for line in review.basket.lines if f"stock:{line.offer.pk}" in refusal.short]
    text = _("Somebody was quicker: there is not enough left of {titles}. Your basket is kept.")
    return ActionRefused(text.format(titles=", ".join(titles)), code="sold-out")


def _day_is_full(line: LineView, refusal: SoldOut, review: Review) -> bool:
    slot = review.slots.get(line.offer.shop_id)
    return slot is not None and day_key(line.offer.pk, day_of(slot)) in refusal.short


def _write(review: Review, hold: Hold, *, by: Actor, language: str, at: datetime) -> Order:
    checkout = review.checkout
    guest = accounts.leave_contact(name=checkout.name, email=checkout.email, phone=checkout.phone, language=language)
    order = Order.objects.create(
        guest=guest,
        person_id=by.person_id,
        contact_key=rules.contact_key(email=checkout.email, phone=checkout.phone),
        checkout_key=checkout.key,
        hold=hold,
        language=language,
        placed_at=at,
        goods=review.basket.goods,
        deposit=review.basket.deposit,
    )
    for position, group in enumerate(review.basket.groups, 1):
        part = snapshot.part_of(order, group, review.slots[group.shop.pk], position=position, at=at)
        part.save(force_insert=True)
        OrderLine.objects.bulk_create(snapshot.lines_of(part, group, at=at))
    return order


def _actor(by: Actor, order: Order) -> Actor:
    """Who ordered: the signed-in person, else the guest who left the contact."""
    return by if by.is_person or order.guest is None else Actor("guest", order.guest.key, guest_id=order.guest_id)


def _in_time(slot: Slot, at: datetime) -> bool:
    return delivery_rules.last_order_before(slot.starts_at, slot.pickup_point.notice_minutes) > at - rules.HOLD_TIME
