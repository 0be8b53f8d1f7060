"""What somebody asks a shop to make a price for. An answer is an invitation to the shop; a contract is made there, not here."""

from django.db import models
from django.db.models import Q

from stadtplatz.kit.errands import Errand
from stadtplatz.kit.fields import MoneyField
from stadtplatz.orders import quoting


class Quote(Errand):
    """A wish, and the price the shop names for it until a day. `quoting.py` says how `state` may change.

    Words and contact are emptied by a job; see `rules.QUOTE_KEPT`.
    """

    number_prefix = "P"

    shop = models.ForeignKey("shops.Shop", on_delete=models.PROTECT, related_name="quotes")
    offer = models.ForeignKey("catalogue.Offer", null=True, on_delete=models.SET_NULL, related_name="+")
    title = models.CharField(max_length=190)
    wish = models.TextField(blank=True)
    """What is needed, in the citizen's words."""
    guest = models.ForeignKey("accounts.Guest", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    person = models.ForeignKey("accounts.Person", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    """Set when somebody signed in asked."""
    language = models.CharField(max_length=5, default="de")

    state = models.CharField(max_length=10, choices=quoting.STATES, default=quoting.ASKED)
    state_since = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)
    asked_at = models.DateTimeField()
    price = MoneyField(null=True, blank=True)
    """Gross, for all that was asked for."""
    valid_until = models.DateField(null=True, blank=True)
    """The last day on which the price holds."""
    answer = models.TextField(blank=True)
    """What the shop writes with the price, or why it names none."""

    class Meta:
        indexes = [models.Index(fields=["shop", "state"]), models.Index(fields=["state", "valid_until"])]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=["offered", "accepted", "declined"])
                | Q(price__gte=0, valid_until__isnull=False),
                name="quote_offered_has_price_and_end",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to answer."""
        return self.state in quoting.OPEN
