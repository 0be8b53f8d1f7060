"""What follows when allauth says that somebody signed up, proved an address or set up the second factor."""

from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.login import record_authentication
from allauth.account.signals import email_confirmed, user_logged_in
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added
from django.dispatch import receiver

from stadtplatz.accounts import actions


@receiver(email_confirmed)
def take_over_address(sender, request, email_address, **more) -> None:
    """The owner of an address gets its errands. A password that somebody else may have set before the proof stops working."""
    person = email_address.user
    records = get_authentication_records(request, person)
    if any(record["method"] == "code" for record in records) and person.has_usable_password():
        person.set_unusable_password()
        person.save(update_fields=["password"])
    actions.join_guests(person)


@receiver(user_logged_in)
def gather_errands(sender, request, user, **more) -> None:
    """Errands left as a guest since the last sign-in come along."""
    actions.join_guests(user)


@receiver(authenticator_added)
def remember_code(sender, request, user, authenticator, **more) -> None:
    """Whoever sets up the app has just shown its code, so this session counts as opened with it."""
    if authenticator.type == Authenticator.Type.TOTP:
        record_authentication(request, user, "mfa", id=authenticator.pk, type=authenticator.type)
