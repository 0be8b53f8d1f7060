"""The whole order, as its buyer reads it: where it stands, who has to do something, what happened."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from stadtplatz.audit import queries as audit
from stadtplatz.kit.timeline import Timeline, TimelineEntry
from stadtplatz.orders import flow
from stadtplatz.orders.models import Order, OrderPart
from stadtplatz.orders.pages.parts import part_sentence
from stadtplatz.orders.pages.words import joined


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
        return text.format(shops=joined(part.shop_name for part in ready))
    if states & flow.OPEN:
        waiting = [part for part in parts if part.state == flow.PLACED]
        if waiting:
            return _("Your order is placed. {shops} will answer soon.").format(
                shops=joined(part.shop_name for part in waiting)
            )
        return _("Your order is accepted and being packed.")
    return _("This order is finished.") if flow.COLLECTED in states else _("This order is over; nothing was sold.")


def order_holder(opened: list[OrderPart]) -> str:
    """Who has to do the next thing: the shops that work on it, else you."""
    busy = [part.shop_name for part in opened if part.state != flow.READY]
    if busy:
        return joined(busy)
    return _("You: please collect") if opened else ""


def _buyer_sentence(verb: str, sentence: str) -> str:
    """What the buyer did is told as such."""
    return _("You have written a message.") if verb == "orders.message_received" else sentence


def _written_to(parts: list[int], verb: str, names: dict[int, str]) -> str:
    """The shops that the buyer wrote to."""
    if verb != "orders.message_received":
        return ""
    return _("to {shops}").format(shops=joined(names[pk] for pk in parts if pk in names))
