"""Opening a case and moving it along its flow."""

from __future__ import annotations

from collections.abc import Set
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from stadtplatz.accounts.models import Guest, Person
from stadtplatz.audit.actions import record
from stadtplatz.cases.actions import clocks
from stadtplatz.cases.actions.locking import lock, save_changed
from stadtplatz.cases.actions.messages import put_message
from stadtplatz.cases.actions.responsible import FIELDS, Hand, put_into
from stadtplatz.cases.clock import Term
from stadtplatz.cases.flow import RESTS, RUNS, Flow, Move, flow_of
from stadtplatz.cases.models import Case, CaseMessage
from stadtplatz.city.models import District
from stadtplatz.kit import clock, codes
from stadtplatz.kit.actors import Actor
from stadtplatz.kit.refusals import ActionRefused, NotAllowed


@transaction.atomic(savepoint=False)
def open_case(
    *,
    flow: Flow,
    to: Hand,
    by: Actor,
    terms: dict[str, Term],
    applicant: Person | Guest | None = None,
    place: tuple[float, float] | None = None,
    place_label: str = "",
    district: District | None = None,
    channel: str = "web",
    language: str = "de",
    predecessor: Case | None = None,
    at: datetime | None = None,
    **keys: Any,
) -> Case:
    """A case exists in the flow's first state, in somebody's hands, with its clock running and its deadlines computed.

    It has a number, a secret link and a typed code. A part of the kind's own action, in whose transaction it stands or falls. The flow's first fact is recorded with `keys`; who is told is up to the kind.
    """
    at = at or clock.now()
    deadlines = clocks.promised(terms, at)
    case = Case(
        number=codes.new_number(flow.prefix),
        kind=flow.kind,
        state=flow.start.code,
        state_since=at,
        received_at=at,
        changed_at=at,
        lon=place[0] if place else None,
        lat=place[1] if place else None,
        place_label=place_label[:200],
        district=district,
        applicant_person=applicant if isinstance(applicant, Person) else None,
        applicant_guest=applicant if isinstance(applicant, Guest) else None,
        channel=channel,
        language=language,
        predecessor=predecessor,
        due=min((deadline.due for deadline in deadlines if deadline.due), default=None),
    )
    put_into(case, to)
    case.save()
    clocks.begin(case, deadlines, at)
    record(flow.opened, subject=case, by=by, at=at, **_allowed(flow.opened.keys, keys, unit=to.unit.slug))
    return case


@transaction.atomic
def advance(
    case: Case,
    *,
    move: str,
    by: Actor,
    words: str = "",
    to: Hand | None = None,
    expected_state: str | None = None,
    expected_version: int | None = None,
    at: datetime | None = None,
    **keys: Any,
) -> Case:
    """The case stands where the move leads; its clock, deadlines, outcome and responsible hand follow; the move's fact is recorded.

    `words` become a message of the case. Refused with Stale when the case changed since `expected_state` or `expected_version`,
    with NotAllowed when the move's rule says no, and otherwise when the move does not start here, comes too early or too late, or
    lacks the words it needs.
    """
    at = at or clock.now()
    case = lock(case, expected_state=expected_state, expected_version=expected_version)
    step = flow_of(case).move(move)
    _check(case, step, by, words, at)
    message = _say(case, step, by, words, at)
    before = case.unit.slug
    _change(case, step, by, to, at)
    known = {
        "message": message.pk if message else None,
        "from_unit": before,
        "unit": case.unit.slug,
        "state": case.state,
    }
    record(step.fact, subject=case, by=by, at=at, **_allowed(step.fact.keys, keys, **known))
    changed = ("state", "state_since", "outcome", "closed_at", "accepted_at", "pass_ons", "due", "resting")
    save_changed(case, at, *changed, *FIELDS)
    return case


@transaction.atomic
def set_terms(
    case: Case, *, terms: dict[str, Term], expected_version: int | None = None, at: datetime | None = None
) -> Case:
    """The case has these deadlines, new ones counted from the day it was received. For kinds whose subject changed; they record why."""
    case, at = lock(case, expected_version=expected_version), at or clock.now()
    clocks.set_deadlines(case, terms, case.received_at)
    save_changed(case, at, "due")
    return case


def may_move(case: Case, move: Move, by: Actor, at: datetime | None = None) -> bool:
    """Whether the move is open to this person now; what `advance` would not refuse, apart from missing words."""
    return case.state in move.sources and move.rule(by, case) and _timely(case, move, at or clock.now())


def _check(case: Case, step: Move, by: Actor, words: str, at: datetime) -> None:
    if not step.rule(by, case):
        raise NotAllowed(_("You may not do this here."))
    if case.state not in step.sources:
        label = flow_of(case).state(case.state).label
        raise ActionRefused(_("This cannot be done now. It says: {state}.").format(state=label), code="wrong-state")
    if not _timely(case, step, at):
        raise ActionRefused(_("The time for this is over, or has not yet come."), code="wrong-time")
    if step.needs_words and not words.strip():
        raise ActionRefused(_("Please write a sentence that gives the reason."), code="no-words")


def _timely(case: Case, step: Move, at: datetime) -> bool:
    passed = at - case.state_since
    return (step.within is None or passed <= step.within) and (step.after is None or passed >= step.after)


def _say(case: Case, step: Move, by: Actor, words: str, at: datetime) -> CaseMessage | None:
    if not words.strip():
        return None
    visibility = CaseMessage.INTERNAL if step.internal_words else CaseMessage.PUBLIC
    return put_message(case, body=words, by=by, visibility=visibility, at=at)


def _change(case: Case, step: Move, by: Actor, to: Hand | None, at: datetime) -> None:
    target = flow_of(case).state(step.target)
    if target.code != case.state:
        case.state, case.state_since = target.code, at
    if step.outcome is not None:
        case.outcome = step.outcome
    _take(case, step, by, to, at)
    clocks.meet(case, step.meets, at)
    _set_clock(case, target.clock, at)
    if step.restarts:
        clocks.restart(case, step.restarts, at)


def _take(case: Case, step: Move, by: Actor, to: Hand | None, at: datetime) -> None:
    if to is not None:
        case.pass_ons += to.unit.pk != case.unit_id
        case.accepted_at = None
        put_into(case, to)
    if step.takes:
        if case.assignee_id != by.person_id:
            # Whoever takes it is there of their own accord: what the rules said of the one before them no longer holds.
            case.deputy_for, case.why_responsible = None, str(_("Took it on at the unit that is responsible."))
        case.assignee_id = by.person_id
        case.accepted_at = case.accepted_at or at


def _set_clock(case: Case, wanted: str | None, at: datetime) -> None:
    if wanted is None:
        case.closed_at = case.closed_at or at
        clocks.stop(case, at)
        return
    reopened, case.closed_at = case.closed_at is not None, None
    if wanted == RUNS and (case.resting or reopened):
        clocks.run(case, at)
    elif wanted == RESTS and not case.resting:
        clocks.rest(case, at, reason=str(_("The city is waiting for an answer.")))


def _allowed(names: Set[str], given: dict[str, Any], **known: Any) -> dict[str, Any]:
    """What the fact may hold: the given keys as they are, and of what we know the keys that it declares."""
    return {key: value for key, value in known.items() if key in names} | given
