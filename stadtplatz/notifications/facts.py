"""What happens with mail from outside. The other domains react to it."""

from django.utils.translation import gettext_lazy as _

from stadtplatz.audit.facts import STAFF, Fact

MAIL_RECEIVED = Fact("notifications.mail_received", STAFF, _("A mail came in."), {"incoming", "about"})
MAIL_RETURNED = Fact(
    "notifications.mail_returned", STAFF, _("A mail could not be delivered."), {"message", "about", "code"}
)
