"""What the organisation does after something happened elsewhere."""

from stadtplatz.accounts.queries import invitation as invitation_of
from stadtplatz.accounts.queries import person_of
from stadtplatz.audit.models import Record
from stadtplatz.audit.reactions import reacts_to
from stadtplatz.city.actions.people import PURPOSE, join_unit
from stadtplatz.city.models import Function, Unit
from stadtplatz.kit.actors import SYSTEM


@reacts_to("accounts.invitation_accepted")
def welcome_to_unit(record: Record) -> None:
    """Whoever accepted an invitation to a unit belongs to it. Units that were closed meanwhile take nobody in."""
    invitation = invitation_of(record.keys.get("invitation", ""))
    person = person_of(record.keys.get("person", ""))
    if invitation is None or person is None or invitation.purpose != PURPOSE:
        return
    unit = Unit.objects.filter(slug=invitation.payload["unit"], closed=False).first()
    if unit is None:
        return
    function = Function.objects.filter(unit=unit, slug=invitation.payload.get("function", "")).first()
    join_unit(person=person, unit=unit, role=invitation.payload["role"], function=function, by=SYSTEM)
