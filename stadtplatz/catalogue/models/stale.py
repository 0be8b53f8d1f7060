"""Asking shops whether what they said about their stock is still true."""

from django.db import models


class StockQuestion(models.Model):
    """One mail's worth of offers whose stock nobody has counted for long. Kept to know when the shop was asked last."""

    shop = models.ForeignKey("shops.Shop", on_delete=models.CASCADE, related_name="stock_questions")
    offers = models.JSONField(default=list)
    """Ids, the longest uncounted first."""
    asked_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["shop", "-asked_at"])]

    def __str__(self) -> str:
        return f"{self.shop_id}: {len(self.offers)}"
