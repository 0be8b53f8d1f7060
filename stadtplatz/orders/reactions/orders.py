"""Whom an order's news reaches: the buyer, and the people of the shops."""

from collections.abc import Iterable

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from stadtplatz.accounts.models import Guest, Person
from stadtplatz.audit.models import Record
from stadtplatz.audit.reactions import reacts_to
from stadtplatz.catalogue.queries import guarantee_notice
from stadtplatz.notifications import actions as notifications
from stadtplatz.orders import rules
from stadtplatz.orders.mail_in import reply_key
from stadtplatz.orders.models import Order, OrderMessage, OrderPart, Withdrawal
from stadtplatz.orders.pages.words import slot_words, withdrawal_note
from stadtplatz.shops.models import Membership

MARKET = "market"


@reacts_to("orders.placed")
def confirm_to_buyer(record: Record) -> None:
    """The confirmation of § 312i and § 312f BGB: all contents, every seller, terms and information on withdrawal."""
    order = _order(record)
    parts = [_told(part, order.language) for part in order.parts.all()]
    _tell_buyer(
        order, "orders/mail/placed", record, kind="contract", parts=parts, terms_version=rules.TERMS_VERSION,
        notice=guarantee_notice(order.language),
    )  # fmt: skip


@reacts_to("orders.placed")
def tell_shops(record: Record) -> None:
    """Each shop's owners and staff read what was ordered there, and nothing of other shops."""
    for part in _order(record).parts.all():
        tell_shop(part, "orders/mail/shop_new", record)


@reacts_to("orders.confirmed")
def tell_accepted(record: Record) -> None:
    """The contract is made; the buyer reads that the shop has accepted."""
    tell_of_part(record, "orders/mail/confirmed", kind="contract")


@reacts_to("orders.ready")
def tell_ready(record: Record) -> None:
    """The buyer gets collection code and slot; a label for the bag lies in the mailbox list."""
    part = tell_of_part(record, "orders/mail/ready")
    with translation.override("de"):
        title = f"{part.order.number} · {part.shop_name}"
        html = render_to_string("orders/label.html", {"part": part, "order": part.order, **_told(part, "de")})
    notifications.keep_paper(
        kind="label",
        title=title,
        html=html,
        errand_number=part.order.number,
        sender=MARKET,
        once=f"label:{part.pk}",
        at=record.at,
    )


@reacts_to("orders.declined", "orders.lapsed")
def tell_declined(record: Record) -> None:
    """The buyer reads the shop's reason, or that it did not answer."""
    tell_of_part(record, "orders/mail/declined")


@reacts_to("orders.cancelled")
def tell_cancelled(record: Record) -> None:
    """The buyer gets a receipt, the shop reads that the goods are on sale again."""
    part = tell_of_part(record, "orders/mail/cancelled")
    tell_shop(part, "orders/mail/shop_cancelled", record)


@reacts_to("orders.not_collected")
def tell_not_collected(record: Record) -> None:
    """The buyer reads that nothing is kept any more."""
    tell_of_part(record, "orders/mail/not_collected")


@reacts_to("orders.message_received")
def pass_on_to_shops(record: Record) -> None:
    """The shops that the buyer wrote to read the words."""
    if message := OrderMessage.objects.filter(pk=record.keys["message"]).first():
        for part in OrderPart.objects.filter(pk__in=record.keys["parts"]).select_related("order__guest", "shop"):
            tell_shop(part, "orders/mail/shop_message", record, words=message.body, unsure=message.unsure)


@reacts_to("orders.message_sent")
def pass_on_to_buyer(record: Record) -> None:
    """The buyer reads what the shop wrote."""
    if message := OrderMessage.objects.filter(pk=record.keys["message"]).first():
        tell_of_part(record, "orders/mail/message", words=message.body)


@reacts_to("orders.withdrawn")
def acknowledge_withdrawal(record: Record) -> None:
    """A receipt with content, date and time at once (§ 356a BGB), also when we know no such order; the shops concerned are told."""
    withdrawal = Withdrawal.objects.select_related("order").get(pk=record.keys["withdrawal"])
    lines = [row.line for row in withdrawal.lines.select_related("line__part").order_by("line__part__position", "line")]
    told = [f"{line.quantity} × {line.title}" for line in lines]
    notifications.notify_address(
        address=withdrawal.email,
        template="orders/mail/withdrawal_receipt",
        language=withdrawal.language,
        context={"withdrawal": withdrawal, "lines": told},
        reply_to=reply_key(withdrawal.order) if withdrawal.order else "",
        kind="contract",
        sender=MARKET,
        once=f"withdrawal:{withdrawal.pk}",
        at=record.at,
    )
    for part in OrderPart.objects.filter(pk__in=record.keys["parts"]).select_related("order__guest", "shop"):
        tell_shop(
            part,
            "orders/mail/shop_withdrawn",
            record,
            withdrawal=withdrawal,
            lines=[f"{line.quantity} × {line.title}" for line in lines if line.part_id == part.pk],
        )


def remind(part: OrderPart) -> None:
    """The buyer reads that goods still wait, and until when."""
    order = part.order
    until = part.ends_at + rules.COLLECT_GRACE
    if contact := contact_of(order):
        notifications.notify(
            to=contact,
            template="orders/mail/reminder",
            context={"order": order, "until": until, **_told(part, order.language)},
            errand_number=order.number,
            link=order.link(),
            reply_to=reply_key(order, part),
            sender=MARKET,
            once=f"reminder:{part.pk}",
        )


def tell_of_part(record: Record, template: str, kind: str = "errand", **context: object) -> OrderPart:
    """The buyer of the part that this fact names gets this mail once; the part comes back."""
    part = OrderPart.objects.select_related("order__guest", "order__person", "shop").get(pk=record.keys["part"])
    _tell_buyer(part.order, template, record, kind=kind, **_told(part, part.order.language), **context)
    return part


def _tell_buyer(order: Order, template: str, record: Record, kind: str = "errand", **context: object) -> None:
    part = context.get("part")
    if contact := contact_of(order):
        notifications.notify(
            to=contact,
            template=template,
            context={"order": order, **context},
            errand_number=order.number,
            link=order.link(),
            reply_to=reply_key(order, part if isinstance(part, OrderPart) else None),
            kind=kind,
            sender=MARKET,
            once=f"{record.pk}:buyer",
            at=record.at,
        )


def tell_shop(part: OrderPart, template: str, record: Record, **context: object) -> None:
    """Owner and staff of the part's shop get this mail once."""
    link = reverse("shop-order", args=[part.shop.slug, part.order.number])
    for person in keepers(part.shop_id):
        notifications.notify(
            to=person,
            template=template,
            context={"order": part.order, **_told(part, person.language), **context},
            errand_number=part.order.number,
            link=link,
            reply_to=reply_key(part.order, part),
            kind="shop",
            sender=MARKET,
            once=f"{record.pk}:{part.pk}:{person.key}",
            at=record.at,
        )


def keepers(shop_id: int) -> Iterable[Person]:
    roles = (Membership.OWNER, Membership.STAFF)
    return Person.objects.filter(shop_memberships__shop=shop_id, shop_memberships__role__in=roles, is_active=True)


def contact_of(order: Order) -> Person | Guest | None:
    """Whom to tell: the contact left with this order; a signed-in buyer's account when that has no mail address."""
    if order.guest and (order.guest.email or order.person is None):
        return order.guest
    return order.person


def _order(record: Record) -> Order:
    rows = Order.objects.select_related("guest", "person").prefetch_related("parts__lines", "parts__shop")
    return rows.get(pk=record.subject_id)


def _told(part: OrderPart, language: str) -> dict[str, object]:
    with translation.override(language):
        return {
            "part": part,
            "slot": slot_words(part.starts_at, part.ends_at),
            "lines": [(line, withdrawal_note(line.withdrawal)) for line in part.lines.all()],
        }
