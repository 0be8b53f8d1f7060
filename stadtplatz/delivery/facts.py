"""What can happen to pick-up points."""

from django.utils.translation import gettext_lazy as _

from stadtplatz.audit.facts import STAFF, Fact

POINT_OPENED = Fact("delivery.point_opened", STAFF, _("The pick-up point was opened."), {"shop"})
POINT_CHANGED = Fact("delivery.point_changed", STAFF, _("The pick-up point was changed."), {"shop", "capacity"})
