"""What can happen to an appointment. The subject is always the appointment; `was` and `now` are seconds since 1970."""

from django.utils.translation import gettext_lazy as _

from stadtplatz.audit.facts import APPLICANT, STAFF, Fact

_KEYS = {"shop", "by_shop"}

BOOKED = Fact("appointments.booked", APPLICANT, _("The appointment was made."), _KEYS)
REQUESTED = Fact(
    "appointments.requested", APPLICANT, _("The time was asked for; the shop has still to say yes."), _KEYS
)
CONFIRMED = Fact("appointments.confirmed", APPLICANT, _("The shop has said yes to the time."), _KEYS)
DECLINED = Fact("appointments.declined", APPLICANT, _("The shop could not offer the time."), _KEYS)
LAPSED = Fact("appointments.lapsed", APPLICANT, _("The shop did not answer before the time came."), _KEYS)
MOVED = Fact("appointments.moved", APPLICANT, _("The appointment was moved."), _KEYS | {"was", "now"})
CANCELLED = Fact("appointments.cancelled", APPLICANT, _("The appointment was cancelled."), _KEYS)
DONE = Fact("appointments.done", APPLICANT, _("The time of the appointment is over."), _KEYS)
MISSED = Fact("appointments.missed", APPLICANT, _("Nobody came to the appointment."), _KEYS)

RESOURCE_CHANGED = Fact("appointments.resource_changed", STAFF, _("A calendar of the shop was changed."), {"shop"})
SERVICE_CHANGED = Fact(
    "appointments.service_changed", STAFF, _("A service of the shop was changed."), {"shop"}, changes_pages=True
)
BLOCKED = Fact("appointments.blocked", STAFF, _("A time was blocked."), {"shop", "now"})
FREED = Fact("appointments.freed", STAFF, _("A blocked time was freed."), {"shop", "was"})
FEED_MADE = Fact("appointments.feed_made", STAFF, _("An address for calendars was made."), {"shop"})
FEED_REVOKED = Fact("appointments.feed_revoked", STAFF, _("An address for calendars was revoked."), {"shop"})
FOREIGN_ADDED = Fact("appointments.foreign_added", STAFF, _("A calendar from elsewhere is read."), {"shop"})
FOREIGN_REMOVED = Fact(
    "appointments.foreign_removed", STAFF, _("A calendar from elsewhere is no longer read."), {"shop"}
)
