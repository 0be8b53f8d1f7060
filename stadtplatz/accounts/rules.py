"""Who may do what with accounts. Membership in units and shops is known higher up and registered here."""

from collections.abc import Callable

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.conf import settings

from stadtplatz.accounts.models import Invitation, Person
from stadtplatz.kit.actors import Actor

_STAFF_RULES: list[Callable[[Actor], bool]] = []


def staff_rule(rule: Callable[[Actor], bool]) -> Callable[[Actor], bool]:
    """Register a rule of a higher domain that says whether an actor is staff (city: member of a unit). Usable as a decorator."""
    if rule not in _STAFF_RULES:
        _STAFF_RULES.append(rule)
    return rule


def is_staff(actor: Actor) -> bool:
    """Whether any registered rule calls this person staff, or the person runs the installation."""
    if not actor.is_person:
        return False
    return is_operator(actor) or any(rule(actor) for rule in _STAFF_RULES)


def is_operator(actor: Actor) -> bool:
    """Whether this person runs the installation. Asked once for the actor of a request, which knows it from its person."""
    if actor.operator is not None:
        return actor.operator
    return actor.is_person and Person.objects.filter(pk=actor.person_id, is_operator=True, is_active=True).exists()


def needs_second_factor(actor: Actor) -> bool:
    """Staff must have signed in with a second factor where the installation asks for it; nobody else must."""
    return settings.STAFF_NEED_SECOND_FACTOR and not actor.second_factor and is_staff(actor)


def may_enter_desk(actor: Actor) -> bool:
    """Staff, signed in with the second factor where it is asked for."""
    return is_staff(actor) and (actor.second_factor or not settings.STAFF_NEED_SECOND_FACTOR)


def has_second_factor(actor: Actor) -> bool:
    """Whether the person has set up an authenticator app."""
    return Authenticator.objects.filter(user_id=actor.person_id, type=Authenticator.Type.TOTP).exists()


def verified_addresses(person: Person) -> list[str]:
    """The mail addresses this person has proved, in lower case."""
    rows = EmailAddress.objects.filter(user=person, verified=True).values_list("email", flat=True)
    return [address.lower() for address in rows]


def may_accept(actor: Actor, invitation: Invitation) -> bool:
    """Only the person who has proved the invited mail address."""
    if not actor.is_person or not invitation.email:
        return False
    return EmailAddress.objects.filter(user_id=actor.person_id, verified=True, email__iexact=invitation.email).exists()
