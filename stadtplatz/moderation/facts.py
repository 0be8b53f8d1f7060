"""What can have happened to notices about content. `content` and `owner` are kind and key, such as `offer:12` and `shop:3`."""

from django.utils.translation import gettext_lazy as _

from stadtplatz.audit.facts import APPLICANT, STAFF, Fact

_ABOUT = {"unit", "content", "owner", "statement"}

OPENED = Fact("moderation.opened", APPLICANT, _("A notice about this content has arrived."), {"unit", "content"})
JOINED = Fact("moderation.joined", STAFF, _("One more notice about the same content has arrived."), {"notice"})
RESTRICTED = Fact(
    "moderation.restricted", APPLICANT, _("Decided: the content is no longer shown."), _ABOUT, changes_pages=True
)
KEPT = Fact("moderation.kept", APPLICANT, _("Decided: the content stays."), _ABOUT)
LIFTED = Fact("moderation.lifted", APPLICANT, _("Put right: the content is shown again."), _ABOUT, changes_pages=True)
CONTESTED = Fact(
    "moderation.contested", APPLICANT, _("There is a complaint about the decision. Somebody else looks at it."), {"complaint"}
)  # fmt: skip
FINISHED = Fact("moderation.finished", APPLICANT, _("The time for complaints is over."), set())
FORGOTTEN = Fact("moderation.forgotten", STAFF, _("The contacts of those who gave notice were deleted."), {"count"})
_MEASURE = {"measure", "side", "owner"}
WARNED = Fact("moderation.warned", STAFF, _("A warning for misuse was given."), _MEASURE)
SHUT_OUT = Fact("moderation.shut_out", STAFF, _("Somebody was suspended for misuse."), _MEASURE)
LET_IN = Fact("moderation.let_in", STAFF, _("A suspension for misuse is over."), _MEASURE)
MEASURE_CONTESTED = Fact(
    "moderation.measure_contested", STAFF, _("There is a complaint about a measure against misuse."), _MEASURE
)
MEASURE_ANSWERED = Fact(
    "moderation.measure_answered", STAFF, _("The complaint about a measure against misuse was answered."), _MEASURE | {"upheld"}
)  # fmt: skip
RULE_EDITED = Fact("moderation.rule_edited", STAFF, _("A rule against misuse was changed."), {"side", "fields"})
GROUND_EDITED = Fact("moderation.ground_edited", STAFF, _("A kind of notice was changed."), {"ground", "fields"})
GREEN_WORD_EDITED = Fact(
    "moderation.green_word_edited",
    STAFF,
    _("A word of the list of environmental claims was changed."),
    {"word", "fields"},
)
GREEN_LOOKED = Fact(
    "moderation.green_looked", STAFF, _("Somebody has looked at an environmental claim and its evidence."), {"content"}
)
