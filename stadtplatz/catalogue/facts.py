"""What can have happened to offers."""

from django.utils.translation import gettext_lazy as _

from stadtplatz.audit.facts import STAFF, Fact

CREATED = Fact("catalogue.created", STAFF, _("An offer was added."), {"offer", "shop"})
EDITED = Fact("catalogue.edited", STAFF, _("An offer was changed."), {"offer", "fields"}, changes_pages=True)
PRICED = Fact(
    "catalogue.priced", STAFF, _("The price changed from {before} to {after} cents."),
    {"offer", "before", "after", "announced"}, changes_pages=True,
)  # fmt: skip
PLANNED = Fact("catalogue.planned", STAFF, _("A price was planned."), {"offer", "after"})
PUBLISHED = Fact("catalogue.published", STAFF, _("An offer went on sale."), {"offer", "shop"}, changes_pages=True)
WITHDRAWN = Fact("catalogue.withdrawn", STAFF, _("An offer was taken off sale."), {"offer", "shop"}, changes_pages=True)
IMPORTED = Fact(
    "catalogue.imported", STAFF, _("A file was taken in: {created} new, {changed} changed, {faulty} with faults."),
    {"shop", "state", "created", "changed", "faulty"}, changes_pages=True,
)  # fmt: skip
KEYED = Fact("catalogue.keyed", STAFF, _("A key for telling the stock was made or withdrawn."), {"shop", "stock_key"})
SYNCED = Fact("catalogue.synced", STAFF, _("The till told {counts} counts."), {"shop", "counts"}, changes_pages=True)
STOCKED = Fact(
    "catalogue.stocked",
    STAFF,
    _("{quantity} pieces stand on the shelf."),
    {"offer", "quantity", "before"},
    changes_pages=True,
)
LACKING = Fact(
    "catalogue.lacking", STAFF, _("The shop was told that {offers} offers lack what their category asks for."), {"shop", "offers"}
)  # fmt: skip
TAKEN_OFF = Fact(
    "catalogue.taken_off", STAFF, _("An offer went off sale because it lacks what its category asks for."), {"offer", "shop", "lacks"}
)  # fmt: skip
LACKING_OVER = Fact(
    "catalogue.lacking_over", STAFF, _("The shop was told that {offers} offers went off sale."), {"shop", "offers"}
)  # fmt: skip
CATEGORY_ADDED = Fact(
    "catalogue.category_added", STAFF, _("The category {category} was added."), {"category"}, changes_pages=True
)
CATEGORY_CHANGED = Fact(
    "catalogue.category_changed",
    STAFF,
    _("The category {category} was changed."),
    {"category", "fields"},
    changes_pages=True,
)
CATEGORY_RETIRED = Fact(
    "catalogue.category_retired",
    STAFF,
    _("The category {category} was dissolved into {successor}; {offers} offers went along."),
    {"category", "successor", "offers"},
    changes_pages=True,
)

WATCHED = Fact("catalogue.watched", STAFF, _("Somebody wants to be told when it is there again."), {"offer", "watch"})
WATCH_CONFIRMED = Fact("catalogue.watch_confirmed", STAFF, _("Somebody waits for it."), {"offer", "watch"})
BACK = Fact("catalogue.back", STAFF, _("It is there again; those who wait are told."), {"offer", "watches"})
STOCK_ASKED = Fact(
    "catalogue.stock_asked", STAFF, _("The shop was asked whether its stock is still true."), {"shop", "question"}
)
SYNONYM_SAID = Fact(
    "catalogue.synonym_said", STAFF, _("Words were said to mean the same."), {"synonym"}, changes_pages=True
)
SYNONYM_FORGOTTEN = Fact(
    "catalogue.synonym_forgotten", STAFF, _("Words no longer mean the same."), {"synonym"}, changes_pages=True
)
WISH_TOLD = Fact("catalogue.wish_told", STAFF, _("Shops were told what people look for."), {"wish", "category"})

GUARANTEE_WRITTEN = Fact(
    "catalogue.guarantee_written", STAFF, _("The notice of the legal guarantee was changed."), {"language", "verified"}, changes_pages=True
)  # fmt: skip
GRAPHIC_PUT_IN = Fact(
    "catalogue.graphic_put_in", STAFF, _("An official graphic was put in."), {"kind", "language", "sha256"}, changes_pages=True
)  # fmt: skip
GRAPHIC_SHOWN = Fact(
    "catalogue.graphic_shown", STAFF, _("An official graphic is shown, or no longer."), {"kind", "language", "shown"}, changes_pages=True
)  # fmt: skip
