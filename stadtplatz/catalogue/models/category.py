"""The tree of goods as this town has it: loaded from the pack, changed by the operator."""

from django.db import models


class CategoryEntry(models.Model):
    """One category. What it does not say of itself (`own`) it has from the one above; see `catalogue.categories`."""

    code = models.CharField(max_length=40, unique=True)
    """What offers keep. Never changes."""
    slug = models.SlugField(max_length=80, unique=True)
    parent = models.CharField(max_length=40, blank=True)
    order = models.PositiveIntegerField(default=0)
    de = models.CharField(max_length=80)
    en = models.CharField(max_length=80)
    own = models.JSONField(default=dict, blank=True)
    """What it says itself of categories.INHERITED, by name."""
    google = models.PositiveIntegerField(default=0)
    words = models.JSONField(default=list, blank=True)
    successor = models.CharField(max_length=40, blank=True)
    """The code of the category that took its place; with one, it is no longer in use."""
    version = models.PositiveIntegerField(default=1)
    from_pack = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ("order", "pk")

    def __str__(self) -> str:
        return self.de


class CategoryAddress(models.Model):
    """A word that stood in a category's address once and still leads to it."""

    slug = models.SlugField(max_length=80, unique=True)
    code = models.CharField(max_length=40)

    def __str__(self) -> str:
        return f"{self.slug} -> {self.code}"
