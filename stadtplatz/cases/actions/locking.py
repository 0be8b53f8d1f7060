"""Taking hold of a case before it changes."""

from datetime import datetime

from django.utils.translation import gettext as _

from stadtplatz.cases.flow import flow_of
from stadtplatz.cases.models import Case
from stadtplatz.kit.refusals import Stale


def lock(case: Case, *, expected_state: str | None = None, expected_version: int | None = None) -> Case:
    """The case as it is now, locked until the transaction ends.

    Refused with Stale when it is no longer in the state or version somebody started from; `current` is the case as it is now.
    """
    rows = Case.objects.select_for_update(of=("self",)).select_related("unit", "applicant_guest")
    now = rows.get(pk=case.pk)
    if (expected_state is not None and now.state != expected_state) or expected_version not in (None, now.version):
        raise Stale(
            _("Somebody else changed this in the meantime. It now says: {state}.").format(
                state=flow_of(now).state(now.state).label
            ),
            current=now,
        )
    return now


def save_changed(case: Case, at: datetime, *fields: str) -> None:
    """Save these fields, with one version more and the time of the change."""
    case.version += 1
    case.changed_at = at
    case.save(update_fields=[*fields, "version", "changed_at"])
