"""What can have happened to people, guests and invitations."""

from django.utils.translation import gettext_lazy as _

from stadtplatz.audit.facts import APPLICANT, STAFF, Fact

CODE_REQUESTED = Fact("accounts.code_requested", APPLICANT, _("A code was sent to the email address."), {"proof"})
ADDRESS_PROVED = Fact("accounts.address_proved", APPLICANT, _("The email address was confirmed."), {"purpose"})
GUESTS_JOINED = Fact("accounts.guests_joined", APPLICANT, _("Earlier errands were added to the account."), {"guests"})
INVITED = Fact("accounts.invited", STAFF, _("An invitation was sent."), {"invitation", "purpose"})
INVITATION_ACCEPTED = Fact(
    "accounts.invitation_accepted", STAFF, _("The invitation was accepted."), {"invitation", "purpose", "person"}
)
INVITATION_WITHDRAWN = Fact(
    "accounts.invitation_withdrawn", STAFF, _("The invitation was withdrawn."), {"invitation", "purpose"}
)
PROFILE_CHANGED = Fact("accounts.profile_changed", APPLICANT, _("Name or language was changed."), {"fields"})
PERSON_ERASED = Fact("accounts.person_erased", STAFF, _("An account was erased."), {"key"})
GUEST_ERASED = Fact("accounts.guest_erased", STAFF, _("A guest contact was erased."), {"key"})
