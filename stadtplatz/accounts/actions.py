"""What people and guests can do: leave a contact, prove an address, invite and be invited."""

import re
import secrets
from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from stadtplatz.accounts import facts, rules
from stadtplatz.accounts.erasing import erase_guest, erase_person
from stadtplatz.accounts.models import Guest, Invitation, Person, Proof
from stadtplatz.accounts.secretcodes import fingerprint, link_token, nonce, same
from stadtplatz.accounts.visitors import actor_for_guest
from stadtplatz.audit.actions import record
from stadtplatz.kit import clock, ratelimit
from stadtplatz.kit.actors import Actor
from stadtplatz.kit.refusals import ActionRefused, NotAllowed

CODE_LIFETIME = timedelta(minutes=20)
CODE_TRIES = 5
INVITATION_LIFETIME = timedelta(days=14)
_CONTROL = re.compile(r"[\x00-\x1f\x7f\u2028\u2029]+")
_LANGUAGES = frozenset(code for code, _name in settings.LANGUAGES)


@transaction.atomic
def leave_contact(*, name: str = "", email: str = "", phone: str = "", language: str = "de") -> Guest:
    """A guest contact for one errand exists afterwards; nobody is told, and the address counts as unproved.

    Everything is optional. Refused if the mail address cannot be one. Line breaks and control signs are removed,
    so that no contact can smuggle a header into a mail.
    """
    return Guest.objects.create(
        name=_one_line(name)[:120],
        email=_address(email) if email.strip() else "",
        phone=_one_line(phone)[:40],
        language=language if language in _LANGUAGES else "de",
    )


@transaction.atomic
def create_person(
    *, email: str, name: str = "", password: str | None = None, language: str = "de", is_operator: bool = False
) -> Person:
    """A person who can sign in at once exists afterwards; the address counts as proved. For the command line, packs and the demo.

    Without a password the person signs in by code. Refused for impossible addresses and for one that has an account.
    """
    address = _address(email)
    if Person.objects.filter(email=address).exists():
        raise ActionRefused(_("There is an account with this address already."), code="taken")
    person = Person.objects.create_user(
        address, password, name=_one_line(name)[:120], language=language, is_operator=is_operator
    )
    EmailAddress.objects.create(user=person, email=address, verified=True, primary=True)
    return person


def set_operator(*, email: str, is_operator: bool) -> bool:
    """The person with this address may run the installation, or no longer; False if nobody has it. For the command line."""
    return bool(Person.objects.filter(email__iexact=email).update(is_operator=is_operator))


@transaction.atomic
def change_profile(person: Person, *, name: str, language: str, by: Actor, at: datetime | None = None) -> Person:
    """The person's name and language are these. Nobody is told. Refused to everybody but the person."""
    if by.person_id != person.pk:
        raise NotAllowed(_("Only you can change your profile."))
    if language not in _LANGUAGES:
        raise ActionRefused(_("This language is not offered."))
    wanted = {"name": _one_line(name)[:120], "language": language}
    fields = [field for field, new in wanted.items() if getattr(person, field) != new]
    for field in fields:
        setattr(person, field, wanted[field])
    if fields:
        person.save(update_fields=fields)
        record(facts.PROFILE_CHANGED, subject=person, by=by, at=at, fields=fields)
    return person


def send_code(guest: Guest, *, purpose: str, at: datetime | None = None) -> Proof:
    """A code of six digits is on its way to the guest's mail address (notifications reacts), valid for 20 minutes and five tries.

    Earlier codes for the same purpose no longer count. Refused without a mail address, and when more than five codes
    an hour are asked for this address. Call it outside a transaction, so that the limit counts in any case.
    """
    if not guest.email:
        raise ActionRefused(_("No email address was left, so no code can be sent."), code="no-address")
    ratelimit.count("accounts.code", guest.email, limit=5, per=timedelta(hours=1))
    at = at or clock.now()
    with transaction.atomic():
        Proof.objects.filter(guest=guest, purpose=purpose, used_at=None).delete()
        proof = Proof.objects.create(guest=guest, purpose=purpose, created_at=at, expires_at=at + CODE_LIFETIME)
        record(facts.CODE_REQUESTED, subject=guest, by=actor_for_guest(guest), at=at, proof=proof.pk)
    return proof


def check_code(guest: Guest, *, purpose: str, code: str, at: datetime | None = None) -> Guest:
    """The guest's address is proved afterwards and the code is used up.

    Refused alike for a wrong, used, expired or never sent code, and after five tries; each try counts, even a refused one.
    """
    at = at or clock.now()
    proof = Proof.objects.filter(guest=guest, purpose=purpose, used_at=None).order_by("-id").first()
    counted = proof and Proof.objects.filter(pk=proof.pk, tries__lt=CODE_TRIES, used_at=None).update(
        tries=F("tries") + 1
    )
    typed = re.sub(r"\D", "", code)
    if not proof or not counted or proof.expires_at <= at or not same(typed, proof.code):
        raise ActionRefused(
            _("This code is not right or no longer valid. Please check it or ask for a new one."), code="wrong-code"
        )
    return _prove(guest, proof, at)


@transaction.atomic
def _prove(guest: Guest, proof: Proof, at: datetime) -> Guest:
    if not Proof.objects.filter(pk=proof.pk, used_at=None).update(used_at=at):
        raise ActionRefused(_("This code was used already."), code="wrong-code")
    guest.proved_at = at
    guest.save(update_fields=["proved_at"])
    record(facts.ADDRESS_PROVED, subject=guest, by=actor_for_guest(guest), at=at, purpose=proof.purpose)
    return guest


@transaction.atomic
def join_guests(person: Person, *, at: datetime | None = None) -> int:
    """All guest contacts with one of the person's verified addresses belong to the person; returns how many were added.

    Nothing happens without a verified address. Contacts that belong to somebody else already stay there.
    """
    addresses = rules.verified_addresses(person)
    waiting = Guest.objects.filter(person=None, email__in=addresses)
    joined = waiting.update(person=person, proved_at=at or clock.now()) if addresses else 0
    if joined:
        record(facts.GUESTS_JOINED, subject=person, by=_as_actor(person), at=at, guests=joined)
    return joined


@transaction.atomic
def invite(
    *,
    email: str,
    purpose: str,
    payload: dict | None = None,
    by: Actor,
    note: str = "",
    language: str = "de",
    at: datetime | None = None,
) -> Invitation:
    """An invitation is on its way to the address (notifications reacts): a link for 14 days, to be accepted once.

    The domain that understands `purpose` decides who may invite, before it calls. `payload` holds ids and codes only
    (ValueError otherwise); `note` says in words what the invitation is to. Refused for impossible addresses.
    An open invitation with the same address, purpose and payload is replaced.
    """
    if not all(isinstance(value, (str, int, bool)) or value is None for value in (payload or {}).values()):
        raise ValueError("The payload of an invitation holds ids and codes only.")
    at, secret = at or clock.now(), nonce()
    address = _address(email)
    for old in Invitation.objects.filter(email=address, purpose=purpose, accepted_at=None, withdrawn_at=None):
        if old.payload == (payload or {}):
            Invitation.objects.filter(pk=old.pk).update(withdrawn_at=at)
    row = Invitation.objects.create(
        key=f"i:{secrets.token_hex(8)}",
        email=address,
        purpose=purpose,
        payload=payload or {},
        note=_one_line(note)[:200],
        language=language if language in _LANGUAGES else "de",
        nonce=secret,
        token_hash=fingerprint(link_token(secret)),
        invited_by=by.key,
        created_at=at,
        expires_at=at + INVITATION_LIFETIME,
    )
    record(facts.INVITED, subject=row, by=by, at=at, invitation=row.key, purpose=purpose)
    return row


@transaction.atomic
def withdraw_invitation(invitation: Invitation, *, by: Actor, at: datetime | None = None) -> None:
    """The link no longer works. Nobody is told. Refused once the invitation was accepted."""
    at = at or clock.now()
    if not Invitation.objects.filter(pk=invitation.pk, accepted_at=None, withdrawn_at=None).update(withdrawn_at=at):
        raise ActionRefused(_("This invitation was accepted or withdrawn already."))
    record(
        facts.INVITATION_WITHDRAWN,
        subject=invitation,
        by=by,
        at=at,
        invitation=invitation.key,
        purpose=invitation.purpose,
    )


@transaction.atomic
def accept_invitation(invitation: Invitation, *, by: Actor, at: datetime | None = None) -> Invitation:
    """The invitation is accepted by this person; city or shops react to the fact and give the membership.

    Refused to anybody but the person who has proved the invited mail address, and when it was accepted, withdrawn or has expired.
    """
    at = at or clock.now()
    if not rules.may_accept(by, invitation):
        raise NotAllowed(_("This invitation was sent to another email address."))
    taken = Invitation.objects.filter(pk=invitation.pk, accepted_at=None, withdrawn_at=None, expires_at__gt=at).update(
        accepted_at=at, accepted_by_id=by.person_id
    )
    if not taken:
        raise ActionRefused(_("This invitation is no longer valid. Please ask for a new one."), code="expired")
    invitation.refresh_from_db()
    record(
        facts.INVITATION_ACCEPTED,
        subject=invitation,
        by=by,
        at=at,
        invitation=invitation.key,
        purpose=invitation.purpose,
        person=by.key,
    )
    return invitation


def _as_actor(person: Person) -> Actor:
    return Actor("person", person.key, person_id=person.pk)


def _address(email: str) -> str:
    address = email.strip().lower()
    try:
        validate_email(address)
    except ValidationError:
        raise ActionRefused(_("This does not look like an email address."), code="bad-address") from None
    if len(address) > 254 or _CONTROL.search(address):
        raise ActionRefused(_("This does not look like an email address."), code="bad-address")
    return address


def _one_line(text: str) -> str:
    return " ".join(_CONTROL.sub(" ", text).split())


__all__ = [
    "accept_invitation",
    "change_profile",
    "check_code",
    "create_person",
    "erase_guest",
    "erase_person",
    "invite",
    "join_guests",
    "leave_contact",
    "send_code",
    "withdraw_invitation",
]
