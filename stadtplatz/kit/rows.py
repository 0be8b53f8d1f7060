"""Reading single rows at little cost."""

from typing import TypeVar

from django.db.models import Model, QuerySet

Row = TypeVar("Row", bound=Model)


def sole(rows: QuerySet[Row]) -> Row | None:
    """The one row that can match, by a unique column, or None.

    `first()` would sort by the primary key, and for a wide join Django needs longer to write down an order than to fetch the row.
    """
    return next(iter(rows.order_by()[:1]), None)
