"""What can be done with a report."""

from stadtplatz.tickets.actions.clients import make_client, rekey_client, revoke_client
from stadtplatz.tickets.actions.danger import give_all_clear, raise_alarm
from stadtplatz.tickets.actions.desk import (
    accept,
    ask,
    assign,
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
    draft_of_key,
    drop_draft,
    forget_expired_drafts,
    keep_draft_answers,
    pass_nearby,
    remove_photo,
    send_draft,
    send_waiting_drafts,
    take_back_danger,
    wait_for_answers,
)
from stadtplatz.tickets.actions.echo import (
    answer_still_there,
    give_echo_feedback,
    give_feedback,
    join,
    leave_address,
    unfollow,
)
from stadtplatz.tickets.actions.entry import keep_letter, letter_to, write_down
from stadtplatz.tickets.actions.export import export
from stadtplatz.tickets.actions.filters import drop_filter, keep_filter
from stadtplatz.tickets.actions.importing import PastReport, import_reports
from stadtplatz.tickets.actions.linking import link, split
from stadtplatz.tickets.actions.oncall import set_danger
from stadtplatz.tickets.actions.open_data import refresh_open_data
from stadtplatz.tickets.actions.opening import MOST_PHOTOS, SHORTEST, open_ticket
from stadtplatz.tickets.actions.places import set_place
from stadtplatz.tickets.actions.proof import as_file, change_contact, check_code, check_pin, erase, make_pin, send_code
from stadtplatz.tickets.actions.publication import (
    Picture,
    follow_case,
    forget_publication,
    keep_inside,
    release,
    unpublish,
)
from stadtplatz.tickets.actions.quiet import keep_quiet
from stadtplatz.tickets.actions.replies import keep_reply
from stadtplatz.tickets.actions.reporter import answer, attach_photos, reopen, withdraw
from stadtplatz.tickets.actions.retention import (
    anonymise,
    detach,
    keep_retention,
    keep_retention_by_hand,
)
from stadtplatz.tickets.actions.retention_rules import set_retention
from stadtplatz.tickets.actions.rulechanges import plan_as_passed_on
from stadtplatz.tickets.actions.translating import keep_translation
from stadtplatz.tickets.actions.watching import forget_lookouts, look_at
from stadtplatz.tickets.actions.weekly import read_weekly, send_weekly
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
    "answer",
    "answer_still_there",
    "as_file",
    "ask",
    "assign",
    "attach_photos",
    "begin_draft",
    "change_category",
    "change_contact",
    "change_draft",
    "check_code",
    "check_pin",
    "close",
    "detach",
    "draft_of_key",
    "drop_draft",
    "drop_filter",
    "erase",
    "export",
    "follow_case",
    "forget_expired_drafts",
    "forget_lookouts",
    "forget_publication",
    "give_all_clear",
    "give_echo_feedback",
    "give_feedback",
    "import_reports",
    "join",
    "keep_draft_answers",
    "keep_filter",
    "keep_inside",
    "keep_letter",
    "keep_quiet",
    "keep_reply",
    "keep_retention",
    "keep_retention_by_hand",
    "keep_translation",
    "leave_address",
    "letter_to",
    "link",
    "look_at",
    "make_client",
    "make_pin",
    "open_ticket",
    "pass_nearby",
    "pass_on",
    "plan_as_passed_on",
    "raise_alarm",
    "read_weekly",
    "refresh_open_data",
    "rekey_client",
    "release",
    "remove_photo",
    "reopen",
    "resume",
    "revoke_client",
    "send_code",
    "send_draft",
    "send_waiting_drafts",
    "send_weekly",
    "set_danger",
    "set_place",
    "set_retention",
    "split",
    "start",
    "take_back",
    "take_back_danger",
    "unfollow",
    "unpublish",
    "wait_for_answers",
    "withdraw",
    "write",
    "write_down",
]
