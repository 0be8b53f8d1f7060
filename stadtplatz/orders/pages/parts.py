"""One shop's part of an order, as its buyer reads it."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from stadtplatz.orders import flow, rules
from stadtplatz.orders.models import Order, OrderPart
from stadtplatz.orders.pages.words import qr_to_hand_over, slot_words, withdrawable

BADGES = {
    flow.PLACED: "info",
    flow.CONFIRMED: "info",
    flow.READY: "success",
    flow.COLLECTED: "success",
    flow.DECLINED: "danger",
    flow.CANCELLED: "warning",
    flow.EXPIRED: "warning",
}


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


def part_cards(order: Order, *, at: datetime) -> list[PartCard]:
    """The parts of an order as their buyer reads them."""
    return [
        PartCard(
            part,
            part_sentence(part),
            part_steps(part),
            rules.may_cancel(part, at),
            rules.cancellable_until(part) if part.state == flow.CONFIRMED else None,
            any(withdrawable(line, part, at) for line in part.lines.all()),
            qr_of(part) if part.state == flow.READY else "",
        )
        for part in order.parts.all()
    ]


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


def qr_of(part: OrderPart) -> SafeString:
    """The part's collection code as a QR picture that opens the shop's hand-over page."""
    return qr_to_hand_over(part.shop.slug, part.order.number, part.collection_code)
