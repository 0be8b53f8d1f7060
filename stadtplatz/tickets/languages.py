"""Pages about reports that speak every language of the city; texts of the city stand in its pack, the others in `locale/`."""

PAGES = frozenset(
    {
        "tickets",
        "tickets-answer",
        "tickets-bell",
        "tickets-bell-off",
        "tickets-data",
        "tickets-data-file",
        "tickets-draft-category",
        "tickets-draft-danger",
        "tickets-draft-nearby",
        "tickets-draft-nearby-photo",
        "tickets-draft-photo",
        "tickets-draft-photo-remove",
        "tickets-draft-place",
        "tickets-draft-questions",
        "tickets-draft-review",
        "tickets-draft-text",
        "tickets-echo",
        "tickets-feedback",
        "tickets-join",
        "tickets-new",
        "tickets-offline",
        "tickets-page",
        "tickets-photo",
        "tickets-reopen",
        "tickets-sent",
        "tickets-take",
        "tickets-unfollow",
        "tickets-withdraw",
    }
)
