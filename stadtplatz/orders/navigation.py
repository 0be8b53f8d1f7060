"""What orders add to the navigation."""

from django.utils.translation import gettext_lazy as _

from stadtplatz.kit.navigation import Entry

ENTRIES = [
    Entry("mine", 20, _("Basket"), "basket", icon="basket"),
    Entry("footer", 30, _("Withdraw from the contract"), "withdrawal"),
    Entry("footer", 31, _("Terms of order"), "order-terms"),
]
