"""Where shops stand in the navigation."""

from django.utils.translation import gettext_lazy as _

from stadtplatz.kit.navigation import Entry
from stadtplatz.shops import rules

ENTRIES = [
    Entry(area="square", order=20, label=_("Shops"), url_name="shops", icon="shop"),
    Entry(area="mine", order=60, label=_("My shops"), url_name="my-shops", icon="shop", shown=rules.works_somewhere),
    Entry(area="desk", order=40, label=_("Shops"), url_name="desk-shops", icon="shop", shown=rules.may_decide),
]
