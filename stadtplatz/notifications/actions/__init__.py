"""What can be done with messages, in both directions."""

from stadtplatz.notifications.actions.bells import hang_bell, ring, take_bell_down, take_bells_down
from stadtplatz.notifications.actions.choosing import choose, mark_read, resume, stop
from stadtplatz.notifications.actions.incoming import answer_mail, put_aside, take, take_anyway, take_in
from stadtplatz.notifications.actions.paper import keep_paper
from stadtplatz.notifications.actions.returning import forgive, mark_failing
from stadtplatz.notifications.actions.telling import notify, notify_address

__all__ = [
    "answer_mail",
    "choose",
    "forgive",
    "hang_bell",
    "keep_paper",
    "mark_failing",
    "mark_read",
    "notify",
    "notify_address",
    "put_aside",
    "resume",
    "ring",
    "stop",
    "take",
    "take_anyway",
    "take_bell_down",
    "take_bells_down",
    "take_in",
]
