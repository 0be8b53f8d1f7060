"""What a shop puts aside for somebody who has bought nothing: a hold with an end, and no contract."""

from django.db import models
from django.db.models import Q

from stadtplatz.kit.errands import Errand
from stadtplatz.kit.fields import MoneyField
from stadtplatz.kit.money import Money
from stadtplatz.orders import reserving


class Reservation(Errand):
    """Some pieces of one offer, put aside until a moment. `reserving.py` says how `state` may change. Nobody owes anybody anything.

    Contact, person and keys are emptied by a job; see `rules.CONTACT_KEPT` and `rules.NO_SHOW_KEPT`.
    """

    number_prefix = "Z"

    NOT_ASKED, ASKED, GRANTED, DECLINED = "", "asked", "granted", "declined"
    LONGER = [(NOT_ASKED, "not asked"), (ASKED, "asked"), (GRANTED, "granted"), (DECLINED, "declined")]

    shop = models.ForeignKey("shops.Shop", on_delete=models.PROTECT, related_name="reservations")
    offer = models.ForeignKey("catalogue.Offer", null=True, on_delete=models.SET_NULL, related_name="+")
    stock_key = models.CharField(max_length=80)
    """The pool the pieces came from and go back to."""
    title = models.CharField(max_length=190)
    content = models.CharField(max_length=40, blank=True)
    price = MoneyField()
    """Gross, for one, as it stood on the page; nothing is owed, and the shop's till decides."""
    unit_price = models.CharField(max_length=60, blank=True)
    quantity = models.PositiveSmallIntegerField()
    age_limit = models.PositiveSmallIntegerField(default=0)
    hold = models.OneToOneField("pools.Hold", on_delete=models.PROTECT, related_name="+")

    guest = models.ForeignKey("accounts.Guest", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    person = models.ForeignKey("accounts.Person", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    """Set when somebody signed in had it put aside."""
    contact_key = models.CharField(max_length=40, blank=True, db_index=True)
    """Keyed hash of the mail address, or of the network address if none was given, for the caps."""
    language = models.CharField(max_length=5, default="de")

    state = models.CharField(max_length=10, choices=reserving.STATES, default=reserving.HELD)
    state_since = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)
    made_at = models.DateTimeField()
    until = models.DateTimeField()
    longer = models.CharField(max_length=8, choices=LONGER, default=NOT_ASKED, blank=True)
    """Whether more time was asked for, which can be done once, and what the shop said."""
    collection_code = models.CharField(max_length=6)
    reason = models.TextField(blank=True)
    """Why the shop does not have it, in its own words."""
    no_show = models.BooleanField(default=False)
    """It lay ready and nobody came; see `rules.NO_SHOW_KEPT`."""

    class Meta:
        indexes = [models.Index(fields=["shop", "state", "until"]), models.Index(fields=["state", "until"])]
        constraints = [
            models.CheckConstraint(condition=Q(quantity__gte=1), name="reservation_quantity_positive"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def amount(self) -> Money:
        """What all pieces cost at the shown price."""
        return self.price * self.quantity

    @property
    def is_open(self) -> bool:
        """Whether something still lies aside."""
        return self.state in reserving.OPEN
