"""What can be done with the town: import its map, hide a place, change its organisation."""

from stadtplatz.city.actions.duties import assign_duty, change_duty, end_duty
from stadtplatz.city.actions.map import hide_place, import_map, show_place
from stadtplatz.city.actions.people import (
    cancel_absence,
    change_member,
    end_membership,
    invite_member,
    join_unit,
    note_absence,
)
from stadtplatz.city.actions.plans import adopt_plan, drop_plan, plan_duty, plan_end
from stadtplatz.city.actions.units import add_function, change_function, change_unit, close_unit, open_unit

__all__ = [
    "add_function",
    "adopt_plan",
    "assign_duty",
    "cancel_absence",
    "change_duty",
    "change_function",
    "change_member",
    "change_unit",
    "close_unit",
    "drop_plan",
    "end_duty",
    "end_membership",
    "hide_place",
    "import_map",
    "invite_member",
    "join_unit",
    "note_absence",
    "open_unit",
    "plan_duty",
    "plan_end",
    "show_place",
]
