"""What somebody with an account has marked to find again. Without an account it stands in a cookie; see catalogue.cookies."""

from django.db import models
from django.db.models import Q


class Favourite(models.Model):
    """One offer or one shop that a person has marked."""

    person = models.ForeignKey("accounts.Person", on_delete=models.CASCADE, related_name="favourites")
    offer = models.ForeignKey("catalogue.Offer", null=True, on_delete=models.CASCADE, related_name="+")
    shop = models.ForeignKey("shops.Shop", null=True, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(offer__isnull=True) ^ Q(shop__isnull=True), name="favourite_is_offer_or_shop"
            ),
            models.UniqueConstraint(fields=["person", "offer"], name="one_favourite_per_person_and_offer"),
            models.UniqueConstraint(fields=["person", "shop"], name="one_favourite_per_person_and_shop"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.offer_id or self.shop_id}"
