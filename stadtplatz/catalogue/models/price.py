"""What an offer cost when."""

from django.db import models

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
