"""What is done with notices about content."""

from stadtplatz.moderation.actions.deciding import Ruling, complain, complain_as_notifier, decide
from stadtplatz.moderation.actions.giving import Content, give_notice
from stadtplatz.moderation.actions.keeping import edit_ground, forget_contacts

__all__ = [
    "Content",
    "Ruling",
    "complain",
    "complain_as_notifier",
    "decide",
    "edit_ground",
    "forget_contacts",
    "give_notice",
]
