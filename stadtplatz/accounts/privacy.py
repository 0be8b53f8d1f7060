"""What accounts keep about a person or guest, and what is left after an erasure."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from stadtplatz.accounts.actions import erase_guest, erase_person
from stadtplatz.accounts.models import Guest, Person
from stadtplatz.kit.actors import Actor


def export(subject: Person | Guest) -> dict[str, Any]:
    """Contact data; for people also addresses, devices and whether there is a second factor."""
    common = {"key": subject.key, "name": subject.name, "email": subject.email, "language": subject.language}
    if isinstance(subject, Guest):
        return common | {"phone": subject.phone, "left_at": subject.created_at.isoformat()}
    addresses = EmailAddress.objects.filter(user=subject).values("email", "verified")
    devices = UserSession.objects.filter(user=subject).values_list("created_at", "ip", "user_agent")
    return common | {
        "joined_at": subject.joined_at.isoformat(),
        "addresses": list(addresses),
        "second_factor": Authenticator.objects.filter(user=subject, type=Authenticator.Type.TOTP).exists(),
        "devices": [{"since": at.isoformat(), "ip": ip, "browser": agent} for at, ip, agent in devices],
        "guest_contacts": [export(guest) for guest in subject.guests.all()],
    }


def erase(subject: Person | Guest, *, by: Actor) -> list[str | Promise]:
    """Erase the contact; a random key stays, so that errands and the audit trail stay whole."""
    if isinstance(subject, Guest):
        erase_guest(subject, by=by)
    else:
        erase_person(subject, by=by)
    return [_("A random key without name stays in the history of errands (Art. 17 (3) b GDPR).")]
