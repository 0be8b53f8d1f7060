"""The lists of the desk.

Every open report stands in exactly one of the lists of states (not yet accepted, in hand, waiting) and in somebody's own work: in
that of whoever has it, or stands in for them, or else of everybody who looks after the unit.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.core.paginator import Page, Paginator
from django.db.models import Count, F, Q, QuerySet
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from stadtplatz.cases import queries as cases
from stadtplatz.cases.models import Case, CaseTask
from stadtplatz.cases.rules import Reach, reach_of
from stadtplatz.city import queries as city
from stadtplatz.city.models import District, Unit
from stadtplatz.kit import clock, codes
from stadtplatz.kit.actors import Actor
from stadtplatz.kit.containing import contains
from stadtplatz.kit.numbers import typed_id
from stadtplatz.tickets.kept import words
from stadtplatz.tickets.models import Category, ReplyTemplate, SavedFilter, Ticket
from stadtplatz.tickets.queries.finding import JOIN, KIND, shown_state, ticket_of

LISTS = {
    "mine": _("My work"),
    "unit": _("My unit"),
    "late": _("Late"),
    "new": _("Not yet accepted"),
    "working": _("In hand"),
    "waiting": _("Waiting"),
    "place": _("Place missing"),
    "asked": _("Tasks for us"),
    "all": _("All reports"),
}
STATES = {"new": ("new",), "working": ("accepted", "in_progress"), "waiting": ("waiting",)}
"""Which states make up the lists of states; together they are all the open ones, and none stands twice."""
SORTS = {
    "due": _("By deadline"),
    "newest": _("Newest first"),
    "oldest": _("Oldest first"),
    "changed": _("Last changed"),
    "category": _("By category"),
}
_ORDERS = {
    "due": (F("due").asc(nulls_last=True), "received_at"),
    "newest": ("-received_at",),
    "oldest": ("received_at",),
    "changed": ("-changed_at",),
    "category": ("ticket__category__order", "received_at"),
}
PAGE = 50
MOST = 2000
"""Nobody pages further than this; whoever looks for something older searches."""
_SHOWN = ("unit", "assignee")


@dataclass(frozen=True)
class Asked:
    """What somebody wants to see: a list, narrowed down. Unknown values mean the usual ones."""

    name: str = "mine"
    text: str = ""
    category: str = ""
    district: str = ""
    unit: str = ""
    sort: str = ""

    @property
    def order(self) -> str:
        """All reports of all times are listed by day of receipt: only open ones have a deadline."""
        if self.name == "all" and self.sort in ("", "due"):
            return "newest"
        return self.sort if self.sort in SORTS else "due"


@dataclass(frozen=True)
class Row:
    """One line of a list."""

    case: Case
    ticket: Ticket
    state: str
    kind: str
    late: bool


@dataclass(frozen=True)
class DeskList:
    """One page of one list, with the counts of the lists of open reports. `rows` belong to `page`."""

    page: Page
    rows: list[Row]
    counts: dict[str, int] = field(default_factory=dict)


class _Pages(Paginator):
    """Counts no further than anybody pages."""

    @cached_property
    def count(self) -> int:
        return self.object_list.order_by()[:MOST].count()  # type: ignore[attr-defined]  # a query, not a list


def desk_list(actor: Actor, asked: Asked | None = None, *, number: int | str = 1) -> DeskList:
    """The asked page of the list, among what this person may read. Four queries, and three about who is there today."""
    asked, now, reach = asked or Asked(), clock.now(), reach_of(actor)
    conditions = _conditions(actor, reach, now)
    readable = cases.for_staff(actor, kind=KIND, reach=reach)
    counts = _counts(conditions, readable)
    chosen = _narrowed(readable.filter(conditions.get(asked.name, Q())), asked)
    pages = _Pages(chosen.order_by(*_ORDERS[asked.order], "pk").select_related("ticket", "assignee"), PAGE)
    if asked == Asked(name=asked.name, sort=asked.sort) and asked.name in counts:
        pages.count = min(counts[asked.name], MOST)
    page = pages.get_page(number)
    _know(page.object_list, city.staffing_today(actor).units)
    return DeskList(page, [_row(case, now) for case in page.object_list], counts)


def _know(found: Iterable[Case], units: dict[int, Unit]) -> None:
    """Unit and category of each report come from what is kept, which is cheaper than to read them fifty times."""
    categories = {row.pk: row for row in words().every_category}
    for case in found:
        if unit := units.get(case.unit_id):
            case.unit = unit
        if (ticket := ticket_of(case)) and (category := categories.get(ticket.category_id)):
            ticket.category = category


def desk_counts(actor: Actor) -> dict[str, int]:
    """How many open reports stand in each list of this person."""
    reach = reach_of(actor)
    return _counts(_conditions(actor, reach, clock.now()), cases.for_staff(actor, kind=KIND, reach=reach))


def chosen_for_staff(actor: Actor, numbers: list[str]) -> list[Ticket]:
    """These reports as far as this person may read them, in the order of their receipt; at most one page of a list."""
    rows = cases.for_staff(actor, kind=KIND).filter(number__in=numbers[:PAGE])
    found = rows.select_related(JOIN, *_SHOWN, "applicant_guest", "applicant_person").order_by("received_at")
    return [ticket for case in found if (ticket := ticket_of(case))]


def saved_filters(actor: Actor) -> list[SavedFilter]:
    """The lists this person has kept."""
    return list(SavedFilter.objects.filter(person=actor.person_id))


def choices_for(actor: Actor) -> tuple[list[District], list[Unit]]:
    """By which districts and units this person can narrow a list down."""
    units = city.staffing_today(actor).units.values()
    return city.parts_of_town(), [unit for unit in units if unit.pk in reach_of(actor).units and not unit.closed]


def one_for_staff(actor: Actor, number: str) -> Ticket | None:
    """The report of this number, if this person may read it as staff."""
    spelled = codes.read_number(number)
    return (
        ticket_of(
            cases.one_for_staff(actor, spelled, kind=KIND, join=f"{JOIN} ticket__publication ticket__translation")
        )
        if spelled
        else None
    )


def replies_for(moves: list[str]) -> list[ReplyTemplate]:
    """The city's standard answers for these moves, and those for every message."""
    return [row for row in words().replies if row.move in {"", *moves}]


def original_of(number: str) -> Ticket | None:
    """The report that another one repeats."""
    spelled = codes.read_number(number)
    return Ticket.objects.select_related("case").filter(case__number=spelled).first() if spelled else None


def other_categories(ticket: Ticket) -> list[Category]:
    """What the report could also be about."""
    return [row for row in words().categories if row.pk != ticket.category_id]


def _conditions(actor: Actor, reach: Reach, now: datetime) -> dict[str, Q]:
    still_open = Q(closed_at=None)
    tasks = CaseTask.objects.filter(unit__in=reach.units, finished_at=None).values("case")
    states = {name: still_open & Q(state__in=codes_) for name, codes_ in STATES.items()}
    return {
        "mine": still_open & _own_work(actor),
        "unit": still_open & Q(unit__in=reach.units),
        "late": still_open & Q(due__lt=now),
        "place": still_open & Q(lon=None) & ~Q(place_label=""),
        **states,
        "asked": still_open & Q(pk__in=tasks),
        "all": Q(),
    }


def _own_work(actor: Actor) -> Q:
    """What this person has, what they have in somebody's place, and what nobody has in the units they look after."""
    person = actor.person_id or 0
    who = city.staffing_today(actor)
    held = Q(assignee__in={person, *who.stood_in_for_by(person)})
    holders = who.people - who.without_stand_in()
    nobody = Q(assignee=None) | ~Q(assignee__in=holders)
    return held | (nobody & Q(unit__in=who.cared_for_by(person)))


def _counts(conditions: dict[str, Q], readable: QuerySet[Case]) -> dict[str, int]:
    wanted = {name: Count("pk", filter=q) for name, q in conditions.items() if name != "all"}
    return readable.filter(closed_at=None).aggregate(**wanted)


def _narrowed(rows: QuerySet[Case], asked: Asked) -> QuerySet[Case]:
    if asked.category:
        rows = rows.filter(ticket__category__code=asked.category)
    if district := typed_id(asked.district):
        rows = rows.filter(district=district)
    if unit := typed_id(asked.unit):
        rows = rows.filter(unit=unit)
    return _searched(rows, asked.text)


def _searched(rows: QuerySet[Case], text: str) -> QuerySet[Case]:
    text = text.strip()[:100]
    if not text:
        return rows
    if spelled := codes.read_number(text):
        return rows.filter(number=spelled)
    return rows.filter(contains(text, "ticket__text", "place_label", "number"))


_BADGES = {"new": "warning", "waiting": "info", "done": "success", "declined": "", "not_our_duty": "", "duplicate": ""}


def _row(case: Case, now: datetime) -> Row:
    state = shown_state(case)
    ticket = ticket_of(case)
    late = case.due is not None and case.due < now and case.closed_at is None
    return Row(case, ticket, str(state.label), _BADGES.get(state.code, "info"), late)  # type: ignore[arg-type]  # a case of this kind has its report
