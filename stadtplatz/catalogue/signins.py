"""What follows in the catalogue when somebody signs in."""

from allauth.account.signals import user_logged_in
from django.dispatch import receiver

from stadtplatz.accounts.visitors import actor_for
from stadtplatz.catalogue import actions, cookies
from stadtplatz.kit.refusals import ActionRefused


@receiver(user_logged_in)
def gather_marks(sender, request, user, **more) -> None:
    """What the device had marked comes along into the account."""
    try:
        if marks := cookies.marks_in(request):
            actions.mark(marks=marks, by=actor_for(user))
    except ActionRefused:
        return  # the account is full
