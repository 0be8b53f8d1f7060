"""Where notices about content stand in the navigation."""

from django.utils.translation import gettext_lazy as _

from stadtplatz.kit.navigation import Entry
from stadtplatz.moderation import queries, rules

ENTRIES = [
    Entry("footer", 25, _("Report content"), "notices"),
    Entry(
        "desk",
        41,
        _("Reported content"),
        "desk-notices",
        shown=rules.may_moderate,
        icon="danger",
        count=queries.open_count,
    ),
]
