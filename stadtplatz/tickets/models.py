"""Reports of citizens: the report itself on top of a case, the categories of the city, and drafts that are not sent yet."""

from __future__ import annotations

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from stadtplatz.cases.models import Case
from stadtplatz.kit import codes


def in_language(texts: dict[str, str], language: str | None = None) -> str:
    """The text in this language (default: the page's), else in German, else whatever there is."""
    wanted = (language or get_language() or "de")[:2]
    return texts.get(wanted) or texts.get("de") or next(iter(texts.values()), "")


class FromPack(models.Model):
    """A row of the city pack; `from_pack` is what the pack last said, so that changes made by staff are left alone."""

    code = models.SlugField(max_length=40, unique=True)
    names = models.JSONField(default=dict)
    order = models.PositiveSmallIntegerField(default=100)
    active = models.BooleanField(default=True)
    from_pack = models.CharField(max_length=64, blank=True, editable=False)

    class Meta:
        abstract = True
        ordering = ["order", "code"]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return in_language(self.names)


class Category(FromPack):
    """What a report can be about. Deadlines are working days; `retention_days` counts from the day of closing."""

    helps = models.JSONField(default=dict)
    """One line under the name, by language."""
    picture = models.CharField(max_length=30, default="other")
    duty = models.CharField(max_length=80)
    first_answer_days = models.PositiveSmallIntegerField(default=3)
    done_days = models.PositiveSmallIntegerField(default=15)
    retention_days = models.PositiveSmallIntegerField(default=365)
    keywords = models.JSONField(default=list)

    class Meta(FromPack.Meta):
        verbose_name_plural = "categories"

    @property
    def help(self) -> str:
        return in_language(self.helps)

    @property
    def picture_path(self) -> str:
        return f"tickets/pictures/{self.picture}.svg"


class ReplyTemplate(FromPack):
    """A standard answer of the city. `move` names the move it is meant for; empty for plain messages."""

    bodies = models.JSONField(default=dict)
    move = models.CharField(max_length=30, blank=True)

    def body(self, language: str) -> str:
        return in_language(self.bodies, language)


class Guidance(models.Model):
    """What the city says around reporting, by language: who helps outside the town, and in danger. One row."""

    outside = models.JSONField(default=dict)
    danger = models.JSONField(default=dict)

    def __str__(self) -> str:
        return "guidance"


class Ticket(models.Model):
    """A report: what somebody wrote about something, on top of the case that carries it."""

    case = models.OneToOneField(Case, on_delete=models.CASCADE, related_name="ticket")
    category = models.ForeignKey(Category, on_delete=models.PROTECT, related_name="tickets")
    text = models.TextField()
    place_note = models.CharField(max_length=200, blank=True)
    duplicate_of = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="duplicates")
    reopened_at = models.DateTimeField(null=True)
    """When the reporter opened it again; possible once."""
    sent_once = models.CharField(max_length=64, unique=True, null=True)
    """Key of the sending: the same form sent twice is one report."""
    anonymised_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["category", "case"])]

    def __str__(self) -> str:
        return str(self.case)

    @property
    def title(self) -> str:
        """The first words of the report, for lists."""
        words = " ".join(self.text.split())
        return words if len(words) <= 80 else words[:79].rsplit(" ", 1)[0] + " …"


class Draft(models.Model):
    """A report that is still being written. Whoever holds the token may go on; it is deleted when `expires_at` has come."""

    token = models.CharField(max_length=32, unique=True, default=codes.new_secret, editable=False)
    text = models.TextField(blank=True)
    lon = models.FloatField(null=True)
    lat = models.FloatField(null=True)
    place_label = models.CharField(max_length=200, blank=True)
    place_note = models.CharField(_("Where exactly?"), max_length=200, blank=True)
    category = models.ForeignKey(Category, null=True, on_delete=models.SET_NULL, related_name="+")
    language = models.CharField(max_length=5, default="de")
    ticket = models.ForeignKey(Ticket, null=True, on_delete=models.CASCADE, related_name="+")
    """The report it became."""
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"draft {self.pk}"

    @property
    def place(self) -> tuple[float, float] | None:
        return None if self.lon is None or self.lat is None else (self.lon, self.lat)


class DraftPhoto(models.Model):
    """A picture that was checked and kept, waiting for its report to be sent."""

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="photos")
    path = models.CharField(max_length=200)
    small_path = models.CharField(max_length=200)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    lon = models.FloatField(null=True)
    lat = models.FloatField(null=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"photo {self.pk}"
