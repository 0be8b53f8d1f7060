"""The domains of Stadtplatz, from high to low. One tuple is one layer; see docs/architecture.md."""

LAYERS: tuple[tuple[str, ...], ...] = (
    ("operate",),
    ("home",),
    ("appointments", "orders", "tickets"),
    ("catalogue",),
    ("delivery",),
    ("shops",),
    ("moderation",),
    ("cases",),
    ("pools", "questionnaires"),
    ("city",),
    ("notifications",),
    ("accounts",),
    ("audit", "search"),
    ("kit",),
)

DOMAINS: tuple[str, ...] = tuple(domain for layer in LAYERS for domain in layer)

# What a city may switch off; everything else carries the house.
SWITCHABLE: frozenset[str] = frozenset({"appointments", "orders", "tickets", "catalogue", "shops"})
