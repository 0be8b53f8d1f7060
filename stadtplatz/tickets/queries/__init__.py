"""Reading reports. What a visitor may not read is not found."""

from stadtplatz.tickets.queries.danger import in_danger, on_call
from stadtplatz.tickets.queries.danger import to_ask as danger_to_ask
from stadtplatz.tickets.queries.desk import (
    LISTS,
    Asked,
    DeskList,
    choices_for,
    chosen_for_staff,
    desk_counts,
    desk_list,
    one_for_staff,
    original_of,
    other_categories,
    replies_for,
    saved_filters,
)
from stadtplatz.tickets.queries.echoes import (
    EchoCounts,
    EchoPage,
    echo,
    echo_counts,
    echo_page,
    last_feedback,
    may_give_feedback,
)
from stadtplatz.tickets.queries.figures import PublicFigures, public_figures
from stadtplatz.tickets.queries.finding import (
    any_report,
    by_number_and_code,
    by_secret,
    categories,
    draft,
    guidance,
    mine,
    recent_public,
    state_label,
)
from stadtplatz.tickets.queries.nearby import Nearby, nearby, one_nearby
from stadtplatz.tickets.queries.pages import TicketPage, desk_page, public_page
from stadtplatz.tickets.queries.pointers import pointer_in_words
from stadtplatz.tickets.queries.public import Filters, map_data, newest, public_districts, public_list
from stadtplatz.tickets.queries.publication import QUEUES, publication_of, release_queue, visible
from stadtplatz.tickets.queries.publication import public_page as public_ticket_page
from stadtplatz.tickets.queries.suggestion import Suggestions, suggest, suggestions
from stadtplatz.tickets.queries.weekly import district_page, weekly_of

__all__ = [
    "LISTS",
    "QUEUES",
    "Asked",
    "DeskList",
    "EchoCounts",
    "EchoPage",
    "Filters",
    "Nearby",
    "PublicFigures",
    "Suggestions",
    "TicketPage",
    "any_report",
    "by_number_and_code",
    "by_secret",
    "categories",
    "choices_for",
    "chosen_for_staff",
    "danger_to_ask",
    "desk_counts",
    "desk_list",
    "desk_page",
    "district_page",
    "draft",
    "echo",
    "echo_counts",
    "echo_page",
    "guidance",
    "in_danger",
    "last_feedback",
    "map_data",
    "may_give_feedback",
    "mine",
    "nearby",
    "newest",
    "on_call",
    "one_for_staff",
    "one_nearby",
    "original_of",
    "other_categories",
    "pointer_in_words",
    "public_districts",
    "public_figures",
    "public_list",
    "public_page",
    "public_ticket_page",
    "publication_of",
    "recent_public",
    "release_queue",
    "replies_for",
    "saved_filters",
    "state_label",
    "suggest",
    "suggestions",
    "visible",
    "weekly_of",
]
