"""What the town adds to the navigation."""

from django.utils.translation import gettext_lazy as _

from stadtplatz.accounts.rules import is_operator, is_staff
from stadtplatz.kit.navigation import Entry

ENTRIES = [
    Entry(
        area="desk", order=80, label=_("Organisation"), url_name="desk-organisation", shown=is_staff, icon="town-hall"
    ),
    Entry(area="desk", order=81, label=_("Duties"), url_name="desk-duties", shown=is_staff, icon="list"),
    Entry(area="desk", order=82, label=_("Places of the map"), url_name="desk-places", shown=is_operator, icon="map"),
]
