"""How an offer is booked."""

from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _


class Service(models.Model):
    """What an offer of the kind "service" needs to be booked: how long, by whom, how early, how late. Minutes are whole fives."""

    STEPS = [(5, _("every 5 minutes")), (10, _("every 10 minutes")), (15, _("every quarter of an hour")),
             (30, _("every half hour")), (60, _("every hour"))]  # fmt: skip

    offer = models.OneToOneField("catalogue.Offer", on_delete=models.CASCADE, related_name="service")
    resources = models.ManyToManyField("appointments.Resource", related_name="services")
    """Which calendars can do it; one of them is enough."""
    minutes = models.PositiveSmallIntegerField()
    before = models.PositiveSmallIntegerField(default=0)
    """Minutes that are kept free before it: to get ready."""
    after = models.PositiveSmallIntegerField(default=0)
    """Minutes that are kept free after it: to clean up."""
    step = models.PositiveSmallIntegerField(choices=STEPS, default=15)
    lead_hours = models.PositiveSmallIntegerField(default=2)
    """Not to be booked within so many hours."""
    horizon_weeks = models.PositiveSmallIntegerField(default=8)
    """Not to be booked more than so many weeks ahead."""
    cancel_hours = models.PositiveSmallIntegerField(default=24)
    """Can be moved and cancelled on its page until so many hours before."""
    ask_first = models.BooleanField(default=False)
    """Every booking is a request that the shop confirms."""
    is_open = models.BooleanField(default=True)
    """Off: cannot be booked at the moment."""
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(minutes__gte=5, minutes__lte=600), name="service_has_length"),
        ]

    def __str__(self) -> str:
        return f"{self.offer_id}: {self.minutes} min"

    @property
    def length(self) -> timedelta:
        """The time the customer is there."""
        return timedelta(minutes=self.minutes)

    @property
    def takes(self) -> int:
        """All minutes that are taken out of the calendar."""
        return self.before + self.minutes + self.after
