"""Bounded quantities. Invariant of every pool: supplied = available + held + booked."""

from django.db import models


class Pool(models.Model):
    """A quantity of something scarce, known by a key such as `stock:17` or `slot:204`."""

    key = models.CharField(max_length=80, unique=True)
    supplied = models.IntegerField(default=0)
    available = models.IntegerField(default=0)
    held = models.IntegerField(default=0)
    booked = models.IntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(available__gte=0, held__gte=0, booked__gte=0), name="pool_not_negative"
            ),
            models.CheckConstraint(
                condition=models.Q(supplied=models.F("available") + models.F("held") + models.F("booked")),
                name="pool_balanced",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key}: {self.available}/{self.supplied}"


class Hold(models.Model):
    """Quantities taken out of one or more pools at once, until an end; then confirmed as a booking or given back."""

    HELD, BOOKED, RELEASED = "held", "booked", "released"

    state = models.CharField(max_length=8, default=HELD)
    contact = models.CharField(max_length=80, blank=True, db_index=True)
    """Who is counted for the cap: a pseudonymous key, never an address; forgotten when the hold ends."""
    until = models.DateTimeField()
    extensions = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["state", "until"])]

    def __str__(self) -> str:
        return f"hold {self.pk} ({self.state})"


class HoldLine(models.Model):
    """How much of one pool a hold took. `returned` counts what went back after booking (cancellation of a part)."""

    hold = models.ForeignKey(Hold, on_delete=models.CASCADE, related_name="lines")
    pool = models.ForeignKey(Pool, on_delete=models.PROTECT)
    quantity = models.PositiveIntegerField()
    returned = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["hold", "pool"], name="one_line_per_pool_and_hold")]

    def __str__(self) -> str:
        return f"{self.quantity} of {self.pool_id}"
