"""One shop's part of an order, as the people who pack it read it."""

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from stadtplatz.audit import queries as audit
from stadtplatz.kit.timeline import Timeline, TimelineEntry
from stadtplatz.orders import flow
from stadtplatz.orders.models import OrderPart
from stadtplatz.orders.pages.words import slot_words

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
