"""What customers and shops do with appointments and calendars."""

from stadtplatz.appointments.actions.booking import as_agreed, book, enter, move
from stadtplatz.appointments.actions.calendars import (
    add_away,
    add_resource,
    block,
    change_resource,
    drop_away,
    offer_service,
    set_service,
    unblock,
)
from stadtplatz.appointments.actions.moving import advance, forget_cells, forget_contact, set_reminder
from stadtplatz.appointments.actions.outside import drop_foreign, make_feed, read_foreign, revoke_feed, sync

__all__ = [
    "add_away",
    "add_resource",
    "advance",
    "as_agreed",
    "block",
    "book",
    "change_resource",
    "drop_away",
    "drop_foreign",
    "enter",
    "forget_cells",
    "forget_contact",
    "make_feed",
    "move",
    "offer_service",
    "read_foreign",
    "revoke_feed",
    "set_reminder",
    "set_service",
    "sync",
    "unblock",
]
