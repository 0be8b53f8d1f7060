"""What reporting adds to the navigation."""

from django.core.cache import caches
from django.utils.translation import gettext_lazy as _

from stadtplatz.city.rules import memberships
from stadtplatz.kit.actors import Actor
from stadtplatz.kit.navigation import Entry
from stadtplatz.tickets.rules import (
    may_keep_retention,
    may_read_post,
    may_see_figures,
    may_try_rules,
    sees_dangers,
    works_on_tickets,
)

SECONDS = 60


def sorts_post(actor: Actor) -> bool:
    """As `may_read_post`, asked at most once a minute for the same memberships; the page itself asks anew."""
    held = "-".join(f"{unit}{role}" for unit, role in sorted(memberships(actor).items()))
    return bool(held) and bool(caches["local"].get_or_set(f"sorts-post:{held}", lambda: may_read_post(actor), SECONDS))


ENTRIES = [
    Entry("square", 30, _("Reports"), "tickets", icon="report"),
    Entry("footer", 60, _("Reports for programs"), "tickets-developers"),
    Entry("desk", 86, _("Languages"), "desk-languages", shown=may_keep_retention, icon="globe"),
    Entry("desk", 85, _("Retention"), "desk-retention", shown=may_keep_retention, icon="report"),
    Entry("desk", 20, _("Reports"), "desk-tickets", shown=works_on_tickets, icon="report"),
    Entry("desk", 25, _("Incoming mail"), "desk-post", shown=sorts_post, icon="mail"),
    Entry("desk", 24, _("To publish"), "desk-publication-queue", shown=works_on_tickets, icon="globe"),
    Entry("desk", 26, _("Figures"), "desk-figures", shown=may_see_figures, icon="list"),
    Entry("desk", 24, _("On the road"), "desk-field", shown=works_on_tickets, icon="place"),
    Entry("desk", 26, _("Standard answers"), "desk-replies", shown=works_on_tickets, icon="message"),
    Entry("desk", 84, _("Danger"), "desk-dangers", shown=sees_dangers, icon="danger"),
    Entry("desk", 83, _("Try out rules"), "desk-rules-trial", shown=may_try_rules, icon="check"),
]
