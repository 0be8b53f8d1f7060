"""The terms between the town's square and its sellers: versions that never change, and who accepted which."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class SellerTerms(models.Model):
    """One version. Written once; it holds from `effective_at` until the next one does."""

    number = models.PositiveIntegerField(unique=True)
    text = models.TextField()
    summary = models.TextField()
    """What is different, in plain words."""
    announced_at = models.DateTimeField()
    effective_at = models.DateTimeField()
    written_by = models.CharField(max_length=40)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(effective_at__gte=models.F("announced_at")),
                name="terms_hold_after_they_are_announced",
            )
        ]

    def __str__(self) -> str:
        return f"v{self.number}"

    def save(self, *args, **kwargs):
        if self.pk is not None:
            raise RuntimeError("A version of the terms is written once and never changed.")
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("seller-terms-version", args=[self.number])


class TermsAcceptance(models.Model):
    """A shop is bound by a version: somebody said so, or the shop stayed after the day it took effect."""

    EXPRESSLY, STAYED = "expressly", "stayed"
    WAYS = [(EXPRESSLY, _("accepted by a press")), (STAYED, _("stayed after it took effect"))]

    shop = models.ForeignKey("shops.Shop", on_delete=models.CASCADE, related_name="terms_accepted")
    terms = models.ForeignKey(SellerTerms, on_delete=models.PROTECT, related_name="acceptances")
    way = models.CharField(max_length=9, choices=WAYS)
    by = models.CharField(max_length=40)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shop", "terms"], name="terms_are_accepted_once")]

    def __str__(self) -> str:
        return f"{self.shop_id}: {self.terms_id}"
