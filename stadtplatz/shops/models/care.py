"""What passes between a shop, its customers and the market desk: questions, help, and how often the page was opened."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from stadtplatz.shops.models.shop import Shop


class Enquiry(models.Model):
    """A question to a shop from its page; the answer goes out by mail."""

    shop = models.ForeignKey(Shop, on_delete=models.CASCADE, related_name="enquiries")
    contact = models.ForeignKey("accounts.Guest", null=True, on_delete=models.SET_NULL, related_name="+")
    text = models.TextField()
    created_at = models.DateTimeField()
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.CharField(max_length=40, blank=True)

    class Meta:
        indexes = [models.Index(fields=["shop", "answered_at"])]

    def __str__(self) -> str:
        return f"enquiry {self.pk} to {self.shop_id}"


class CareTask(models.Model):
    """Something the market desk does for a shop, with the day until which it is promised."""

    HELP, VISIT, PHOTOS = "help", "visit", "photos"
    KINDS = [(HELP, _("Help")), (VISIT, _("Visit")), (PHOTOS, _("Photos of the shop and its goods"))]

    shop = models.ForeignKey(Shop, on_delete=models.CASCADE, related_name="care")
    kind = models.CharField(max_length=8, choices=KINDS)
    text = models.TextField(blank=True)
    asked_by = models.CharField(max_length=40)
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()
    taken_by = models.CharField(max_length=40, blank=True)
    answer = models.TextField(blank=True)
    done_by = models.CharField(max_length=40, blank=True)
    done_at = models.DateTimeField(null=True, blank=True, db_index=True)

    def __str__(self) -> str:
        return f"{self.kind} for shop {self.shop_id}"


class DayCount(models.Model):
    """How often a shop's page was opened on a day, and from where. Numbers only: no person, no address, no word searched for."""

    VIEW, SEARCH = "view", "search"
    KINDS = [(VIEW, _("Page opened")), (SEARCH, _("Came from the search"))]

    shop = models.ForeignKey(Shop, on_delete=models.CASCADE, related_name="counts")
    day = models.DateField()
    kind = models.CharField(max_length=6, choices=KINDS)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shop", "day", "kind"], name="one_count_per_shop_day_and_kind")]

    def __str__(self) -> str:
        return f"{self.shop_id} {self.day} {self.kind}: {self.count}"
