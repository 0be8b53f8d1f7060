"""What people look for and do not find, passed on to shops."""

from django.db import models


class Wish(models.Model):
    """A word many searched for in vain, and the category whose shops were told of it. Nothing about who searched."""

    text = models.CharField(max_length=80)
    category = models.CharField(max_length=40)
    searches = models.PositiveIntegerField()
    """How often it was searched for in the four weeks before."""
    told_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["text", "-told_at"])]

    def __str__(self) -> str:
        return self.text
