"""What buyers and shops write to each other about an order."""

from django.db import models

from stadtplatz.orders.models.order import Order, OrderPart


class OrderMessage(models.Model):
    """Words about an order, read by the buyer and by the shop of `part`; without a part by all shops of the order."""

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="messages")
    part = models.ForeignKey(OrderPart, null=True, blank=True, on_delete=models.PROTECT, related_name="messages")
    from_buyer = models.BooleanField()
    unsure = models.BooleanField(default=False)
    """It came by mail as an answer to ours, but from another address than the one we wrote to."""
    body = models.TextField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(from_buyer=True) | models.Q(part__isnull=False), name="order_message_of_one_shop"
            )
        ]

    def __str__(self) -> str:
        return f"message {self.pk}"
