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

__all__ = [
    "add_away",
    "add_resource",
    "advance",
    "as_agreed",
    "block",
    "book",
    "change_resource",
    "drop_away",
    "enter",
    "forget_cells",
    "forget_contact",
    "move",
    "offer_service",
    "set_reminder",
    "set_service",
    "unblock",
]
