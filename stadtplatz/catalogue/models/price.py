"""What an offer cost when."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from stadtplatz.catalogue.models.offer import Offer
from stadtplatz.kit.fields import MoneyField


class PriceInterval(models.Model):
    """One price as long as it was in force, that is: shown to customers. The open one has no end."""

    offer = models.ForeignKey(Offer, on_delete=models.CASCADE, related_name="prices")
    price = MoneyField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["offer", "starts_at"])]
        constraints = [
            models.UniqueConstraint(
                fields=["offer"], condition=models.Q(ends_at__isnull=True), name="one_price_in_force_per_offer"
            ),
            models.CheckConstraint(
                condition=models.Q(ends_at__isnull=True) | models.Q(ends_at__gte=models.F("starts_at")),
                name="price_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.offer_id}: {self.price} from {self.starts_at}"


class PlannedPrice(models.Model):
    """From `at` on the offer is to cost this. A job makes the switch; one moment has one price."""

    WAITING, DONE, PLAIN, PASSED = "waiting", "done", "plain", "passed"
    STATES = [
        (WAITING, _("planned")),
        (DONE, _("in force since then")),
        (PLAIN, _("in force since then, without announcing a reduction")),
        (PASSED, _("passed over: a later one was due already")),
    ]

    offer = models.ForeignKey(Offer, on_delete=models.CASCADE, related_name="planned_prices")
    at = models.DateTimeField()
    price = MoneyField()
    announce = models.BooleanField(default=False)
    state = models.CharField(max_length=8, choices=STATES, default=WAITING)
    ends = models.OneToOneField("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="begin")
    """The switch this one ends: both belong to one special offer."""

    class Meta:
        indexes = [models.Index(fields=["state", "at"])]
        constraints = [
            models.UniqueConstraint(fields=["offer", "at"], name="one_planned_price_per_moment"),
            models.CheckConstraint(condition=models.Q(price__gt=0), name="planned_price_above_zero"),
        ]

    def __str__(self) -> str:
        return f"{self.offer_id}: {self.price} from {self.at}"
