"""What is done with shops: set up, edited, looked at, helped, given up."""

from stadtplatz.shops.actions.branches import add_branch, remove_branch
from stadtplatz.shops.actions.care import ask_for_help, finish_task, take_task
from stadtplatz.shops.actions.claims import claim, decide_claim
from stadtplatz.shops.actions.complaints import complain, decide_complaint
from stadtplatz.shops.actions.counts import count_visit
from stadtplatz.shops.actions.enquiries import answer_enquiry, ask_shop
from stadtplatz.shops.actions.files import StillMissing, edit_seller, know, submit
from stadtplatz.shops.actions.gallery import add_picture, describe_picture, move_picture, remove_picture
from stadtplatz.shops.actions.judging import approve, lift, send_back, suspend
from stadtplatz.shops.actions.leaving import forget_requests, forget_sellers
from stadtplatz.shops.actions.letters import redeem, remove_by_letter, write_letter, write_letters
from stadtplatz.shops.actions.noticed import complain_about_decision, decide_about_place, decide_about_shop
from stadtplatz.shops.actions.opening import end_pauses, move_shop, set_special_days
from stadtplatz.shops.actions.periods import edit_period
from stadtplatz.shops.actions.removals import ask_removal, decide_removal, undo_removal
from stadtplatz.shops.actions.shops import create_shop, edit_shop, free_slug, reindex, set_picture
from stadtplatz.shops.actions.stalls import add_stall_time, remove_stall_time
from stadtplatz.shops.actions.team import add_member, change_role, invite, remove_member
from stadtplatz.shops.actions.terms import accept_terms, bind_who_stayed, write_terms

__all__ = [
    "StillMissing",
    "accept_terms",
    "add_branch",
    "add_member",
    "add_picture",
    "add_stall_time",
    "answer_enquiry",
    "approve",
    "ask_for_help",
    "ask_removal",
    "ask_shop",
    "bind_who_stayed",
    "change_role",
    "claim",
    "complain",
    "complain_about_decision",
    "count_visit",
    "create_shop",
    "decide_about_place",
    "decide_about_shop",
    "decide_claim",
    "decide_complaint",
    "decide_removal",
    "describe_picture",
    "edit_period",
    "edit_seller",
    "edit_shop",
    "end_pauses",
    "finish_task",
    "forget_requests",
    "forget_sellers",
    "free_slug",
    "invite",
    "know",
    "lift",
    "move_picture",
    "move_shop",
    "redeem",
    "reindex",
    "remove_branch",
    "remove_by_letter",
    "remove_member",
    "remove_picture",
    "remove_stall_time",
    "send_back",
    "set_picture",
    "set_special_days",
    "submit",
    "suspend",
    "take_task",
    "undo_removal",
    "write_letter",
    "write_letters",
    "write_terms",
]
