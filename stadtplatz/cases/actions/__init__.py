"""What can be done with a case, whatever its kind. `advance` is the only way to change a state."""

from stadtplatz.cases.actions.applicant import set_contact
from stadtplatz.cases.actions.clocks import resume_clock, suspend_clock
from stadtplatz.cases.actions.decisions import approve_decision, issue_notice, prepare_decision
from stadtplatz.cases.actions.forgetting import delete_case, delete_files, forget_applicant
from stadtplatz.cases.actions.importing import PastCase, import_cases
from stadtplatz.cases.actions.messages import add_document, keep_note, release_document, write_message
from stadtplatz.cases.actions.moving import advance, open_case, set_terms
from stadtplatz.cases.actions.places import set_place
from stadtplatz.cases.actions.responsible import Hand, assign, pass_on
from stadtplatz.cases.actions.tasks import MOST_PHOTOS, add_task, finish_task
from stadtplatz.cases.clock import Term

__all__ = [
    "MOST_PHOTOS",
    "Hand",
    "PastCase",
    "Term",
    "add_document",
    "add_task",
    "advance",
    "approve_decision",
    "assign",
    "delete_case",
    "delete_files",
    "finish_task",
    "forget_applicant",
    "import_cases",
    "issue_notice",
    "keep_note",
    "open_case",
    "pass_on",
    "prepare_decision",
    "release_document",
    "resume_clock",
    "set_contact",
    "set_place",
    "set_terms",
    "suspend_clock",
    "write_message",
]
