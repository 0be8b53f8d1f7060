"""Where the market stands in the navigation."""

from django.utils.translation import gettext_lazy as _

from stadtplatz.kit.navigation import Entry

ENTRIES = [Entry(area="square", order=10, label=_("Shopping"), url_name="market", icon="basket")]
