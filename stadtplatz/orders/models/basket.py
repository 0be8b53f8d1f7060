"""What somebody is about to order. Nothing here is promised; the hold of a checkout is."""

from django.db import models

from stadtplatz.kit import codes
from stadtplatz.kit.fields import MoneyField


class Basket(models.Model):
    """Goods of one browser, found by the secret in its cookie. Forgotten 30 days after the last change."""

    secret = models.CharField(max_length=32, unique=True, default=codes.new_secret, editable=False)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"basket {self.pk}"


class BasketLine(models.Model):
    """One offer in a basket, with the price its owner has seen and accepted."""

    basket = models.ForeignKey(Basket, on_delete=models.CASCADE, related_name="lines")
    offer = models.ForeignKey("catalogue.Offer", on_delete=models.CASCADE, related_name="+")
    quantity = models.PositiveSmallIntegerField()
    price = MoneyField()
    deposit = MoneyField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["basket", "offer"], name="one_line_per_basket_and_offer"),
            models.CheckConstraint(condition=models.Q(quantity__gte=1), name="basket_quantity_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} x {self.offer_id}"


class Checkout(models.Model):
    """What was typed on the way to the order button, and the hold that keeps goods and slots meanwhile. One per basket.

    Deleted with the order; `key` stays in the order, so that a second click finds it.
    """

    basket = models.OneToOneField(Basket, on_delete=models.CASCADE, related_name="checkout")
    key = models.CharField(max_length=32, unique=True, default=codes.new_secret, editable=False)
    name = models.CharField(max_length=120, blank=True)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    hold = models.ForeignKey("pools.Hold", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    def __str__(self) -> str:
        return f"checkout {self.pk}"


class SlotChoice(models.Model):
    """The slot chosen for the goods of one shop."""

    checkout = models.ForeignKey(Checkout, on_delete=models.CASCADE, related_name="choices")
    shop = models.ForeignKey("shops.Shop", on_delete=models.CASCADE, related_name="+")
    slot = models.ForeignKey("delivery.Slot", on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["checkout", "shop"], name="one_slot_per_checkout_and_shop")]

    def __str__(self) -> str:
        return f"{self.checkout_id}: {self.slot_id}"
