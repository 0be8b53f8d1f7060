"""The way of a notice about content (Art. 16, 17 and 20 DSA): decided, complained about, decided by somebody else, finished."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from stadtplatz.cases.flow import NOBODY, Flow, Move, State
from stadtplatz.cases.rules import is_system
from stadtplatz.moderation import facts
from stadtplatz.moderation.rules import may_complain, may_decide

SIX_MONTHS = timedelta(days=184)
"""So long a decision can be complained about (Art. 20 (1) DSA: at least six months, and no six months are longer than this)."""
DECISION = "decision"
DECIDED = ("restricted", "kept")

FLOW = Flow(
    kind="moderation",
    prefix="M",
    opened=facts.OPENED,
    states=(
        State("new", _("To be decided"), _("Your notice has arrived. A person looks at the content and decides."), start=True),
        State("restricted", _("No longer shown"), _("The content is no longer shown."), clock=None, ball=NOBODY),
        State("kept", _("Stays"), _("The content stays."), clock=None, ball=NOBODY),
        State("contested", _("Complaint"), _("There is a complaint about the decision. Somebody else looks at it.")),
        State("finished", _("Finished"), _("The time for complaints is over."), clock=None, ball=NOBODY, final=True),
    ),
    moves=(
        Move("restrict", _("Show no longer"), ("new", "contested"), "restricted", may_decide, facts.RESTRICTED,
             outcome="restricted", takes=True, meets=(DECISION,)),
        Move("keep", _("Let it stand"), ("new", "contested"), "kept", may_decide, facts.KEPT,
             outcome="kept", takes=True, meets=(DECISION,)),
        Move("lift", _("Show again"), ("restricted",), "kept", may_decide, facts.LIFTED, outcome="kept"),
        Move("contest", _("Complain"), DECIDED, "contested", may_complain, facts.CONTESTED,
             within=SIX_MONTHS, reopens=True, restarts=(DECISION,)),
        Move("finish", _("Finish"), DECIDED, "finished", is_system, facts.FINISHED, after=SIX_MONTHS),
    ),
)  # fmt: skip
