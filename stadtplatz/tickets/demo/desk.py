"""What the invented staff have on their desks: tasks for others, links, a kept list, and passing on that proposes a rule."""

from __future__ import annotations

from datetime import datetime, timedelta

from stadtplatz.accounts import actions as accounts
from stadtplatz.accounts.models import Person
from stadtplatz.accounts.visitors import actor_for
from stadtplatz.cases import actions as cases
from stadtplatz.city.models import Unit
from stadtplatz.kit.workdays import end_of_day
from stadtplatz.tickets import actions
from stadtplatz.tickets.demo.building import worker_of
from stadtplatz.tickets.models import SavedFilter, Ticket

ASKED_UNIT = "Gehört der Baum noch zur Grünanlage oder schon zum Friedhof?"
ASKED_FIRM = (
    "Können Sie die Leitung an dieser Stelle bis Ende der Woche prüfen? Bitte schreiben Sie kurz, ob wir graben dürfen."
)


def build(now: datetime) -> None:
    """A unit and a company outside were asked, two reports are linked, and two heads keep a list. Nothing happens the second time."""
    if SavedFilter.objects.exists():
        return
    still_open = Ticket.objects.filter(case__closed_at=None, case__state__in=["accepted", "in_progress"])
    rows = list(
        still_open.select_related("case__unit", "case__assignee", "category").order_by("-case__received_at")[:6]
    )
    others = Unit.objects.filter(closed=False, memberships__isnull=False).distinct()
    if len(rows) >= 4:
        until = end_of_day((now + timedelta(days=4)).date())
        by = worker_of(rows[0])
        unit = others.exclude(pk=rows[0].case.unit_id).first()
        cases.add_task(rows[0].case, kind="consult", question=ASKED_UNIT, unit=unit, deadline=until, by=by, at=now)
        firm = accounts.leave_contact(email="leitungsbau@example.org", name="Leitungsbau Muster GmbH (erfunden)")
        by = worker_of(rows[1])
        cases.add_task(
            rows[1].case,
            kind="inspection",
            question=ASKED_FIRM,
            by=by,
            at=now,
            outsider=firm,
            shared=True,
            deadline=until,
        )
    _keep_lists()


def _keep_lists() -> None:
    heads = Person.objects.filter(unit_memberships__role="lead", unit_memberships__ended=False).distinct()
    for person in heads.order_by("pk")[:2]:
        actions.keep_filter(by=actor_for(person), name="Spät und bei uns", query="liste=late&sort=oldest")
