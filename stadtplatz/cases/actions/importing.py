"""Taking over cases that another system kept, many at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import islice

from django.db import transaction

from stadtplatz.accounts.models import Guest, Person
from stadtplatz.cases import clock as terms_clock
from stadtplatz.cases.actions.responsible import Hand, put_into
from stadtplatz.cases.clock import Term
from stadtplatz.cases.flow import Flow
from stadtplatz.cases.models import Case, ClockInterval, Deadline
from stadtplatz.city.models import District
from stadtplatz.kit import clock, codes
from stadtplatz.kit.identity import city

BATCH = 500


@dataclass(frozen=True)
class PastCase:
    """A case as it stands: received, perhaps answered (`accepted_at`), perhaps closed with an outcome."""

    received_at: datetime
    to: Hand
    terms: dict[str, Term]
    state: str
    first_answer: str = ""
    """Code of the deadline that was met when somebody accepted it."""
    accepted_at: datetime | None = None
    closed_at: datetime | None = None
    outcome: str = ""
    applicant: Person | Guest | None = None
    place: tuple[float, float] | None = None
    place_label: str = ""
    district: District | None = None
    channel: str = "web"
    language: str = "de"
    pass_ons: int = field(default=0)


def import_cases(flow: Flow, past: Sequence[PastCase], *, at: datetime | None = None) -> list[Case]:
    """The cases exist with number, secret, clock and deadlines, in the order given; nobody is told and no fact is recorded for each.

    Written in transactions of 500 rows at most. The kind records one fact for the whole. States must be states of the flow.
    """
    at = at or clock.now()
    known = {state.code for state in flow.states}
    if unknown := {row.state for row in past} - known:
        raise ValueError(f"No states of {flow.kind}: {sorted(unknown)}")
    dues = _Dues(city().land)
    made: list[Case] = []
    rows = iter(past)
    while batch := list(islice(rows, BATCH)):
        made += _write(flow, batch, dues, at)
    return made


@transaction.atomic
def _write(flow: Flow, batch: list[PastCase], dues: _Dues, at: datetime) -> list[Case]:
    numbers = _free_numbers(flow.prefix, len(batch))
    cases, deadlines = [], []
    for row, number in zip(batch, numbers, strict=True):
        case = _case(flow, row, number, at)
        own = [_deadline(case, row, code, term, dues, at) for code, term in row.terms.items()]
        case.due = min((d.due for d in own if d.due and not d.met_at), default=None)
        cases.append(case)
        deadlines += own
    Case.objects.bulk_create(cases)
    Deadline.objects.bulk_create(deadlines)
    ClockInterval.objects.bulk_create(
        ClockInterval(case=case, kind=ClockInterval.RUNNING, started_at=case.received_at, ended_at=case.closed_at)
        for case in cases
    )
    return cases


def _case(flow: Flow, row: PastCase, number: str, at: datetime) -> Case:
    changed = row.closed_at or row.accepted_at or row.received_at
    case = Case(
        number=number,
        kind=flow.kind,
        state=row.state,
        state_since=changed,
        received_at=row.received_at,
        accepted_at=row.accepted_at,
        closed_at=row.closed_at,
        changed_at=changed,
        outcome=row.outcome,
        lon=row.place[0] if row.place else None,
        lat=row.place[1] if row.place else None,
        place_label=row.place_label[:200],
        district=row.district,
        applicant_person=row.applicant if isinstance(row.applicant, Person) else None,
        applicant_guest=row.applicant if isinstance(row.applicant, Guest) else None,
        channel=row.channel,
        language=row.language,
        pass_ons=row.pass_ons,
    )
    put_into(case, row.to)
    return case


def _deadline(case: Case, row: PastCase, code: str, term: Term, dues: _Dues, at: datetime) -> Deadline:
    met = (row.accepted_at if code == row.first_answer else None) or row.closed_at
    due = dues.of(term, row.received_at)
    return Deadline(
        case=case,
        code=code,
        length=term.length,
        measure=term.measure,
        starts_at=row.received_at,
        due=due,
        met_at=met,
        overdue_at=due if due < (met or at) else None,
        escalated_at=due if due < (met or at) else None,
    )


def _free_numbers(prefix: str, count: int) -> list[str]:
    """Fresh numbers that nobody has: among very many, two random ones may be alike."""
    found: set[str] = set()
    while len(found) < count:
        fresh = {codes.new_number(prefix) for _ in range(count - len(found))}
        found |= fresh - set(Case.objects.filter(number__in=fresh).values_list("number", flat=True))
    return list(found)


class _Dues:
    """Due dates, worked out once for every term and day of receipt."""

    def __init__(self, land: str) -> None:
        self.land = land
        self.known: dict[tuple[Term, date], datetime] = {}

    def of(self, term: Term, start: datetime) -> datetime:
        key = (term, clock.local(start).date())
        if key not in self.known:
            found = terms_clock.due(term, start=start, land=self.land)
            self.known[key] = found or start  # never empty: the clock of a past case does not rest
        return self.known[key]
