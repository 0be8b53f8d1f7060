"""What can be done with a report."""

from stadtplatz.tickets.actions.clients import make_client, rekey_client, revoke_client
from stadtplatz.tickets.actions.desk import (
    accept,
    ask,
    change_category,
    close,
    pass_on,
    resume,
    start,
    take_back,
    write,
)
from stadtplatz.tickets.actions.drafts import (
    add_photos,
    begin_draft,
    change_draft,
    forget_expired_drafts,
    remove_photo,
    send_draft,
)
from stadtplatz.tickets.actions.importing import PastReport, import_reports
from stadtplatz.tickets.actions.opening import MOST_PHOTOS, SHORTEST, open_ticket
from stadtplatz.tickets.actions.places import set_place
from stadtplatz.tickets.actions.publication import Picture, follow_case, forget_publication, release, unpublish
from stadtplatz.tickets.actions.reporter import answer, reopen, withdraw
from stadtplatz.tickets.actions.retention import anonymise, anonymise_expired, detach
from stadtplatz.tickets.flow import OUTCOMES

__all__ = [
    "MOST_PHOTOS",
    "OUTCOMES",
    "SHORTEST",
    "PastReport",
    "Picture",
    "accept",
    "add_photos",
    "anonymise",
    "anonymise_expired",
    "answer",
    "ask",
    "begin_draft",
    "change_category",
    "change_draft",
    "close",
    "detach",
    "follow_case",
    "forget_expired_drafts",
    "forget_publication",
    "import_reports",
    "make_client",
    "open_ticket",
    "pass_on",
    "rekey_client",
    "release",
    "remove_photo",
    "reopen",
    "resume",
    "revoke_client",
    "send_draft",
    "set_place",
    "start",
    "take_back",
    "unpublish",
    "withdraw",
    "write",
]
