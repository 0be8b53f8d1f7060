"""Mails that accounts cause, and forgetting those who were erased."""

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from stadtplatz.accounts.models import Guest, Invitation, Person, Proof
from stadtplatz.audit.models import Record
from stadtplatz.audit.reactions import reacts_to
from stadtplatz.kit.templatetags.kit import day
from stadtplatz.notifications import privacy
from stadtplatz.notifications.actions import forgive, notify, notify_address
from stadtplatz.notifications.senders import MARKET, TOWNHALL


@reacts_to("accounts.code_requested")
def send_code(record: Record) -> None:
    """The code for a guest's mail address, unless it was used or replaced meanwhile."""
    proof = Proof.objects.select_related("guest").filter(pk=record.keys["proof"], used_at=None).first()
    if proof is not None:
        notify(
            to=proof.guest,
            template="accounts/mail/guest_code",
            context={"code": proof.code},
            kind="security",
            once=f"proof:{proof.pk}",
        )


@reacts_to("accounts.invited")
def send_invitation(record: Record) -> None:
    """The link, to the invited address only. Invitations of one address are capped like everything strangers cause."""
    invitation = Invitation.objects.filter(key=record.keys["invitation"], accepted_at=None, withdrawn_at=None).first()
    if invitation is None or not invitation.email:
        return
    with translation.override(invitation.language):
        until = day(invitation.expires_at)
        path = reverse("invitation", args=[invitation.token])
    notify_address(
        address=invitation.email,
        template="accounts/mail/invitation",
        language=invitation.language,
        context={"note": invitation.note, "until": until},
        link=f"{settings.BASE_URL}{path}",
        sender=_who_invites(invitation),
        kind="invitation",
        once=f"invitation:{invitation.key}",
    )


def _who_invites(invitation: Invitation) -> str:
    """A purpose begins with the domain that understands it; the market writes for shops, the town hall for everybody else."""
    return MARKET if invitation.purpose.partition(".")[0] == "shops" else TOWNHALL


@reacts_to("accounts.address_proved")
def send_again(record: Record) -> None:
    """An address that mails came back from gets mails again once its owner has typed a code from it."""
    for guest in Guest.objects.filter(pk=record.subject_id if record.subject_kind == "accounts.guest" else None):
        forgive(guest.email)


@reacts_to("accounts.person_erased")
def forget_person(record: Record) -> None:
    """Messages to somebody whose account was erased go with it."""
    for person in Person.objects.filter(key=record.keys["key"]):
        privacy.forget(person)


@reacts_to("accounts.guest_erased")
def forget_guest(record: Record) -> None:
    """Messages to a guest contact that was erased go with it."""
    for guest in Guest.objects.filter(key=record.keys["key"]):
        privacy.forget(guest)
