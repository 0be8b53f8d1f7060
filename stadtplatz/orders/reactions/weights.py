"""Whom the question about a higher weight reaches."""

from stadtplatz.audit.models import Record
from stadtplatz.audit.reactions import reacts_to
from stadtplatz.orders.models import OrderPart, WeightQuestion
from stadtplatz.orders.reactions.orders import tell_of_part, tell_shop


@reacts_to("orders.weight_asked")
def ask_buyer(record: Record) -> None:
    """The buyer reads weight, price and until when to answer, unless it was answered or dropped meanwhile."""
    if (question := _question(record)).answer == WeightQuestion.OPEN:
        tell_of_part(record, "orders/mail/weight_question", question=question)


@reacts_to("orders.weight_agreed", "orders.weight_not_agreed", "orders.weight_late")
def tell_answer(record: Record) -> None:
    """Owner and staff read what may be charged."""
    part = OrderPart.objects.select_related("order__guest", "shop").get(pk=record.keys["part"])
    tell_shop(part, "orders/mail/shop_weight_answer", record, question=_question(record))


def _question(record: Record) -> WeightQuestion:
    return WeightQuestion.objects.select_related("line").get(pk=record.keys["question"])
