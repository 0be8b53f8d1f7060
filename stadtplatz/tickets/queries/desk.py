"""The lists of the desk. Every open report stands in at least one of them: in that of its unit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.core.paginator import Page, Paginator
from django.db.models import Count, F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from stadtplatz.cases import queries as cases
from stadtplatz.cases.models import Case
from stadtplatz.cases.rules import Reach, reach_of
from stadtplatz.kit import clock, codes
from stadtplatz.kit.actors import Actor
from stadtplatz.tickets.models import Category, ReplyTemplate, Ticket
from stadtplatz.tickets.queries.finding import JOIN, KIND, shown_state, ticket_of

LISTS = {
    "mine": _("Mine"),
    "unit": _("My unit"),
    "new": _("Not yet accepted"),
    "late": _("Late"),
    "waiting": _("Waiting"),
    "place": _("Place missing"),
    "all": _("All reports"),
}
SORTS = {
    "due": _("By deadline"),
    "newest": _("Newest first"),
    "oldest": _("Oldest first"),
    "changed": _("Last changed"),
    "category": _("By category"),
}
_ORDERS = {
    "due": (F("closed_at").asc(nulls_first=True), F("due").asc(nulls_last=True), "received_at"),
    "newest": ("-received_at",),
    "oldest": ("received_at",),
    "changed": ("-changed_at",),
    "category": ("ticket__category__order", "received_at"),
}
PAGE = 50
_SHOWN = ("unit", "function", "assignee", "deputy_for", "district")


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
    """One page of one list, with the counts of all lists. `rows` belong to `page`."""

    page: Page
    rows: list[Row]
    counts: dict[str, int]


def desk_list(
    actor: Actor, *, name: str = "unit", text: str = "", sort: str = "due", category: str = "", number: int | str = 1
) -> DeskList:
    """The asked page of the list, among what this person may read. `text` is a number or words of report and place."""
    now, reach = clock.now(), reach_of(actor)
    readable = cases.for_staff(actor, kind=KIND, reach=reach)
    chosen = readable.filter(_conditions(actor, reach, now).get(name, Q()))
    chosen = _searched(chosen, text)
    if category:
        chosen = chosen.filter(ticket__category__code=category)
    ordered = chosen.order_by(*_ORDERS.get(sort, _ORDERS["due"]), "pk")
    page = Paginator(ordered.select_related(JOIN, *_SHOWN).defer("district__geometry"), PAGE).get_page(number)
    return DeskList(page, [_row(case, now) for case in page.object_list], _counts(actor, reach, now, readable))


def desk_counts(actor: Actor) -> dict[str, int]:
    """How many reports stand in each list of this person."""
    reach = reach_of(actor)
    return _counts(actor, reach, clock.now(), cases.for_staff(actor, kind=KIND, reach=reach))


def one_for_staff(actor: Actor, number: str) -> Ticket | None:
    """The report of this number, if this person may read it as staff."""
    spelled = codes.read_number(number)
    return (
        ticket_of(cases.one_for_staff(actor, spelled, kind=KIND, join=f"{JOIN} ticket__publication"))
        if spelled
        else None
    )


def replies_for(moves: list[str]) -> list[ReplyTemplate]:
    """The city's standard answers for these moves, and those for every message."""
    return list(ReplyTemplate.objects.filter(active=True, move__in=["", *moves]))


def original_of(number: str) -> Ticket | None:
    """The report that another one repeats."""
    spelled = codes.read_number(number)
    return Ticket.objects.select_related("case").filter(case__number=spelled).first() if spelled else None


def other_categories(ticket: Ticket) -> list[Category]:
    """What the report could also be about."""
    return list(Category.objects.filter(active=True).exclude(pk=ticket.category_id))


def _conditions(actor: Actor, reach: Reach, now: datetime) -> dict[str, Q]:
    still_open = Q(closed_at=None)
    return {
        "mine": still_open & Q(assignee=actor.person_id),
        "unit": still_open & Q(unit__in=reach.units),
        "new": still_open & Q(state="new"),
        "late": still_open & Q(due__lt=now),
        "waiting": Q(state="waiting"),
        "place": still_open & Q(lon=None) & ~Q(place_label=""),
        "all": Q(),
    }


def _counts(actor: Actor, reach: Reach, now: datetime, readable: QuerySet[Case]) -> dict[str, int]:
    conditions = _conditions(actor, reach, now)
    return readable.aggregate(**{name: Count("pk", filter=q) if q else Count("pk") for name, q in conditions.items()})


def _searched(rows: QuerySet[Case], text: str) -> QuerySet[Case]:
    text = text.strip()[:100]
    if not text:
        return rows
    if spelled := codes.read_number(text):
        return rows.filter(number=spelled)
    for word in text.split()[:5]:
        rows = rows.filter(Q(ticket__text__icontains=word) | Q(place_label__icontains=word) | Q(number__icontains=word))
    return rows


_BADGES = {"new": "warning", "waiting": "info", "done": "success", "declined": "", "not_our_duty": "", "duplicate": ""}


def _row(case: Case, now: datetime) -> Row:
    state = shown_state(case)
    ticket = ticket_of(case)
    late = case.due is not None and case.due < now and case.closed_at is None
    return Row(case, ticket, str(state.label), _BADGES.get(state.code, "info"), late)  # type: ignore[arg-type]  # a case of this kind has its report
