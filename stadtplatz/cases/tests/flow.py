"""A flow for tests: a request that is granted or refused, and can be opened again for a week."""

from datetime import timedelta

from stadtplatz.audit.facts import APPLICANT, Fact
from stadtplatz.cases.facts import PASSED_ON
from stadtplatz.cases.flow import RESTS, Flow, Move, State
from stadtplatz.cases.rules import is_applicant, is_system, may_handle

WEEK = timedelta(days=7)
OPENED = Fact("testing.opened", APPLICANT, "Opened", {"unit"})
TAKEN = Fact("testing.taken", APPLICANT, "Taken", {"unit"})
ASKED = Fact("testing.asked", APPLICANT, "Asked", {"message"})
ANSWERED = Fact("testing.answered", APPLICANT, "Answered", {"message"})
GRANTED = Fact("testing.granted", APPLICANT, "Granted", {"message", "state"})
REOPENED = Fact("testing.reopened", APPLICANT, "Reopened", {"message"})
ENDED = Fact("testing.ended", APPLICANT, "Ended", set())

STATES = (
    State("new", "New", "It is new.", start=True),
    State("taken", "Taken", "It is taken."),
    State("asked", "Asked", "It waits.", clock=RESTS),
    State("granted", "Granted", "It is granted.", clock=None),
    State("ended", "Ended", "It is over.", clock=None, final=True),
)
MOVES = (
    Move("take", "Take", ("new",), "taken", may_handle, TAKEN, takes=True, meets=("answer",)),
    Move("ask", "Ask", ("taken",), "asked", may_handle, ASKED, needs_words=True),
    Move("answer", "Answer", ("asked",), "taken", is_applicant, ANSWERED, needs_words=True),
    Move("pass_on", "Pass on", ("new", "taken"), "new", may_handle, PASSED_ON, needs_words=True, internal_words=True),
    Move("grant", "Grant", ("taken",), "granted", may_handle, GRANTED, outcome="granted", needs_words=True),
    Move(
        "reopen",
        "Reopen",
        ("granted",),
        "taken",
        is_applicant,
        REOPENED,
        outcome="",
        within=WEEK,
        reopens=True,
        restarts=("done",),
    ),
    Move("end", "End", ("granted",), "ended", is_system, ENDED, after=WEEK),
)
TESTING = Flow("testing", "T", OPENED, STATES, MOVES, {"answer": "First answer", "done": "Completion"})
