"""Pages about reports that speak every language of the city; texts of the city stand in its pack, the others in `locale/`."""

PAGES = frozenset(
    {
        "tickets",
        "tickets-new",
        "tickets-draft-text",
        "tickets-draft-place",
        "tickets-draft-category",
        "tickets-draft-questions",
        "tickets-draft-nearby",
        "tickets-draft-danger",
        "tickets-draft-review",
        "tickets-draft-photo",
        "tickets-draft-photo-remove",
        "tickets-page",
        "tickets-sent",
        "tickets-answer",
        "tickets-reopen",
        "tickets-withdraw",
        "tickets-feedback",
        "tickets-photo",
    }
)
