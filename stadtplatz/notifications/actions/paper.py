"""Printed matter."""

from datetime import datetime

from stadtplatz.kit import clock
from stadtplatz.notifications.models import Message
from stadtplatz.notifications.rendering import one_line
from stadtplatz.notifications.senders import TOWNHALL


def keep_paper(
    *,
    kind: str,
    title: str,
    html: str,
    errand_number: str = "",
    link: str = "",
    sender: str = TOWNHALL,
    once: str | None = None,
    at: datetime | None = None,
) -> Message:
    """Printed matter lies in the mailbox list afterwards: `kind` is letter, label or code; `html` is rendered by our own templates.

    Nobody is told; it is for whoever prints or, in the demo, looks.
    """
    if kind not in {Message.LETTER, Message.LABEL, Message.CODE}:
        raise ValueError(f"Paper is letter, label or code, not {kind!r}.")
    fields = {
        "medium": kind,
        "kind": "errand",
        "sender": sender,
        "subject": one_line(title)[:200],
        "html": html,
        "errand_number": errand_number,
        "link": link,
        "state": Message.KEPT,
        "created_at": at or clock.now(),
    }
    if once is None:
        return Message.objects.create(**fields)
    return Message.objects.get_or_create(once=once, defaults=fields)[0]
