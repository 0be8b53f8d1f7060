"""Erasing people and guests.

Rows stay as empty shells with their pseudonymous key, because facts and errands point at them; everything that says who it
was is gone. Higher domains react to the facts and erase what they keep. The ledger holds keys only; with it `operate` erases
again what a restored backup brought back.
"""

from datetime import datetime

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db import transaction

from stadtplatz.accounts import facts
from stadtplatz.accounts.models import Erasure, Guest, Invitation, Person, Proof
from stadtplatz.audit.actions import record
from stadtplatz.kit import clock
from stadtplatz.kit.actors import SYSTEM, Actor


@transaction.atomic
def erase_person(person: Person, *, by: Actor = SYSTEM, at: datetime | None = None) -> None:
    """The account is closed for ever: no name, address, password, second factor or session is left; joined guest contacts go too.

    The address may open a new account afterwards. Other domains are told by the fact. Doing it twice changes nothing.
    """
    at = at or clock.now()
    for guest in person.guests.all():
        erase_guest(guest, by=by, at=at)
    for session in UserSession.objects.filter(user=person):
        session.end()
    EmailAddress.objects.filter(user=person).delete()
    Authenticator.objects.filter(user=person).delete()
    Invitation.objects.filter(accepted_by=person).update(email="", note="")
    Invitation.objects.filter(email=person.email).update(email="", note="")
    person.email, person.name, person.is_active, person.is_operator = _nowhere(person.key), "", False, False
    person.set_unusable_password()
    person.save()
    if _write_down(person.key, at):
        record(facts.PERSON_ERASED, subject=person, by=by, at=at, key=person.key)


@transaction.atomic
def erase_guest(guest: Guest, *, by: Actor = SYSTEM, at: datetime | None = None) -> None:
    """The guest contact is empty; its errands go on without anybody to tell. Doing it twice changes nothing."""
    at = at or clock.now()
    Proof.objects.filter(guest=guest).delete()
    guest.name = guest.email = guest.phone = ""
    guest.person, guest.proved_at = None, None
    guest.save()
    if _write_down(guest.key, at):
        record(facts.GUEST_ERASED, subject=guest, by=by, at=at, key=guest.key)


def _write_down(key: str, at: datetime) -> bool:
    return Erasure.objects.get_or_create(key=key, defaults={"at": at})[1]


def _nowhere(key: str) -> str:
    """An address that cannot receive mail and keeps the column unique."""
    return f"{key.replace(':', '-')}@erased.invalid"
