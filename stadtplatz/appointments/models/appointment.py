"""Appointments. What was agreed is copied here; later changes of the service do not touch it."""

from datetime import datetime, timedelta

from django.db import models

from stadtplatz.appointments import flow
from stadtplatz.kit.errands import Errand
from stadtplatz.kit.fields import MoneyField


class Appointment(Errand):
    """Somebody comes at a time. `flow.py` says how `state` may change; the time itself is booked in `hold`."""

    number_prefix = "T"

    shop = models.ForeignKey("shops.Shop", on_delete=models.PROTECT, related_name="appointments")
    service = models.ForeignKey(
        "appointments.Service", null=True, on_delete=models.SET_NULL, related_name="appointments"
    )
    resource = models.ForeignKey("appointments.Resource", on_delete=models.PROTECT, related_name="appointments")
    wanted = models.BooleanField(default=False)
    """Whether the customer chose this very resource, or whoever is free."""

    title = models.CharField(max_length=120)
    price = MoneyField(null=True)
    """As shown when it was booked; paid in the shop."""
    minutes = models.PositiveSmallIntegerField()
    before = models.PositiveSmallIntegerField(default=0)
    after = models.PositiveSmallIntegerField(default=0)
    cancel_hours = models.PositiveSmallIntegerField(default=0)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    state = models.CharField(max_length=9, choices=flow.STATES, default=flow.BOOKED)
    state_since = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)
    """Also the SEQUENCE of calendars that show it."""
    hold = models.OneToOneField("pools.Hold", null=True, on_delete=models.SET_NULL, related_name="+")
    """The booked five minutes; none once they were given back or forgotten."""

    guest = models.ForeignKey(
        "accounts.Guest", null=True, blank=True, on_delete=models.SET_NULL, related_name="appointments"
    )
    person = models.ForeignKey(
        "accounts.Person", null=True, blank=True, on_delete=models.SET_NULL, related_name="appointments"
    )
    """Set when the customer was signed in."""
    contact_key = models.CharField(max_length=40, blank=True, db_index=True)
    """Keyed hash of mail or phone, for the caps; empty after erasure and for what the shop entered itself."""
    form_key = models.CharField(max_length=32, null=True, unique=True)
    """Of the form that was sent; a second sending of it makes no second appointment."""
    by_shop = models.BooleanField(default=False)
    """Entered by the shop, after a call or at the counter."""
    language = models.CharField(max_length=5, default="de")
    note = models.CharField(max_length=500, blank=True)
    """The customer's words."""
    reason = models.CharField(max_length=500, blank=True)
    """Why the shop declined, moved or cancelled, in its own words."""
    remind = models.BooleanField(default=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    placed_at = models.DateTimeField(db_index=True)
    forgotten_at = models.DateTimeField(null=True, blank=True)
    """When contact and words were deleted, some time after it was over."""

    class Meta:
        indexes = [
            models.Index(fields=["shop", "starts_at"]),
            models.Index(fields=["resource", "starts_at"]),
            models.Index(fields=["state", "starts_at"]),
            models.Index(fields=["guest", "-placed_at"]),
            models.Index(fields=["person", "-placed_at"]),
        ]
        constraints = [
            models.CheckConstraint(condition=models.Q(ends_at__gt=models.F("starts_at")), name="appointment_ends_after")
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def is_open(self) -> bool:
        """Whether it is still to come, or asked for."""
        return self.state in flow.OPEN

    @property
    def change_until(self) -> datetime:
        """Until when the customer can move or cancel it on its page."""
        return self.starts_at - timedelta(hours=self.cancel_hours)

    @property
    def customer(self) -> str:
        """The name the shop knows; empty once it was erased."""
        return self.guest.name if self.guest else ""
