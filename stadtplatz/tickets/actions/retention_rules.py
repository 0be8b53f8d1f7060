"""How long reports of a category are kept, as the operator sets it at the desk."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from stadtplatz.audit.actions import record
from stadtplatz.kit.actors import Actor
from stadtplatz.kit.refusals import ActionRefused, NotAllowed, Stale
from stadtplatz.tickets import facts, rules
from stadtplatz.tickets.models import Category

LONGEST_DAYS = 3650


def stamp(category: Category) -> str:
    """The rule as it stands, for noticing that somebody else changed it."""
    return "/".join(str(days) for days in (category.photo_days, category.retention_days, category.delete_days))


@transaction.atomic
def set_retention(
    category: Category,
    *,
    photo_days: int | None,
    retention_days: int,
    delete_days: int | None,
    source: str,
    stamp_seen: str,
    by: Actor,
) -> Category:
    """From now on closed reports of this category are forgotten by this rule, those already closed too; the pack no longer changes the category.

    `source` says what the rule rests on. Recorded with the days. Refused to everybody but the operator, without a source, for
    days outside 1 to 3650 or in an order that makes no sense (photos, then the reporter, then the report), and as Stale.
    """
    if not rules.may_keep_retention(by):
        raise NotAllowed(_("Only the operator may do this."))
    row = Category.objects.select_for_update().get(pk=category.pk)
    if stamp_seen != stamp(row):
        raise Stale(_("Somebody else changed this in the meantime."), current=row)
    if not source.strip():
        raise ActionRefused(_("Please say what this rule rests on, for example a law or a decision."), code="no-source")
    steps = [days for days in (photo_days, retention_days, delete_days) if days is not None]
    if not all(1 <= days <= LONGEST_DAYS for days in steps) or steps != sorted(steps):
        raise ActionRefused(
            _(
                "Photos go first, then the reporter's data, then the report: please give days from 1 to 3650 in this order."
            ),
            code="order",
        )
    row.photo_days, row.retention_days, row.delete_days = photo_days, retention_days, delete_days
    row.retention_source = source.strip()[:300]
    row.save(update_fields=["photo_days", "retention_days", "delete_days", "retention_source"])
    record(
        facts.RETENTION_SET,
        subject=row,
        by=by,
        category=row.code,
        photos=photo_days,
        reporter=retention_days,
        report=delete_days,
    )
    return row
