"""Reading the questions whether more than the bound may be charged."""

from datetime import datetime

from stadtplatz.orders.models import Order, OrderLine, OrderPart, WeightQuestion


def weight_question(order: Order, pk: int) -> WeightQuestion | None:
    """This question, if it is about this order."""
    return WeightQuestion.objects.select_related("line").filter(pk=pk, line__part__order=order).first()


def open_weights(order: Order, *, at: datetime) -> list[WeightQuestion]:
    """What the buyer can still answer; asks the database only for orders of which something was weighed."""
    if not any(line.partly_free for part in order.parts.all() for line in part.lines.all()):
        return []
    rows = WeightQuestion.objects.select_related("line__part")
    return list(rows.filter(line__part__order=order, answer=WeightQuestion.OPEN, until__gt=at))


def weights_of(part: OrderPart) -> list[tuple[OrderLine, WeightQuestion | None]]:
    """The lines of which more was weighed than may be charged, each with the question about this weight, for the shop."""
    asked = {row.line_id: row for row in _asked_about(part)}
    lines = [line for line in part.lines.all() if line.partly_free or line.agreed_at]
    return [(line, asked.get(line.pk)) for line in lines]


def _asked_about(part: OrderPart) -> list[WeightQuestion]:
    weighed = {line.pk: line.weighed for line in part.lines.all() if line.partly_free or line.agreed_at}
    if not weighed:
        return []
    rows = WeightQuestion.objects.filter(line__in=weighed).exclude(answer=WeightQuestion.DROPPED)
    return [row for row in rows if row.grams == weighed[row.line_id]]
