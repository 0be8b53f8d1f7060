"""When the law asks for no unit price although something is sold by measure."""

from django.utils.translation import gettext_lazy as _

EXEMPT = [
    ("assorted", _("Different goods in one pack, not mixed")),
    ("service", _("Small shop or farm, handed out over the counter, own assortment")),
    ("in_service", _("Part of a service")),
    ("machine", _("From a vending machine")),
    ("tobacco", _("Chewing tobacco or snuff up to 25 g")),
    ("cosmetic", _("Cosmetics that only colour or beautify")),
    ("perfume", _("Perfume (3 % fragrance, 70 % alcohol)")),
]
"""Why the law asks for no unit price (§ 4 Abs. 3 Nr. 2 to 8 PAngV); less than 10 g or 10 ml (Nr. 1) is found by itself."""
