"""Duties: who answers for what, where and when. Written by `actions.duties` and `actions.plans`; read through `queries`."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection
from dataclasses import dataclass, fields
from datetime import time
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from stadtplatz.city.models.map import District, Street
from stadtplatz.city.models.organisation import Function, Unit

MAIN, LOCAL, WAY = "main", "local", "way"
ROADS: dict[str, Collection[str]] = {
    MAIN: ("motorway", "trunk", "primary", "secondary", "tertiary"),
    LOCAL: ("residential", "unclassified", "living_street", "road", "pedestrian"),
    WAY: ("service", "track", "footway", "path", "cycleway", "steps", "bridleway"),
}
"""The map's own words for roads, in the classes a town's rules know."""


@dataclass(frozen=True)
class Conditions:
    """Where and when a duty holds; what is empty does not narrow it down.

    `weekdays` are digits from 1 (Monday) to 7. Hours and seasons may run over midnight and over New Year; the end of the hours is
    not part of them, the last day of the season (`MM-DD`) is. `area` is a GeoJSON polygon.
    """

    district: District | None = None
    street: Street | None = None
    street_class: str = ""
    area: dict[str, Any] | None = None
    weekdays: str = ""
    from_time: time | None = None
    until_time: time | None = None
    season_from: str = ""
    season_until: str = ""


CONDITIONS = tuple(field.name for field in fields(Conditions))


class Duty(models.Model):
    """One rule: this unit answers for this. `code` is dotted from the general to the special (`roads`, `roads.pothole`); `*` is everything else.

    The conditions are those of `Conditions`. The person, if named, comes before the holder of the function, who comes before the head
    of the unit. A `planned` row does not hold yet: it stands beside the rule it `replaces`, or is new, until the plan is adopted; if it is
    `ended` as well, the plan is to end that rule.
    """

    EVERYTHING_ELSE = "*"
    STREET_CLASSES = [(MAIN, _("Main and through roads")), (LOCAL, _("Local streets")), (WAY, _("Paths and ways"))]

    code = models.CharField(_("Duty"), max_length=80, db_index=True)
    district = models.ForeignKey(
        District, null=True, blank=True, on_delete=models.CASCADE, related_name="duties", verbose_name=_("District")
    )
    street = models.ForeignKey(Street, null=True, blank=True, on_delete=models.CASCADE, related_name="duties")
    street_class = models.CharField(max_length=8, blank=True, choices=STREET_CLASSES)
    area = models.JSONField(null=True, blank=True)
    weekdays = models.CharField(max_length=7, blank=True)
    from_time = models.TimeField(null=True, blank=True)
    until_time = models.TimeField(null=True, blank=True)
    season_from = models.CharField(max_length=5, blank=True)
    season_until = models.CharField(max_length=5, blank=True)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="duties", verbose_name=_("Unit"))
    function = models.ForeignKey(
        Function, null=True, blank=True, on_delete=models.SET_NULL, related_name="duties", verbose_name=_("Function")
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="duties",
        verbose_name=_("Person"),
    )
    title = models.CharField(_("Title"), max_length=120, blank=True)
    ended = models.BooleanField(default=False)
    planned = models.BooleanField(default=False)
    replaces = models.ForeignKey("self", null=True, blank=True, on_delete=models.CASCADE, related_name="plans")
    signature = models.CharField(max_length=40, editable=False, default="")
    """A hash of the code and the conditions: no two rules that hold may have the same."""
    version = models.PositiveIntegerField(default=1)
    from_pack = models.CharField(max_length=64, blank=True, editable=False)

    class Meta:
        ordering = ["code", "district__name", "pk"]
        verbose_name_plural = "duties"
        constraints = [
            models.UniqueConstraint(
                fields=["signature"], condition=Q(ended=False, planned=False), name="one_rule_for_the_same"
            ),
            models.UniqueConstraint(fields=["replaces"], condition=Q(planned=True), name="one_plan_for_a_rule"),
        ]

    def __str__(self) -> str:
        return self.title or self.code

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.signature = signature_of(self.code, self.conditions)
        super().save(*args, **kwargs)

    @property
    def conditions(self) -> Conditions:
        return Conditions(**{name: getattr(self, name) for name in CONDITIONS})


def signature_of(code: str, conditions: Conditions) -> str:
    """The same for the same code under the same conditions, and for nothing else."""
    plain: list[Any] = [code]
    for name in CONDITIONS:
        value = getattr(conditions, name)
        plain.append(
            value.pk if isinstance(value, models.Model) else value.isoformat() if isinstance(value, time) else value
        )
    return hashlib.sha256(json.dumps(plain, sort_keys=True).encode()).hexdigest()[:40]
