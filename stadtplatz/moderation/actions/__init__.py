"""What is done with notices about content."""

from stadtplatz.moderation.actions.deciding import Ruling, complain, complain_as_notifier, decide
from stadtplatz.moderation.actions.giving import Content, Suspended, count_unprocessed, give_notice
from stadtplatz.moderation.actions.green import edit_green_word, look_at_green
from stadtplatz.moderation.actions.keeping import edit_ground, forget_contacts
from stadtplatz.moderation.actions.misuse import (
    Finding,
    answer_measure,
    complain_measure,
    edit_rule,
    end_measure,
    end_measures,
    forget_misuse,
    forget_owner,
    take_measure,
)

__all__ = [
    "Content",
    "Finding",
    "Ruling",
    "Suspended",
    "answer_measure",
    "complain",
    "complain_as_notifier",
    "complain_measure",
    "count_unprocessed",
    "decide",
    "edit_green_word",
    "edit_ground",
    "edit_rule",
    "end_measure",
    "end_measures",
    "forget_contacts",
    "forget_misuse",
    "forget_owner",
    "give_notice",
    "look_at_green",
    "take_measure",
]
