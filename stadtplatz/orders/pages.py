"""What the pages of orders show, worked out before the template."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

import segno
from django.conf import settings
from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from stadtplatz.audit import queries as audit
from stadtplatz.delivery.models import Slot
from stadtplatz.kit import clock
from stadtplatz.kit.money import VatLine, vat_by_rate
from stadtplatz.kit.templatetags.kit import day, hour
from stadtplatz.kit.timeline import Timeline, TimelineEntry
from stadtplatz.orders import flow, rules
from stadtplatz.orders.models import Checkout, Order, OrderLine, OrderPart
from stadtplatz.orders.queries.basket import BasketView, ShopGroup
from stadtplatz.orders.queries.checkout import Review, SlotsOfShop


def checkout_steps(now: int) -> list[tuple[str, str]]:
    """The three pages to the order button."""
    labels = [_("Collection"), _("Contact"), _("Check and order")]
    return [(label, "done" if i < now else "now" if i == now else "next") for i, label in enumerate(labels)]


def typed_slots(data: Mapping[str, str], view: BasketView) -> dict[int, int]:
    """The slots a form names, by shop id; what is no number is left out."""
    typed = {group.shop.pk: data.get(f"slot-{group.shop.pk}", "") for group in view.groups}
    return {pk: int(value) for pk, value in typed.items() if value.isascii() and value.isdigit() and len(value) < 18}


def with_typed(choices: Iterable[SlotsOfShop], typed: Mapping[int, int]) -> list[SlotsOfShop]:
    """The choices with what was just chosen kept, also when the form comes back."""
    result = []
    for choice in choices:
        wanted = typed.get(choice.group.shop.pk)
        slots = [option.slot for slot_day in choice.days for option in slot_day.slots]
        result.append(replace(choice, chosen=next((slot for slot in slots if slot.pk == wanted), choice.chosen)))
    return result


def known_contact(request: HttpRequest, checkout: Checkout) -> dict[str, str]:
    """What was typed before, else what the signed-in person's account knows."""
    if checkout.name:
        return {"name": checkout.name, "email": checkout.email, "phone": checkout.phone}
    if request.user.is_authenticated:
        return {"name": request.user.name, "email": request.user.email}
    return {}


def withdrawal_note(exception: str) -> str:
    """What a buyer must know about withdrawing this line before ordering."""
    return {
        "none": _("14 days right of withdrawal"),
        "perishable": _("no right of withdrawal: spoils quickly"),
        "made_to_order": _("no right of withdrawal: made to your wishes"),
        "hygiene": _("no right of withdrawal once the hygiene seal is broken"),
    }.get(exception, "")


@dataclass(frozen=True)
class ReviewRow:
    """One shop on the review page: its goods, its slot, its VAT, and who sells."""

    group: ShopGroup
    slot: Slot
    vat: list[VatLine]
    notes: dict[int, str]
    """What a buyer must know about withdrawal, by offer id."""


def review_rows(review: Review) -> list[ReviewRow]:
    """The shops of an order before it is placed."""
    return [
        ReviewRow(
            group,
            review.slots[group.shop.pk],
            []
            if group.shop.small_business
            else vat_by_rate((line.price.vat_rate, line.amount + line.deposit_amount) for line in group.lines),
            {line.offer.pk: withdrawal_note(line.offer.withdrawal) for line in group.lines},
        )
        for group in review.basket.groups
        if group.shop.pk in review.slots
    ]


@dataclass(frozen=True)
class PartCard:
    """One shop's part on the status page."""

    part: OrderPart
    sentence: str
    steps: list[tuple[str, str]]
    can_cancel: bool
    cancel_until: datetime | None
    can_withdraw: bool
    qr: SafeString | str = ""

    @property
    def kind(self) -> str:
        return BADGES[self.part.state]


BADGES = {
    flow.PLACED: "info",
    flow.CONFIRMED: "info",
    flow.READY: "success",
    flow.COLLECTED: "success",
    flow.DECLINED: "danger",
    flow.CANCELLED: "warning",
    flow.EXPIRED: "warning",
}


def part_cards(order: Order, *, at: datetime) -> list[PartCard]:
    """The parts of an order as their buyer reads them."""
    return [
        PartCard(
            part,
            part_sentence(part),
            part_steps(part),
            rules.may_cancel(part, at),
            rules.cancellable_until(part) if part.state == flow.CONFIRMED else None,
            any(_withdrawable(line, part, at) for line in part.lines.all()),
            qr_of(part) if part.state == flow.READY else "",
        )
        for part in order.parts.all()
    ]


def _withdrawable(line: OrderLine, part: OrderPart, at: datetime) -> bool:
    return not hasattr(line, "withdrawn") and rules.may_withdraw(line, part, at)


def part_sentence(part: OrderPart) -> str:
    """Where a part stands, in one sentence."""
    slot = slot_words(part.starts_at, part.ends_at)
    return {
        flow.PLACED: _("{shop} has your order and will answer soon."),
        flow.CONFIRMED: _("{shop} has accepted your order and packs it for {slot}."),
        flow.READY: _("Your goods are ready at {shop}. Collect them {slot}."),
        flow.COLLECTED: _("You have collected your goods at {shop}."),
        flow.DECLINED: _("{shop} could not take your order."),
        flow.CANCELLED: _("The order at {shop} was cancelled."),
        flow.EXPIRED: _("The goods at {shop} were not collected."),
    }[part.state].format(shop=part.shop_name, slot=slot)


def part_steps(part: OrderPart) -> list[tuple[str, str]]:
    """Ordered, accepted, ready, collected; a part that ended otherwise shows where."""
    path = [flow.PLACED, flow.CONFIRMED, flow.READY, flow.COLLECTED]
    names = {state: str(label) for state, label in flow.STATES}
    if part.state not in path:
        return [(names[flow.PLACED], "done"), (names[part.state], "now")]
    now = path.index(part.state)
    if part.state == flow.COLLECTED:
        return [(names[state], "done") for state in path]
    return [(names[state], "done" if i < now else "now" if i == now else "next") for i, state in enumerate(path)]


def timeline_of(order: Order, *, at: datetime) -> Timeline:
    """The shared timeline for the whole order: one sentence, who has the ball, until when, and all that was recorded."""
    parts = list(order.parts.all())
    opened = [part for part in parts if part.is_open]
    names = {part.pk: part.shop_name for part in parts}
    reasons = {part.pk: part.reason for part in parts}
    words = {message.pk: message for message in order.messages.all()}
    entries = [
        TimelineEntry(
            entry.at,
            _buyer_sentence(entry.verb, entry.sentence),
            who=names.get(entry.keys.get("part", 0), "") or _written_to(entry.keys.get("parts", []), entry.verb, names),
            body=words[entry.keys["message"]].body
            if entry.keys.get("message") in words
            else reasons.get(entry.keys.get("part", 0), "")
            if entry.verb == "orders.declined"
            else "",
            kind="message" if "message" in entry.keys else "fact",
        )
        for entry in audit.timeline(order, audience=audit.APPLICANT)
    ]
    return Timeline(
        sentence=order_sentence(parts),
        who=order_holder(opened),
        until=min((part.ends_at for part in opened), default=None),
        entries=entries,
        overdue=any(part.ends_at < at for part in opened),
        finished=not opened,
        number=order.number,
    )


def _buyer_sentence(verb: str, sentence: str) -> str:
    """What the buyer did is told as such."""
    return _("You have written a message.") if verb == "orders.message_received" else sentence


def _written_to(parts: list[int], verb: str, names: dict[int, str]) -> str:
    """The shops that the buyer wrote to."""
    if verb != "orders.message_received":
        return ""
    return _("to {shops}").format(shops=_join(names[pk] for pk in parts if pk in names))


def order_sentence(parts: list[OrderPart]) -> str:
    """Where the whole order stands."""
    states = {part.state for part in parts}
    ready = [part for part in parts if part.state == flow.READY]
    if len(parts) == 1:
        return part_sentence(parts[0])
    if ready:
        text = ngettext(
            "Something is ready for you: collect it at {shops}.", "Your goods are ready at {shops}.", len(ready)
        )
        return text.format(shops=_join(part.shop_name for part in ready))
    if states & flow.OPEN:
        waiting = [part for part in parts if part.state == flow.PLACED]
        if waiting:
            return _("Your order is placed. {shops} will answer soon.").format(
                shops=_join(part.shop_name for part in waiting)
            )
        return _("Your order is accepted and being packed.")
    return _("This order is finished.") if flow.COLLECTED in states else _("This order is over; nothing was sold.")


def order_holder(opened: list[OrderPart]) -> str:
    """Who has to do the next thing: the shops that work on it, else you."""
    busy = [part.shop_name for part in opened if part.state != flow.READY]
    if busy:
        return _join(busy)
    return _("You: please collect") if opened else ""


def slot_words(start: datetime, end: datetime) -> str:
    """`Donnerstag, 3. Dezember, 14:00 bis 15:00 Uhr`."""
    first = f"{clock.local(start):%H:%M}"
    return _("{day}, {start} to {end}").format(day=day(start), start=first, end=hour(end))


def qr_of(part: OrderPart) -> SafeString:
    """The part's collection code as a QR picture that opens the shop's hand-over page."""
    return qr_to_hand_over(part.shop.slug, part.order.number, part.collection_code)


def qr_to_hand_over(slug: str, number: str, code: str) -> SafeString:
    """Number and collection code as a QR picture that opens the shop's hand-over page."""
    address = f"{settings.BASE_URL}{reverse('shop-hand-over', args=[slug])}"
    drawn = segno.make(f"{address}?nummer={number}&code={code}", error="m")
    picture = drawn.svg_inline(scale=4, border=3, dark="#000", light="#fff", svgclass="qr", lineclass="qr__dots")
    return mark_safe(picture)  # noqa: S308 - drawn here from number and code


def _join(names: Iterable[str]) -> str:
    listed = list(names)
    if len(listed) < 2:
        return "".join(listed)
    return _("{first} and {last}").format(first=", ".join(listed[:-1]), last=listed[-1])


DONE = {
    "confirm": gettext_lazy("Accepted. The customer has been told."),
    "ready": gettext_lazy("Packed. The customer has been told and has the collection code."),
    "decline": gettext_lazy("Declined. The customer reads your reason; the goods are on sale again."),
    "expire": gettext_lazy("Noted as not collected. The goods are on sale again."),
    "collect": gettext_lazy("Handed over. Thank you!"),
}


def shop_sentence(part: OrderPart) -> str:
    """Where a part stands, for the people who pack it."""
    slot = slot_words(part.starts_at, part.ends_at)
    return {
        flow.PLACED: _("New. Please accept or decline; the customer wants to come {slot}."),
        flow.CONFIRMED: _("Accepted. Pack it for {slot}."),
        flow.READY: _("Packed. The customer comes {slot}."),
        flow.COLLECTED: _("Handed over and paid."),
        flow.DECLINED: _("Declined."),
        flow.CANCELLED: _("Cancelled by the customer. The goods are on sale again."),
        flow.EXPIRED: _("Not collected. The goods are on sale again."),
    }[part.state].format(slot=slot)


def shop_timeline(part: OrderPart) -> Timeline:
    """The history of this shop's part, on the shared timeline."""
    return Timeline(sentence=shop_sentence(part), entries=_shop_entries(part))


def _shop_entries(part: OrderPart) -> list[TimelineEntry]:
    """What happened to this shop's part; what happened at other shops is nobody's business here."""
    words = {message.pk: message for message in part.order.messages.filter(Q(part=part) | Q(part=None))}
    return [
        TimelineEntry(
            entry.at,
            entry.sentence,
            who=_("by mail from another address; check it before you rely on it") if message and message.unsure else "",
            body=message.body if message else "",
            kind="message" if message else "fact",
        )
        for entry in audit.timeline(part.order, audience=audit.APPLICANT)
        if part.pk == entry.keys.get("part") or part.pk in entry.keys.get("parts", [])
        for message in [words.get(entry.keys.get("message", 0))]
    ]


@dataclass(frozen=True)
class WithdrawalChoices:
    """The goods of an order for the withdrawal page: those that can be withdrawn with their tick, and the others with the reason."""

    free: list[tuple[OrderLine, bool]]
    barred: list[tuple[OrderLine, str]]


def withdrawal_choices(order: Order, *, at: datetime, chosen: set[int]) -> WithdrawalChoices:
    """What of this order can be withdrawn at this moment."""
    free, barred = [], []
    for part in order.parts.all():
        for line in part.lines.all():
            if _withdrawable(line, part, at):
                free.append((line, line.pk in chosen))
            elif hasattr(line, "withdrawn"):
                barred.append((line, _("already withdrawn")))
            elif not line.can_be_withdrawn:
                barred.append((line, withdrawal_note(line.withdrawal)))
            else:
                barred.append((line, _("no longer possible: cancelled, or the 14 days are over")))
    if len(free) == 1 and not chosen:
        free = [(free[0][0], True)]
    return WithdrawalChoices(free, barred)


def order_contact(order: Order) -> dict[str, str]:
    """Name and mail of the buyer, to begin a form with. Only shown to holders of the secret link."""
    return {"name": order.guest.name, "email": order.guest.email} if order.guest else {}


def nothing_chosen() -> str:
    return _("Please choose at least one of the goods.")
