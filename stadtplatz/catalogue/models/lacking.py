"""Offers on sale that lack what their category newly asks for: told to the shop once, and off sale after a day."""

from django.db import models


class LackingOffer(models.Model):
    """One offer, from the day its shop was told until it lacks nothing any more. What it lacks is worked out when it is asked."""

    offer = models.OneToOneField("catalogue.Offer", on_delete=models.CASCADE, related_name="lacking")
    shop = models.ForeignKey("shops.Shop", on_delete=models.CASCADE, related_name="+")
    told_at = models.DateTimeField()
    until = models.DateTimeField()
    """When it goes off sale."""
    off_since = models.DateTimeField(null=True, blank=True)
    off_version = models.PositiveIntegerField(default=0)
    """The version of the offer when it went off sale: if nobody touched it since, it comes back when the category asks for less again."""

    class Meta:
        indexes = [models.Index(fields=["off_since", "until"])]

    def __str__(self) -> str:
        return f"{self.offer_id} until {self.until}"
