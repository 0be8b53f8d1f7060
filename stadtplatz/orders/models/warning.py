"""What buyers of something illegal were told (Art. 32 DSA): once for each decision, and for everybody where buyers are unknown."""

from django.db import models


class BuyersTold(models.Model):
    """The buyers of one offer of the last six months were told why it was taken down, by whom it was sold and what they can do."""

    matter = models.CharField(max_length=12, unique=True)
    """The number of the notice that was decided."""
    title = models.CharField(max_length=200)
    seller = models.CharField(max_length=460)
    """Name and address."""
    ground = models.CharField(max_length=300)
    facts = models.TextField()
    remedies = models.TextField()
    since = models.DateTimeField()
    """Who bought from then on is told."""
    orders = models.JSONField(default=list)
    """Ids of the orders whose buyers have a mail address."""
    told = models.PositiveIntegerField()
    unknown = models.PositiveIntegerField()
    """Orders without a mail address: for them the notice stands on a page."""
    told_by = models.CharField(max_length=40)
    told_at = models.DateTimeField()

    class Meta:
        ordering = ["-told_at"]

    def __str__(self) -> str:
        return self.matter
