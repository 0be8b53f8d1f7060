"""How many days the law, or the town, gives for something. Numbers and sources are the town's to edit."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class NoticePeriod(models.Model):
    """One number of days with the source it rests on. It holds for what begins from now on."""

    TERMS, LACKING = "terms", "lacking"
    CODES = [
        (TERMS, _("New terms for sellers are announced so many days before they take effect, at least")),
        (LACKING, _("Offers that lack something their category newly asks for go off sale after so many days")),
    ]

    code = models.CharField(max_length=10, choices=CODES, unique=True)
    days = models.PositiveSmallIntegerField()
    source = models.CharField(max_length=300)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.code}: {self.days}"
