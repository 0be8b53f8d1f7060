"""Reading shops."""

from stadtplatz.shops.hours import DayHours, OpenState
from stadtplatz.shops.queries.aside import kept_until
from stadtplatz.shops.queries.care import care_done, care_of, care_tasks, enquiries, unanswered
from stadtplatz.shops.queries.counts import Visits, visits
from stadtplatz.shops.queries.entries import (
    BUSINESS,
    is_taken,
    removed_lately,
    shop_of_place,
    shown_place,
    unclaimed,
    waiting_claims,
    waiting_removals,
    without_letter,
)
from stadtplatz.shops.queries.opening import (
    branches,
    hidden,
    open_slugs,
    open_soonest,
    open_state,
    open_states,
    spans_on,
    special_days,
    week,
)
from stadtplatz.shops.queries.progress import setup_of
from stadtplatz.shops.queries.sellers import complaints_of, desk_files, seller
from stadtplatz.shops.queries.shops import (
    category_name,
    districts,
    listed,
    owned_by,
    points,
    shop_by_slug,
    shop_for_member,
    shops_of,
    team,
    trade_name,
)
from stadtplatz.shops.structured import as_local_business, as_seller

__all__ = [
    "BUSINESS",
    "DayHours",
    "OpenState",
    "Visits",
    "as_local_business",
    "as_seller",
    "branches",
    "care_done",
    "care_of",
    "care_tasks",
    "category_name",
    "complaints_of",
    "desk_files",
    "districts",
    "enquiries",
    "hidden",
    "is_taken",
    "kept_until",
    "listed",
    "open_slugs",
    "open_soonest",
    "open_state",
    "open_states",
    "owned_by",
    "points",
    "removed_lately",
    "seller",
    "setup_of",
    "shop_by_slug",
    "shop_for_member",
    "shop_of_place",
    "shops_of",
    "shown_place",
    "spans_on",
    "special_days",
    "team",
    "trade_name",
    "unanswered",
    "unclaimed",
    "visits",
    "waiting_claims",
    "waiting_removals",
    "week",
    "without_letter",
]
