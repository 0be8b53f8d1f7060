"""What accounts add to the navigation."""

from django.utils.translation import gettext_lazy as _

from stadtplatz.kit.navigation import Entry

ENTRIES = [
    Entry(
        area="mine",
        order=90,
        label=_("Sign in"),
        url_name="account_login",
        shown=lambda actor: not actor.is_person,
        icon="person",
    ),
]
