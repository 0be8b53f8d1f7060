"""What the city pack says about reports: categories, standard answers, guidance. Staff may change it at the desk."""

from __future__ import annotations

from django.db import models

from stadtplatz.tickets.models.wording import in_language


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

    AUTOMATIC, BY_STAFF, NEVER = "automatic", "staff", "never"
    RELEASES = [(AUTOMATIC, AUTOMATIC), (BY_STAFF, BY_STAFF), (NEVER, NEVER)]

    helps = models.JSONField(default=dict)
    """One line under the name, by language."""
    picture = models.CharField(max_length=30, default="other")
    duty = models.CharField(max_length=80)
    first_answer_days = models.PositiveSmallIntegerField(default=3)
    done_days = models.PositiveSmallIntegerField(default=15)
    retention_days = models.PositiveSmallIntegerField(default=365)
    """Days after closing until nothing of the report leads to its reporter."""
    photo_days = models.PositiveSmallIntegerField(null=True, blank=True)
    """Days after closing until its photos are deleted; empty: together with the reporter's data."""
    delete_days = models.PositiveSmallIntegerField(null=True, blank=True)
    """Days after closing until the anonymous report is deleted, too; empty: it stays for statistics."""
    retention_source = models.CharField(max_length=300, blank=True)
    """What a rule set at the desk rests on; empty while the pack's holds."""
    keywords = models.JSONField(default=list)
    release = models.CharField(max_length=10, choices=RELEASES, default=BY_STAFF)
    """Who puts reports of this category before the public: nobody but the rule (text alone, masked), a person, or nobody at all."""
    accuses = models.BooleanField(default=False)
    """Reports of this kind point at people: nothing of them is public before a person has read it."""
    place_needed = models.BooleanField(default=True)
    """Whether a report of this kind is about some place."""
    nearby_metres = models.PositiveSmallIntegerField(default=50)
    """How near another report of this category may be the same thing; 0 where neighbours must not learn of each other."""
    nearby_days = models.PositiveSmallIntegerField(default=14)

    class Meta(FromPack.Meta):
        verbose_name_plural = "categories"

    @property
    def help(self) -> str:
        return in_language(self.helps)

    @property
    def released_automatically(self) -> bool:
        """Whether the masked text of such a report is public at once; never where it may point at people."""
        return self.release == self.AUTOMATIC and not self.accuses

    @property
    def picture_path(self) -> str:
        return f"tickets/pictures/{self.picture}.svg"


class ReplyTemplate(FromPack):
    """A standard answer of the city. `move` names the move it is meant for; empty for plain messages."""

    bodies = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)
    move = models.CharField(max_length=30, blank=True)

    def body(self, language: str | None = None) -> str:
        return in_language(self.bodies, language)


class Guidance(models.Model):
    """What the city says around reporting, by language: who helps outside the town, and in danger. One row."""

    outside = models.JSONField(default=dict)
    danger = models.JSONField(default=dict)

    open_data = models.JSONField(default=dict)
    """Under which licence public reports may be used: {licence, url, attribution}."""
    residents = models.JSONField(default=dict)
    """How many people live in the town and its parts, with source: {source, town, districts: {slug: number}}."""

    def __str__(self) -> str:
        return "guidance"

    @property
    def danger_text(self) -> str:
        return in_language(self.danger)
