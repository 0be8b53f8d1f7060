"""What can have happened to the town's map and its organisation."""

from django.utils.translation import gettext_lazy as _

from stadtplatz.audit.facts import PUBLIC, STAFF, Fact

MAP_IMPORTED = Fact(
    "city.map_imported",
    PUBLIC,
    _("The map was imported: {created} new, {changed} changed, {gone} gone."),
    {"created", "changed", "gone", "data_date"},
    changes_pages=True,
)
PACK_LOADED = Fact(
    "city.pack_loaded",
    STAFF,
    _("The city pack was loaded: {created} new, {changed} changed, {removed} removed, {kept} kept as staff left them."),
    {"created", "changed", "removed", "kept"},
)
PLACE_HIDDEN = Fact("city.place_hidden", STAFF, _("The place was hidden."), {"place"}, changes_pages=True)
PLACE_SHOWN = Fact("city.place_shown", STAFF, _("The place is shown again."), {"place"}, changes_pages=True)
UNIT_OPENED = Fact("city.unit_opened", STAFF, _("The unit was set up."), {"unit"})
UNIT_CHANGED = Fact("city.unit_changed", STAFF, _("The unit was changed."), {"unit", "fields"})
UNIT_CLOSED = Fact("city.unit_closed", STAFF, _("The unit was closed."), {"unit"})
FUNCTION_ADDED = Fact("city.function_added", STAFF, _("A function was added."), {"unit", "function"})
FUNCTION_CHANGED = Fact("city.function_changed", STAFF, _("A function was changed."), {"unit", "function"})
MEMBER_INVITED = Fact("city.member_invited", STAFF, _("Somebody was invited to the unit."), {"unit", "invitation"})
MEMBER_JOINED = Fact("city.member_joined", STAFF, _("Somebody joined the unit."), {"unit", "person", "role"})
MEMBER_CHANGED = Fact("city.member_changed", STAFF, _("A membership was changed."), {"unit", "person", "role"})
MEMBER_LEFT = Fact("city.member_left", STAFF, _("Somebody left the unit."), {"unit", "person"})
ABSENCE_NOTED = Fact("city.absence_noted", STAFF, _("An absence was noted."), {"unit", "person", "absence"})
ABSENCE_CANCELLED = Fact("city.absence_cancelled", STAFF, _("An absence was cancelled."), {"unit", "person", "absence"})
DUTY_ASSIGNED = Fact("city.duty_assigned", STAFF, _("The duty {code} was assigned."), {"unit", "duty", "code"})
DUTY_ENDED = Fact("city.duty_ended", STAFF, _("The duty {code} was ended."), {"unit", "duty", "code"})
