"""The numbers of days that the town can edit."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from stadtplatz.audit.actions import record
from stadtplatz.kit.actors import Actor
from stadtplatz.kit.refusals import ActionRefused
from stadtplatz.shops import facts
from stadtplatz.shops.actions.permission import must_operate
from stadtplatz.shops.models import NoticePeriod

LONGEST = 365


@transaction.atomic
def edit_period(*, period: NoticePeriod, days: int, source: str, by: Actor, at: datetime | None = None) -> NoticePeriod:
    """The number holds for what begins from now on. Refused: to all but the operator; less than one day or more than a year; without a source."""
    must_operate(by)
    if not 1 <= days <= LONGEST:
        raise ActionRefused(_("Please give between 1 and 365 days."), code="days")
    if not source.strip():
        raise ActionRefused(_("Please name the law or rule behind it."), code="source")
    row = NoticePeriod.objects.select_for_update().get(pk=period.pk)
    before, row.days, row.source = row.days, days, source.strip()[:300]
    row.save()
    record(facts.PERIOD_EDITED, subject=row, by=by, at=at, period=row.code, before=before, after=days)
    return row
