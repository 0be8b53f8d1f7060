"""Public reports in the overall search: only what was released, under the words everybody may read."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import translation

from stadtplatz.search import actions as search
from stadtplatz.search.actions import Pushed
from stadtplatz.search.models import Document
from stadtplatz.tickets.models import Ticket
from stadtplatz.tickets.queries.publication import visible

KIND = "report"
OPEN, CLOSED = 0.6, 0.4
"""Reports count less than shops and offers, closed ones least."""
BATCH = 200


@transaction.atomic
def index(ticket: Ticket) -> None:
    """The search finds the report under its released words, or not at all if it is not public now. Repeating it changes nothing."""
    Ticket.objects.select_for_update(of=("self",)).filter(pk=ticket.pk).first()
    if row := _rows().filter(pk=ticket.pk).first():
        search.push_many([_document(row)])
    else:
        forget(ticket)


def forget(ticket: Ticket) -> None:
    """The search does not find the report any more; its words are gone from the index at once."""
    search.withdraw(kind=KIND, key=ticket.case.number)


def index_all() -> int:
    """The search finds exactly the reports that are public now, with the words of their release; returns how many.

    For the command and after a change of categories. Reports without a word of their own (taken over from elsewhere) are left out.
    """
    known = set(Document.objects.filter(kind=KIND, withdrawn=False).values_list("key", flat=True))
    count, last = 0, 0
    while ids := list(visible().filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:BATCH]):
        last = ids[-1]
        count += _push(ids, known)
    search.withdraw_all(kind=KIND, keys=known)
    return count


@transaction.atomic
def _push(ids: list[int], known: set[str]) -> int:
    list(Ticket.objects.select_for_update(of=("self",)).filter(pk__in=ids).order_by("pk").values_list("pk"))
    documents = [_document(row) for row in _rows().filter(pk__in=ids)]
    known.difference_update(document["key"] for document in documents)
    return search.push_many(documents)


def _rows() -> QuerySet[Ticket]:
    rows = visible().exclude(publication__text="")
    return rows.select_related("publication", "category", "case__district").defer("case__district__geometry")


def _document(ticket: Ticket) -> Pushed:
    case, publication = ticket.case, ticket.publication
    with translation.override("de"):
        return Pushed(
            kind=KIND,
            key=case.number,
            title=publication.title,
            body="\n".join(filter(None, [publication.text, publication.answer])),
            keywords=" ".join(_keywords(ticket)),
            url=reverse("tickets-public", args=[case.number]),
            lon=case.lon,
            lat=case.lat,
            weight=OPEN if case.closed_at is None else CLOSED,
            fresh_at=publication.released_at,
        )


def _keywords(ticket: Ticket) -> Iterator[str]:
    yield ticket.category.names.get("de", "")
    yield ticket.case.place_label
    if ticket.case.district:
        yield ticket.case.district.name
