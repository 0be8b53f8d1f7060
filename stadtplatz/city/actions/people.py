"""People in units: who is invited, what they do, when they are away."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from stadtplatz.accounts import actions as accounts
from stadtplatz.accounts.models import Invitation, Person
from stadtplatz.audit.actions import record
from stadtplatz.city import facts, rules
from stadtplatz.city.actions.locking import locked, take_over
from stadtplatz.city.actions.units import insist
from stadtplatz.city.models import Absence, Function, Membership, Unit
from stadtplatz.kit import clock
from stadtplatz.kit.actors import Actor
from stadtplatz.kit.refusals import ActionRefused, NotAllowed

PURPOSE = "city.unit"


@transaction.atomic
def invite_member(*, unit: Unit, by: Actor, email: str, role: str, function: Function | None = None) -> Invitation:
    """An invitation is on its way; whoever accepts it is in the unit. Whether the address has an account is not told."""
    insist(by, unit)
    _fits(unit, function)
    payload = {"unit": unit.slug, "role": role, "function": function.slug if function else ""}
    invitation = accounts.invite(email=email, purpose=PURPOSE, payload=payload, by=by, note=str(unit))
    record(facts.MEMBER_INVITED, subject=unit, by=by, unit=unit.slug, invitation=invitation.key)
    return invitation


@transaction.atomic
def join_unit(*, person: Person, unit: Unit, role: str, function: Function | None, by: Actor) -> Membership:
    """The person belongs to the unit in this role. Called after an invitation was accepted; a second time changes nothing."""
    row = Membership.objects.select_for_update().filter(person=person, unit=unit).first()
    if row is None:
        row = Membership.objects.create(person=person, unit=unit, role=role, function=function)
    elif not take_over(row, {"role": role, "function": function, "ended": False}):
        return row
    row.save()
    record(facts.MEMBER_JOINED, subject=unit, by=by, unit=unit.slug, person=person.key, role=role)
    return row


@transaction.atomic
def change_member(
    *,
    membership: Membership,
    by: Actor,
    version: int,
    role: str,
    function: Function | None,
    deputy: Person | None,
    named: bool | None = None,
) -> Membership:
    """The person has this role, function and standing deputy; with `named` citizens read their name, too. Refused for a deputy who is the person, or a foreign function."""
    insist(by, membership.unit)
    row = locked(membership, version)
    _fits(row.unit, function)
    _not_oneself(row.person, deputy)
    if take_over(
        row, {"role": role, "function": function, "deputy": deputy, "named": row.named if named is None else named}
    ):
        row.save()
        record(facts.MEMBER_CHANGED, subject=row.unit, by=by, unit=row.unit.slug, person=row.person.key, role=role)
    return row


@transaction.atomic
def end_membership(*, membership: Membership, by: Actor, version: int) -> Membership:
    """The person is no longer in the unit; their open errands stay with the unit. The account stays as it is."""
    insist(by, membership.unit)
    row = locked(membership, version)
    if take_over(row, {"ended": True}):
        row.save()
        record(facts.MEMBER_LEFT, subject=row.unit, by=by, unit=row.unit.slug, person=row.person.key)
    return row


@transaction.atomic
def note_absence(
    *, person: Person, unit: Unit, by: Actor, starts_on: date, ends_on: date, deputy: Person | None = None
) -> Absence:
    """From the first to the last day the deputy is asked instead. The person, the heads and administrators of the unit may.

    Refused for days that lie in the past, in the wrong order, or within another absence of the person.
    """
    if not rules.may_note_absence(by, person, unit):
        raise NotAllowed(_("Only the person, the head or the administrator of the unit may note an absence."))
    if ends_on < starts_on:
        raise ActionRefused(_("The last day lies before the first day."), code="order")
    if ends_on < clock.today():
        raise ActionRefused(_("These days are over already."), code="past")
    _not_oneself(person, deputy)
    Person.objects.select_for_update().get(pk=person.pk)
    if Absence.objects.filter(person=person, cancelled=False, starts_on__lte=ends_on, ends_on__gte=starts_on).exists():
        raise ActionRefused(_("There is an absence on some of these days already."), code="overlap")
    row = Absence.objects.create(person=person, starts_on=starts_on, ends_on=ends_on, deputy=deputy)
    record(facts.ABSENCE_NOTED, subject=unit, by=by, unit=unit.slug, person=person.key, absence=row.pk)
    return row


@transaction.atomic
def cancel_absence(*, absence: Absence, unit: Unit, by: Actor, version: int) -> Absence:
    """The absence no longer counts. The same people may who may note it."""
    if not rules.may_note_absence(by, absence.person, unit):
        raise NotAllowed(_("Only the person, the head or the administrator of the unit may cancel an absence."))
    row = locked(absence, version)
    if take_over(row, {"cancelled": True}):
        row.save()
        record(facts.ABSENCE_CANCELLED, subject=unit, by=by, unit=unit.slug, person=row.person.key, absence=row.pk)
    return row


def _fits(unit: Unit, function: Function | None) -> None:
    if function and function.unit_id != unit.pk:
        raise ActionRefused(_("This function belongs to another unit."), code="foreign-function")


def _not_oneself(person: Person, deputy: Person | None) -> None:
    if deputy == person:
        raise ActionRefused(_("Nobody can be their own deputy."), code="own-deputy")
