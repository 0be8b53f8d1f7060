"""What can have happened to shops, their teams and the entries from the map."""

from django.utils.translation import gettext_lazy as _

from stadtplatz.audit.facts import STAFF, Fact

CREATED = Fact("shops.created", STAFF, _("The shop was set up."), {"shop", "place"}, changes_pages=True)
EDITED = Fact("shops.edited", STAFF, _("The shop's details were changed."), {"shop", "fields"}, changes_pages=True)
MOVED = Fact(
    "shops.moved",
    STAFF,
    _("The shop changed from {before} to {after}."),
    {"shop", "before", "after"},
    changes_pages=True,
)
STANDING_CHANGED = Fact(
    "shops.standing_changed",
    STAFF,
    _("The seller's standing changed from {before} to {after}."),
    {"shop", "before", "after"},
    changes_pages=True,
)
FILE_EDITED = Fact("shops.file_edited", STAFF, _("The seller's file was changed."), {"shop", "fields"})
SUBMITTED = Fact("shops.submitted", STAFF, _("The seller's file waits for the market desk."), {"shop"})
LOOKED_AT = Fact("shops.looked_at", STAFF, _("One person has approved; the second look is missing."), {"shop"})
APPROVED = Fact("shops.approved", STAFF, _("Two people have approved the seller."), {"shop"})
RETURNED = Fact("shops.returned", STAFF, _("The seller's file was sent back with reasons."), {"shop"})
SUSPENDED = Fact(
    "shops.suspended", STAFF, _("The seller was suspended with reasons."), {"shop", "notice"}, changes_pages=True
)
LIFTED = Fact("shops.lifted", STAFF, _("The suspension was lifted."), {"shop", "notice"}, changes_pages=True)
COMPLAINED = Fact("shops.complained", STAFF, _("The seller complained about the decision."), {"shop", "complaint"})
COMPLAINT_DECIDED = Fact(
    "shops.complaint_decided", STAFF, _("The complaint was decided."), {"shop", "complaint", "upheld"}
)
PERIOD_EDITED = Fact(
    "shops.period_edited", STAFF, _("A number of days was changed from {before} to {after}."), {"period", "before", "after"}
)  # fmt: skip
TERMS_ANNOUNCED = Fact("shops.terms_announced", STAFF, _("New terms for sellers were announced."), {"terms"})
TERMS_ACCEPTED = Fact(
    "shops.terms_accepted", STAFF, _("The terms for sellers were accepted."), {"shop", "terms", "way"}
)
FORGOTTEN = Fact("shops.forgotten", STAFF, _("The data of a seller who left were deleted."), {"shop"})
ASKED = Fact("shops.asked", STAFF, _("Somebody asked the shop something."), {"shop", "enquiry"})
ANSWERED = Fact("shops.answered", STAFF, _("The shop answered."), {"shop", "enquiry"})
HELP_ASKED = Fact("shops.help_asked", STAFF, _("The shop asked the market desk for help."), {"shop", "task"})
HELPED = Fact("shops.helped", STAFF, _("The market desk helped the shop."), {"shop", "task"})
INVITED = Fact("shops.invited", STAFF, _("Somebody was invited to the team."), {"shop", "invitation", "role"})
JOINED = Fact("shops.joined", STAFF, _("Somebody joined the team."), {"shop", "person", "role"})
LEFT = Fact("shops.left", STAFF, _("Somebody left the team."), {"shop", "person"})
CLAIMED = Fact("shops.claimed", STAFF, _("Somebody says that an entry is their business."), {"claim", "place"})
CLAIM_DECIDED = Fact("shops.claim_decided", STAFF, _("The claim was decided."), {"claim", "approved", "shop"})
LETTER_WRITTEN = Fact(
    "shops.letter_written", STAFF, _("A letter was written to a business of the map."), {"letter", "place"}
)
REMOVAL_REQUESTED = Fact(
    "shops.removal_requested", STAFF, _("Somebody asked to remove an entry."), {"removal", "place"}
)
REMOVAL_DECIDED = Fact(
    "shops.removal_decided", STAFF, _("The request to remove was decided."), {"removal", "hidden"}, changes_pages=True
)
