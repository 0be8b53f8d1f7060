"""What a shop shows of itself beside its profile: pictures in an order, and the market days on which it has a stall."""

from django.db import models
from django.utils.dates import WEEKDAYS

from stadtplatz.kit import media, renditions
from stadtplatz.shops.models.shop import Shop


class ShopPicture(models.Model):
    """One picture of the shop's gallery, with words for those who do not see it."""

    shop = models.ForeignKey(Shop, on_delete=models.CASCADE, related_name="pictures")
    position = models.PositiveSmallIntegerField()
    picture = models.CharField(max_length=200)
    picture_small = models.CharField(max_length=200)
    preview = models.CharField(max_length=400, blank=True)
    """The picture in twenty pixels, shown while it is on its way; see kit.renditions."""
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    alt = models.CharField(max_length=160)
    """What can be seen, in words."""

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return f"picture {self.pk} of {self.shop_id}"

    @property
    def url(self) -> str:
        return media.public_url(self.picture)

    @property
    def small_url(self) -> str:
        return media.public_url(self.picture_small)

    @property
    def srcset(self) -> str:
        """The picture in every width, for a browser to choose from."""
        return renditions.srcset(self.picture)

    @property
    def preview_url(self) -> str:
        """What is shown while the picture is on its way."""
        return renditions.preview_url(self.preview)


class StallTime(models.Model):
    """A day of the week on which the shop stands on a market, as the shop itself says."""

    DAYS = list(WEEKDAYS.items())

    shop = models.ForeignKey(Shop, on_delete=models.CASCADE, related_name="stall_times")
    weekday = models.PositiveSmallIntegerField(choices=DAYS)
    """0 is Monday."""
    begins = models.TimeField()
    ends = models.TimeField()
    where = models.CharField(max_length=80)
    note = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["weekday", "begins", "pk"]
        constraints = [
            models.CheckConstraint(condition=models.Q(ends__gt=models.F("begins")), name="stall_ends_after_it_begins")
        ]

    def __str__(self) -> str:
        return f"{self.where} {self.weekday}"
