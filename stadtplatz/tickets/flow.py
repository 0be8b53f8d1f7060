"""The way of a report: who may do what, when, and what is recorded. Read it from top to bottom."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from stadtplatz.cases.facts import PASSED_ON
from stadtplatz.cases.flow import APPLICANT, NOBODY, RESTS, Flow, Move, State
from stadtplatz.cases.rules import is_applicant, is_system, may_handle
from stadtplatz.tickets import facts
from stadtplatz.tickets.rules import may_reopen_as_reporter

REOPEN_FOR = timedelta(days=14)
FIRST_ANSWER, DONE = "first_answer", "done"
OUTCOMES = ("done", "declined", "not_our_duty", "duplicate")

_BEFORE_THE_END = ("new", "accepted", "in_progress", "waiting")


def _ending(code: str, label: object, fact) -> Move:
    return Move(
        code,
        label,
        sources=_BEFORE_THE_END,
        target=code,
        rule=may_handle,
        fact=fact,
        outcome=code,
        needs_words=True,
        takes=True,
        meets=(FIRST_ANSWER,),
    )


FLOW = Flow(
    kind="ticket",
    prefix="A",
    opened=facts.OPENED,
    promises={FIRST_ANSWER: _("First answer"), DONE: _("Completion")},
    states=(
        State("new", _("New"), _("Your report has arrived. Next, somebody takes it on."), start=True),
        State("accepted", _("Taken on"), _("Somebody has taken on your report and looks after it.")),
        State("in_progress", _("In progress"), _("Work on it has begun.")),
        State(
            "waiting", _("Waiting for an answer"), _("The city has a question for you."), clock=RESTS, ball=APPLICANT
        ),
        State("done", _("Done"), _("This is done."), clock=None, ball=NOBODY),
        State("declined", _("Declined"), _("The city has declined this."), clock=None, ball=NOBODY),
        State("not_our_duty", _("Not our duty"), _("Somebody else is in charge of this."), clock=None, ball=NOBODY),
        State("duplicate", _("Reported before"), _("This was reported before."), clock=None, ball=NOBODY),
        State("withdrawn", _("Withdrawn"), _("You have withdrawn this report."), clock=None, ball=NOBODY, final=True),
        State("archived", _("Finished"), _("This is finished."), clock=None, ball=NOBODY, final=True),
    ),
    moves=(
        Move(
            "accept",
            _("Take it on"),
            sources=("new",),
            target="accepted",
            rule=may_handle,
            fact=facts.ACCEPTED,
            takes=True,
            meets=(FIRST_ANSWER,),
        ),
        Move(
            "start",
            _("Work begins"),
            sources=("accepted",),
            target="in_progress",
            rule=may_handle,
            fact=facts.STARTED,
        ),
        Move(
            "pass_on",
            _("Pass on"),
            sources=_BEFORE_THE_END,
            target="new",
            rule=may_handle,
            fact=PASSED_ON,
            needs_words=True,
            internal_words=True,
        ),
        Move(
            "ask",
            _("Ask the reporter"),
            sources=("new", "accepted", "in_progress"),
            target="waiting",
            rule=may_handle,
            fact=facts.ASKED,
            needs_words=True,
            takes=True,
            meets=(FIRST_ANSWER,),
        ),
        Move(
            "answer",
            _("Answer"),
            sources=("waiting",),
            target="accepted",
            rule=is_applicant,
            fact=facts.ANSWERED,
            needs_words=True,
        ),
        Move(
            "resume",
            _("Go on without an answer"),
            sources=("waiting",),
            target="accepted",
            rule=may_handle,
            fact=facts.RESUMED,
        ),
        _ending("done", _("Done"), facts.DONE),
        _ending("declined", _("Decline"), facts.DECLINED),
        _ending("not_our_duty", _("Not our duty"), facts.NOT_OUR_DUTY),
        _ending("duplicate", _("Reported before"), facts.DUPLICATE),
        Move(
            "reopen",
            _("Open again"),
            sources=OUTCOMES,
            target="new",
            rule=may_reopen_as_reporter,
            fact=facts.REOPENED,
            outcome="",
            within=REOPEN_FOR,
            needs_words=True,
            reopens=True,
            restarts=(FIRST_ANSWER, DONE),
        ),
        Move(
            "take_back",
            _("Open again"),
            sources=OUTCOMES,
            target="accepted",
            rule=may_handle,
            fact=facts.REOPENED,
            outcome="",
            within=REOPEN_FOR,
            needs_words=True,
            reopens=True,
            takes=True,
            restarts=(DONE,),
        ),
        Move(
            "withdraw",
            _("Withdraw"),
            sources=_BEFORE_THE_END,
            target="withdrawn",
            rule=is_applicant,
            fact=facts.WITHDRAWN,
            outcome="withdrawn",
            waives=True,
        ),
        Move(
            "archive",
            _("Finish for good"),
            sources=OUTCOMES,
            target="archived",
            rule=is_system,
            fact=facts.ARCHIVED,
            after=REOPEN_FOR,
        ),
    ),
)
