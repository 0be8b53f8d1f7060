"""What reporting adds to the navigation."""

from django.utils.translation import gettext_lazy as _

from stadtplatz.kit.navigation import Entry
from stadtplatz.tickets.rules import may_read_post, works_on_tickets

ENTRIES = [
    Entry("square", 30, _("Reports"), "tickets", icon="report"),
    Entry("footer", 60, _("Reports for programs"), "tickets-developers"),
    Entry("desk", 20, _("Reports"), "desk-tickets", shown=works_on_tickets, icon="report"),
    Entry("desk", 25, _("Post"), "desk-post", shown=may_read_post, icon="mail"),
]
