"""Answers to our mails about orders become messages on the order. Only the token of our own mail says what a mail is about."""

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from stadtplatz.accounts.visitors import actor_for
from stadtplatz.audit.models import Record
from stadtplatz.audit.reactions import reacts_to
from stadtplatz.kit.actors import LINK_HOLDER
from stadtplatz.kit.refusals import ActionRefused, NotAllowed
from stadtplatz.notifications import actions as notifications
from stadtplatz.notifications import queries as post
from stadtplatz.notifications.models import Incoming
from stadtplatz.orders.actions import messages
from stadtplatz.orders.models import Order, OrderPart

PREFIX = "order:"
MARKET = "market"


def reply_key(order: Order, part: OrderPart | None = None) -> str:
    """What an answer to a mail about this order belongs to; with the part if the mail was about one shop's goods alone."""
    return f"{PREFIX}{order.number}:{part.position}" if part else f"{PREFIX}{order.number}"


@reacts_to("notifications.mail_received")
def take_mail(record: Record) -> None:
    """A mail that answers one of ours about an order stands on the order; what cannot, is put aside with the reason."""
    mail = post.incoming(record.keys["incoming"])
    if mail is None or mail.state != Incoming.READ or not mail.belongs_to.startswith(PREFIX):
        return
    order, part = _found(mail)
    try:
        with transaction.atomic():
            if order is None or not notifications.take(mail, taken_as=mail.belongs_to):
                raise ActionRefused("", code="gone")
            _write(mail, order, part)
    except ActionRefused as refusal:
        unsure = refusal.status == 403
        if notifications.put_aside(mail, reason="unsure" if unsure else "finished") and unsure and order:
            _say_unsure(mail, order)


def _found(mail: Incoming) -> tuple[Order | None, OrderPart | None]:
    number, _colon, position = mail.belongs_to.removeprefix(PREFIX).partition(":")
    order = Order.objects.filter(number=number).first()
    if order is None or not position:
        return order, None
    return order, order.parts.select_related("shop", "order").filter(position=int(position)).first()


def _write(mail: Incoming, order: Order, part: OrderPart | None) -> None:
    """A shop's mail is answered in the shop's name only from the address that we wrote to; the buyer's may have another, and that is shown."""
    asked = mail.answers
    if asked is not None and asked.kind == "shop":
        own = asked.person is not None and part is not None and mail.sender == asked.address.lower()
        if not own or part is None or asked.person is None:
            raise NotAllowed(_("Nobody knows whose words these are."))
        messages.write_to_buyer(part, body=_words(mail), by=actor_for(asked.person), at=mail.received_at)
        return
    known = asked is not None and (asked.guest_id or asked.person_id) and mail.sender == asked.address.lower()
    body = _words(mail)
    messages.write_to_shop(order, part=part, body=body, unsure=not known, by=LINK_HOLDER, at=mail.received_at)


def _say_unsure(mail: Incoming, order: Order) -> None:
    """The person in the shop whose mail was answered from elsewhere reads that nothing was passed on."""
    if mail.answers and mail.answers.person:
        notifications.notify(
            to=mail.answers.person,
            template="orders/mail/shop_unsure",
            context={"number": order.number},
            errand_number=order.number,
            link=mail.answers.link,
            kind="shop",
            sender=MARKET,
            once=f"unsure:{mail.pk}",
        )


def _words(mail: Incoming) -> str:
    """What the person wrote, cut to what a message may hold, and the names of files, which are not taken over."""
    with translation.override(mail.language):
        text = mail.text.strip() or _("(A mail without words)")
        if len(text) > messages.LONGEST - 1000:
            text = text[: messages.LONGEST - 1200].rstrip() + "\n\n" + _("[The mail goes on.]")
        names = ", ".join(file.name[:80] for file in post.files_of(mail)[:5])
        left_out = _("Not taken over: {names}").format(names=names)
        return f"{text}\n\n{left_out}" if names else text
