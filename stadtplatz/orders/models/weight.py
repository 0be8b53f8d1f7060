"""A question to the buyer: the scales show more than may be charged. May the shop charge it?"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from stadtplatz.kit.fields import MoneyField


class WeightQuestion(models.Model):
    """Asked once for each weighing of a line. Only a yes, in time, lifts the price above the bound; see actions.consent."""

    OPEN, YES, NO, LATE, DROPPED = "", "yes", "no", "late", "dropped"
    ANSWERS = [
        (OPEN, _("not answered yet")),
        (YES, _("the customer agreed")),
        (NO, _("the customer did not agree")),
        (LATE, _("no answer in time")),
        (DROPPED, _("no longer asked")),
    ]

    line = models.ForeignKey("orders.OrderLine", on_delete=models.PROTECT, related_name="questions")
    grams = models.PositiveIntegerField()
    """What the scales showed."""
    price = MoneyField()
    """What so much costs in full: the price that a yes makes final."""
    bound = MoneyField()
    """What is charged without a yes."""
    asked_at = models.DateTimeField()
    asked_by = models.CharField(max_length=40)
    until = models.DateTimeField()
    answer = models.CharField(max_length=7, choices=ANSWERS, blank=True, default=OPEN)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["answer", "until"])]
        constraints = [
            models.UniqueConstraint(fields=["line"], condition=Q(answer=""), name="one_open_question_of_a_weight"),
            models.CheckConstraint(condition=Q(price__gt=models.F("bound")), name="only_more_than_the_bound_is_asked"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.line_id}: {self.grams} g {self.answer}"
