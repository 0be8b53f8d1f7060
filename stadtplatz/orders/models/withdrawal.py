"""Declarations of withdrawal (§ 356a BGB). Written once, never changed."""

from django.db import models

from stadtplatz.kit.errands import Errand


class Withdrawal(Errand):
    """What somebody declared, when, and about which contract. `order` is empty when the typed number and address match none."""

    number_prefix = "W"

    order = models.ForeignKey(
        "orders.Order", null=True, blank=True, on_delete=models.PROTECT, related_name="withdrawals"
    )
    contract = models.CharField(max_length=80)
    """The contract as the person named it."""
    name = models.CharField(max_length=120)
    email = models.EmailField()
    what = models.TextField(blank=True)
    """Which goods, in the person's words; empty means all that can be withdrawn."""
    received_at = models.DateTimeField()
    language = models.CharField(max_length=5, default="de")

    def __str__(self) -> str:
        return self.number

    def save(self, *args, **kwargs):
        if self.pk is not None:
            raise RuntimeError("A withdrawal is written once and never changed.")
        super().save(*args, **kwargs)


class WithdrawnLine(models.Model):
    """One order line a withdrawal covers; a line can be withdrawn once."""

    withdrawal = models.ForeignKey(Withdrawal, on_delete=models.PROTECT, related_name="lines")
    line = models.OneToOneField("orders.OrderLine", on_delete=models.PROTECT, related_name="withdrawn")

    def __str__(self) -> str:
        return f"{self.withdrawal_id}: {self.line_id}"
