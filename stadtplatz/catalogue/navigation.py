"""Where the market stands in the navigation."""

from django.utils.translation import gettext_lazy as _

from stadtplatz.catalogue.queries.guarantee import graphics_missing
from stadtplatz.kit.navigation import Entry
from stadtplatz.shops import rules as shop_rules

ENTRIES = [
    Entry(area="square", order=10, label=_("Shopping"), url_name="market", icon="basket"),
    Entry(
        area="desk",
        order=42,
        label=_("Categories"),
        url_name="desk-categories",
        icon="basket",
        shown=shop_rules.may_decide,
    ),
    Entry(area="footer", order=20, label=_("Marked"), url_name="marked"),
    Entry(area="footer", order=22, label=_("Legal guarantee"), url_name="guarantee"),
    Entry(
        area="desk",
        order=44,
        label=_("Legal guarantee"),
        url_name="desk-guarantee",
        icon="check",
        shown=shop_rules.may_decide,
        count=graphics_missing,
    ),
    Entry(
        area="desk", order=43, label=_("Searches"), url_name="desk-searches", icon="search", shown=shop_rules.may_decide
    ),
]
