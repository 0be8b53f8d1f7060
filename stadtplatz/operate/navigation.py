"""What running the installation adds to the navigation."""

from django.utils.translation import gettext_lazy as _

from stadtplatz.accounts.rules import is_operator
from stadtplatz.kit.navigation import Entry

ENTRIES = [
    Entry(area="desk", order=94, label=_("Other systems"), url_name="desk-interfaces", shown=is_operator, icon="link"),
    Entry(area="desk", order=95, label=_("Machine room"), url_name="desk-machine-room", shown=is_operator, icon="box"),
]
