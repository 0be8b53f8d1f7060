"""What happens to a citizen's report. Sentences fit both sides: the reporter and the staff read the same."""

from django.utils.translation import gettext_lazy as _

from stadtplatz.audit.facts import APPLICANT, PUBLIC, STAFF, Fact

OPENED = Fact("tickets.opened", PUBLIC, _("Received. Responsible: {unit}"), {"unit", "category", "channel", "photos"})
ACCEPTED = Fact("tickets.accepted", PUBLIC, _("{unit} has taken this on."), {"unit"})
STARTED = Fact("tickets.started", PUBLIC, _("Work has begun."), {"unit", "message"})
ASKED = Fact("tickets.asked", APPLICANT, _("Question from {unit}"), {"unit", "message"})
ANSWERED = Fact("tickets.answered", APPLICANT, _("Answer to the question"), {"message"})
RESUMED = Fact("tickets.resumed", APPLICANT, _("It goes on without an answer."), {"unit", "message"})
DONE = Fact("tickets.done", PUBLIC, _("Done"), {"unit", "message"})
DECLINED = Fact("tickets.declined", PUBLIC, _("Declined"), {"unit", "message"})
NOT_OUR_DUTY = Fact("tickets.not_our_duty", PUBLIC, _("Not a duty of the city"), {"unit", "message"})
DUPLICATE = Fact("tickets.duplicate", PUBLIC, _("Reported before"), {"unit", "message", "original"})
REOPENED = Fact("tickets.reopened", PUBLIC, _("Opened again"), {"unit", "message"})
WITHDRAWN = Fact("tickets.withdrawn", APPLICANT, _("Withdrawn"), {"message"})
ARCHIVED = Fact("tickets.archived", STAFF, _("Finished for good"), set())
CATEGORY_CHANGED = Fact("tickets.category_changed", APPLICANT, _("The category was corrected."), {"from", "to", "unit"})
DANGER_REPORTED = Fact(
    "tickets.danger_reported", APPLICANT, _("Reported as a danger. {unit} was alarmed."), {"danger", "sure", "unit"}
)
DANGER_UNANSWERED = Fact(
    "tickets.danger_unanswered",
    STAFF,
    _("Nobody has taken on the danger yet. Alarmed again."),
    {"danger", "unit", "attempt"},
)
DANGER_OVER = Fact("tickets.danger_over", APPLICANT, _("{unit}: there is no danger any more."), {"unit"})
DANGER_SET = Fact(
    "tickets.danger_set", STAFF, _("Number or duty for danger “{danger}” was changed."), {"danger", "fields"}
)
ME_TOO = Fact("tickets.me_too", STAFF, _("It concerns others, too: {count} so far."), {"count"})
STILL_THERE = Fact("tickets.still_there", STAFF, _("Others say that it is still there: {count} so far."), {"count"})
FEEDBACK_GIVEN = Fact(
    "tickets.feedback_given", STAFF, _("The reporter answered the two questions."), {"solved", "score", "reopened"}
)
ECHO_FEEDBACK = Fact(
    "tickets.echo_feedback", STAFF, _("Somebody who joined answered the two questions."), {"solved", "score"}
)
NEWS_OFF = Fact("tickets.news_off", APPLICANT, _("Automatic messages were switched off."), set())
NEWS_ON = Fact("tickets.news_on", APPLICANT, _("Automatic messages were switched on again."), set())
CONTACT_CHANGED = Fact("tickets.contact_changed", STAFF, _("The reporter changed the contact."), {"by_pin"})
DELETED = Fact("tickets.deleted", STAFF, _("Deleted at the end of its time"), {"category"})
ANONYMISED = Fact("tickets.anonymised", STAFF, _("Made anonymous at the end of its retention"), {"category"})
RELEASED = Fact(
    "tickets.released", APPLICANT, _("Published, without your name"), {"automatic", "photos"}, changes_pages=True
)
UNPUBLISHED = Fact("tickets.unpublished", APPLICANT, _("No longer published"), {"why"}, changes_pages=True)
IMPORTED = Fact(
    "tickets.imported", STAFF, _("{count} reports were taken over from elsewhere."), {"count"}, changes_pages=True
)
CLIENT_MADE = Fact("tickets.client_made", STAFF, _("A program may open reports."), {"client"})
CLIENT_REVOKED = Fact("tickets.client_revoked", STAFF, _("A program may no longer open reports."), {"client"})
CLIENT_REKEYED = Fact("tickets.client_rekeyed", STAFF, _("A program has a new key."), {"client"})
PLACE_ADDED = Fact("tickets.place_added", APPLICANT, _("The place was added."), {"unit"})
MAIL_UNSURE = Fact(
    "tickets.mail_unsure", STAFF, _("A mail came of which nobody knows for sure who wrote it."), {"message", "incoming"}
)
MAIL_ACCEPTED = Fact("tickets.mail_accepted", STAFF, _("The mail was accepted as the reporter's."), {"incoming"})
MAIL_RETURNED = Fact(
    "tickets.mail_returned", STAFF, _("A mail to the reporter could not be delivered."), {"sent", "code"}
)
JOINED = Fact("tickets.joined", STAFF, _("{other} reports the same and was merged into this."), {"other"})
SPLIT = Fact("tickets.split", STAFF, _("A part of this goes on as {other}."), {"other"})
LINKED = Fact("tickets.linked", STAFF, _("Linked with {other}"), {"other"})
TRANSLATED = Fact("tickets.translated", STAFF, _("A translation was written beside the report."), {"language"})
RETENTION_SET = Fact(
    "tickets.retention_set",
    STAFF,
    _("The retention of {category} was changed."),
    {"category", "photos", "reporter", "report"},
)
REPLY_CHANGED = Fact("tickets.reply_changed", STAFF, _("A standard answer was changed."), {"reply"})
EXPORTED = Fact("tickets.exported", STAFF, _("Exported for the records"), set())
