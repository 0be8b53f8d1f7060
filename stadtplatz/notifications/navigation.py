"""What notifications add to the navigation."""

from django.utils.translation import gettext_lazy as _

from stadtplatz.kit.navigation import Entry
from stadtplatz.notifications import queries

ENTRIES = [
    Entry(
        area="mine",
        order=90,
        label=_("Account"),
        url_name="account-overview",
        shown=lambda actor: actor.is_person,
        icon="person",
        count=queries.unread_count,
    ),
]
