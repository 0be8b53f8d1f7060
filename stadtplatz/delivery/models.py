"""Where goods are handed over, and when: pick-up points with their collection slots."""

from django.db import models


class PickupPoint(models.Model):
    """A counter at which people collect what they ordered. `shop` is empty for a common point of several shops."""

    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=120)
    shop = models.ForeignKey(
        "shops.Shop", null=True, blank=True, on_delete=models.CASCADE, related_name="pickup_points"
    )
    street = models.CharField(max_length=120, blank=True)
    postcode = models.CharField(max_length=10, blank=True)
    town = models.CharField(max_length=80, blank=True)
    lon = models.FloatField(null=True, blank=True)
    lat = models.FloatField(null=True, blank=True)
    note = models.CharField(max_length=300, blank=True)
    """How to find the counter, in the shop's own words."""
    slot_minutes = models.PositiveSmallIntegerField(default=60)
    slot_capacity = models.PositiveSmallIntegerField(default=6)
    """How many orders one slot takes."""
    notice_minutes = models.PositiveSmallIntegerField(default=120)
    """An order must come in at least this long before its slot begins, so that there is time to pack."""
    days_ahead = models.PositiveSmallIntegerField(default=7)
    is_open = models.BooleanField(default=True)
    """Closed points keep their slots but offer none."""
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(slot_minutes__gte=15, slot_minutes__lte=480), name="pickup_slot_minutes_sensible"
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def address(self) -> str:
        """Street, postcode and town on one line."""
        return ", ".join(part for part in (self.street, f"{self.postcode} {self.town}".strip()) if part)


class Slot(models.Model):
    """A span of time at a pick-up point. How many orders still fit is the pool `slot:<id>`."""

    pickup_point = models.ForeignKey(PickupPoint, on_delete=models.CASCADE, related_name="slots")
    starts_at = models.DateTimeField(db_index=True)
    ends_at = models.DateTimeField()
    capacity = models.PositiveSmallIntegerField()
    """What was supplied to the pool; 0 for a slot that no longer takes orders."""

    class Meta:
        ordering = ["starts_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["pickup_point", "starts_at", "ends_at"], name="one_slot_per_point_and_span"
            ),
            models.CheckConstraint(condition=models.Q(ends_at__gt=models.F("starts_at")), name="slot_ends_after_start"),
        ]

    def __str__(self) -> str:
        return f"{self.pickup_point_id} {self.starts_at:%Y-%m-%d %H:%M}"

    @property
    def pool_key(self) -> str:
        return f"slot:{self.pk}"
