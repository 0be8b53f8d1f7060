"""Who works where: units in a tree, functions, the people in them, and their absences.

`from_pack` remembers the fingerprint of what the city pack last said about a row, so that a later load can tell
what staff have changed since (and leaves that alone). Empty: the row was made at the desk.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Unit(models.Model):
    """A part of the organisation: a department, an office, or a company of the city. `closed` units take nothing on."""

    DEPARTMENT, OFFICE, TEAM, COMPANY, BODY, COUNCIL = "department", "office", "team", "company", "body", "council"
    KINDS = [
        (DEPARTMENT, _("Department")),
        (OFFICE, _("Office")),
        (TEAM, _("Team")),
        (COMPANY, _("City company")),
        (BODY, _("Head of administration")),
        (COUNCIL, _("Council or committee")),
    ]

    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(_("Name"), max_length=120)
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="parts", verbose_name=_("Belongs to")
    )
    kind = models.CharField(_("Kind"), max_length=12, choices=KINDS, default=OFFICE)
    task = models.CharField(_("What it does"), max_length=300, blank=True)
    phone = models.CharField(_("Phone"), max_length=40, blank=True)
    email = models.EmailField(_("E-mail"), blank=True)
    address = models.CharField(_("Address"), max_length=200, blank=True)
    order = models.PositiveSmallIntegerField(_("Position in the list"), default=100)
    closed = models.BooleanField(_("Closed"), default=False)
    version = models.PositiveIntegerField(default=1)
    from_pack = models.CharField(max_length=64, blank=True, editable=False)

    class Meta:
        ordering = ["order", "name"]

    def __str__(self) -> str:
        return self.name


class Function(models.Model):
    """What somebody does in a unit, for example "road inspection". Shown to citizens instead of a name."""

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="functions")
    slug = models.SlugField(max_length=60)
    name = models.CharField(_("Name"), max_length=120)
    closed = models.BooleanField(_("Closed"), default=False)
    version = models.PositiveIntegerField(default=1)
    from_pack = models.CharField(max_length=64, blank=True, editable=False)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["unit", "slug"], name="function_once_per_unit")]

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """A person in a unit. `lead` and `admin` also reach into the units below; `admin` may edit the unit itself."""

    MEMBER, LEAD, ADMIN = "member", "lead", "admin"
    ROLES = [(MEMBER, _("Member")), (LEAD, _("Head")), (ADMIN, _("Administers the unit"))]

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="unit_memberships")
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(_("Role"), max_length=8, choices=ROLES, default=MEMBER)
    function = models.ForeignKey(
        Function, null=True, blank=True, on_delete=models.SET_NULL, related_name="holders", verbose_name=_("Function")
    )
    deputy = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("Deputy"),
    )
    """Who stands in whenever this person is away and the absence names nobody else."""
    named = models.BooleanField(_("Citizens read the name"), default=False)
    """The city publishes the name of whoever holds this post; otherwise citizens read unit and function."""
    ended = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)
    from_pack = models.CharField(max_length=64, blank=True, editable=False)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["person", "unit"], name="membership_once")]

    def __str__(self) -> str:
        return f"{self.person} ({self.unit})"


class Absence(models.Model):
    """A person is away from `starts_on` to `ends_on`, both days included. Why is nobody's business and not stored."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="absences")
    starts_on = models.DateField(_("First day"))
    ends_on = models.DateField(_("Last day"))
    deputy = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("Deputy"),
    )
    cancelled = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)
    from_pack = models.CharField(max_length=64, blank=True, editable=False)

    class Meta:
        ordering = ["starts_on", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="absence_ends_after_start"),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.starts_on} - {self.ends_on}"
