"""What customers and the shop ask, and how far it is."""

from stadtplatz.accounts import queries as accounts
from stadtplatz.kit import clock
from stadtplatz.shops.models import CareTask, Enquiry, Shop


def enquiries(shop: Shop, most: int = 100) -> list[Enquiry]:
    """Questions to the shop, unanswered ones first, then the newest."""
    rows = Enquiry.objects.select_related("contact").filter(shop=shop).order_by("-pk")[:most]
    return sorted(rows, key=lambda row: row.answered_at is not None)


def unanswered(shop: Shop) -> int:
    """How many questions wait for the shop."""
    return Enquiry.objects.filter(shop=shop, answered_at=None).count()


def care_of(shop: Shop) -> list[CareTask]:
    """What the shop asked the market desk for, open things first."""
    rows = CareTask.objects.filter(shop=shop).order_by("-pk")[:30]
    return sorted(rows, key=lambda row: row.done_at is not None)


def care_tasks() -> list[tuple[CareTask, str, bool]]:
    """Open tasks of the market desk by their day: the task, who has taken it, whether it is late."""
    now, rows = clock.now(), list(CareTask.objects.select_related("shop").filter(done_at=None).order_by("due_at"))
    names = accounts.names_for_staff(row.taken_by for row in rows if row.taken_by)
    return [(row, names.get(row.taken_by, ""), row.due_at < now) for row in rows]


def care_done(most: int = 20) -> list[CareTask]:
    """What the market desk did lately."""
    return list(CareTask.objects.select_related("shop").exclude(done_at=None).order_by("-done_at")[:most])
