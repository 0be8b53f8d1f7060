"""Reading rows at little cost."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from typing import Any, Generic, TypeVar

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Model, QuerySet
from django.db.models.query import get_related_populators

Row = TypeVar("Row", bound=Model)


def sole(rows: QuerySet[Row]) -> Row | None:
    """The one row that can match, by a unique column, or None.

    `first()` would sort by the primary key, and for a wide join Django needs longer to write down an order than to fetch the row.
    """
    return next(iter(rows.order_by()[:1]), None)


class Written(Generic[Row]):
    """A query of fixed form that is written down once and then only filled in.

        BY_SECRET = Written(lambda secret: Case.objects.filter(secret=secret).select_related("unit"), secret=str)
        case = BY_SECRET.sole(secret=secret)

    For a wide join Django takes longer to write the statement than the database to answer it. The answers are those of the query
    itself, asked of the database each time. What changes from call to call are the named values, of the kind given (str, int, float,
    datetime, date; never None): each must reach the statement as it is, which is checked when it is written. No prefetching, no
    deferred filters by lists.
    """

    def __init__(self, build: Callable[..., QuerySet[Row]], **kinds: type) -> None:
        self._build, self._kinds = build, kinds
        self._plans: dict[str, _Plan] = {}

    def __call__(self, **values: Any) -> list[Row]:
        """All rows that match."""
        connection = connections["default"]
        if (plan := self._plans.get(connection.vendor)) is None:
            plan = self._plans[connection.vendor] = _Plan(connection, self._build, self._kinds)
        return plan.rows(connection, values)

    def sole(self, **values: Any) -> Row | None:
        """The first row that matches, or None."""
        return next(iter(self(**values)), None)


class InBulk(Generic[Row]):
    """As `in_bulk`: rows by their numbers, some at a time. The statement is written once for so many and filled up with the last number.

    OFFERS = InBulk(lambda: Offer.objects.select_related("shop"), 20)
    offers = OFFERS([4, 8])
    """

    def __init__(self, rows: Callable[[], QuerySet[Row]], many: int) -> None:
        names, self._many = [f"id_{number}" for number in range(many)], many
        self._rows: Written[Row] = Written(
            lambda **ids: rows().filter(pk__in=list(ids.values())), **dict.fromkeys(names, int)
        )

    def __call__(self, numbers: Iterable[int]) -> dict[int, Row]:
        wanted = list(dict.fromkeys(numbers))
        found: dict[int, Row] = {}
        for start in range(0, len(wanted), self._many):
            part = wanted[start : start + self._many]
            padded = part + part[-1:] * (self._many - len(part))
            found |= {row.pk: row for row in self._rows(**{f"id_{at}": pk for at, pk in enumerate(padded)})}
        return found


class _Plan:
    """The statement, and how its rows become objects; what Django works out anew for each query. All threads of a process share it."""

    def __init__(
        self, connection: BaseDatabaseWrapper, build: Callable[..., QuerySet[Any]], kinds: dict[str, type]
    ) -> None:
        marks = {name: _MARKS[kind](number) for number, (name, kind) in enumerate(kinds.items())}
        query = build(**marks)
        compiler = query.query.get_compiler(connection=connection)
        self.statement, given = compiler.as_sql()
        self.adapt = {name: _adapter(connection, kind) for name, kind in kinds.items()}
        known = {self.adapt[name](mark): name for name, mark in marks.items()}
        self.values = [(known.get(value) if value.__hash__ else None, value) for value in given]
        if missing := set(kinds) - {name for name, _value in self.values}:
            raise ValueError(f"{sorted(missing)} do not stand in the statement as they are: {self.statement}")
        self.read = _reader(query, compiler)

    def rows(self, connection: BaseDatabaseWrapper, values: dict[str, Any]) -> list[Any]:
        ready = {name: self.adapt[name](value) for name, value in values.items()}
        with connection.cursor() as cursor:
            cursor.execute(self.statement, [ready[name] if name else value for name, value in self.values])
            return list(self.read(cursor.fetchall()))


def _reader(query: QuerySet[Any], compiler: Any) -> Callable[[list[Any]], Iterator[Any]]:
    """As `ModelIterable` does it, with everything that does not depend on the rows worked out before."""
    select, klass, annotations = compiler.select, compiler.klass_info, compiler.annotation_col_map
    fields, model = klass["select_fields"], klass["model"]
    start, end = fields[0], fields[-1] + 1
    names = [column[0].target.attname for column in select[start:end]]
    related = get_related_populators(klass, select, query.db)  # type: ignore[call-arg]  # the stubs know a later Django
    converters = compiler.get_converters([column[0] for column in select])

    def read(rows: list[Any]) -> Iterator[Any]:
        for row in compiler.apply_converters(rows, converters) if converters else rows:
            found = model.from_db(query.db, names, row[start:end])
            for populator in related:
                populator.populate(row, found)
            for name, column in annotations.items():
                setattr(found, name, row[column])
            yield found

    return read


_MARKS: dict[type, Callable[[int], Any]] = {
    str: lambda number: f"\x02{number}\x02",
    int: lambda number: 1_999_999_001 + number,
    float: lambda number: 1234567.0625 + number,
    datetime: lambda number: datetime(1901, 1, 1, 0, 0, number, tzinfo=UTC),
    date: lambda number: date(1901, 1, 1 + number),
}
"""Values that no statement holds by itself."""


def _adapter(connection: BaseDatabaseWrapper, kind: type) -> Callable[[Any], Any]:
    """What the database's driver takes for a value of this kind."""
    known: dict[type, Callable[[Any], Any]] = {
        datetime: connection.ops.adapt_datetimefield_value,
        date: connection.ops.adapt_datefield_value,
    }
    return known.get(kind, kind)


def fill(parents: Sequence[Model], name: str, found: Iterable[Model]) -> None:
    """Give each parent its rows of this reverse relation, as if `prefetch_related` had fetched them; in the order given."""
    if not parents:
        return
    field = parents[0]._meta.get_field(name).field  # type: ignore[union-attr]  # a reverse relation
    by_parent: dict[Any, list[Model]] = {parent.pk: [] for parent in parents}
    for row in found:
        by_parent[getattr(row, field.attname)].append(row)
    for parent in parents:
        rows = getattr(parent, name).get_queryset()
        rows._result_cache, rows._prefetch_done = by_parent[parent.pk], True
        for row in rows:
            field.set_cached_value(row, parent)
        parent.__dict__.setdefault("_prefetched_objects_cache", {})[name] = rows
