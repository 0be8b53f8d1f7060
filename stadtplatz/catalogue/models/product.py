"""What several shops offer alike: one barcode, one description."""

from django.db import models
from django.urls import reverse

from stadtplatz.catalogue import categories, units, vat
from stadtplatz.kit import media


class Product(models.Model):
    """The thing behind a barcode as the first shop described it. Price, stock and seller belong to each shop's own offer."""

    gtin = models.CharField(max_length=14, unique=True)
    title = models.CharField(max_length=120)
    brand = models.CharField(max_length=80, blank=True)
    category = models.CharField(max_length=40)
    description = models.TextField(blank=True)
    vat_class = models.CharField(max_length=12, choices=vat.CLASSES, default=vat.STANDARD)
    content_amount = models.DecimalField(max_digits=10, decimal_places=3, null=True, blank=True)
    content_unit = models.CharField(max_length=6, choices=units.CHOICES, blank=True)
    drained_amount = models.DecimalField(max_digits=10, decimal_places=3, null=True, blank=True)
    withdrawal = models.CharField(max_length=14, blank=True)
    age_limit = models.PositiveSmallIntegerField(default=0)
    food_info = models.TextField(blank=True)
    allergens = models.CharField(max_length=300, blank=True)
    particulars = models.JSONField(default=dict, blank=True)
    picture = models.CharField(max_length=200, blank=True)
    """Path of a picture a shop sent; the file belongs to that shop's offer."""

    def __str__(self) -> str:
        return f"{self.title} ({self.gtin})"

    def get_absolute_url(self) -> str:
        return reverse("product", args=[self.gtin])

    @property
    def picture_url(self) -> str:
        """The picture, or the one drawn for the category."""
        return media.public_url(self.picture) or categories.drawing_of(self.category)
