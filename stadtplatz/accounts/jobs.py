"""What accounts throw away by themselves."""

from datetime import timedelta

from allauth.account.models import EmailAddress
from django.contrib.sessions.models import Session
from django.db.models import Exists, OuterRef

from stadtplatz.accounts.models import Invitation, Person, Proof
from stadtplatz.kit import clock
from stadtplatz.kit.jobs import every, job

UNPROVED_DAYS = 3
INVITATION_DAYS = 30


@every(timedelta(hours=6))
@job()
def tidy() -> None:
    """Accounts whose address was never proved go after three days, so that nobody can sit on a stranger's address; used up
    or old codes after a day; addresses of invitations 30 days after they were answered or expired; sessions that are over.
    """
    now = clock.now()
    proved = EmailAddress.objects.filter(user=OuterRef("pk"), verified=True)
    started = EmailAddress.objects.filter(user=OuterRef("pk"))
    Person.objects.filter(
        ~Exists(proved), Exists(started), joined_at__lt=now - timedelta(days=UNPROVED_DAYS), last_login=None
    ).delete()
    Proof.objects.filter(expires_at__lt=now - timedelta(days=1)).delete()
    Invitation.objects.filter(expires_at__lt=now - timedelta(days=INVITATION_DAYS)).exclude(email="").update(email="")
    Session.objects.filter(expire_date__lt=now).delete()
