"""Notices about content, the matter that joins those about the same thing, what was decided and who complained."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from stadtplatz.kit import codes
from stadtplatz.kit.errands import Errand


class Ground(models.Model):
    """One kind of notice that people choose from, with the law it rests on. The town edits this list."""

    code = models.SlugField(max_length=30, unique=True)
    name = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120, blank=True)
    source = models.CharField(max_length=200)
    """The law or rule behind it, as the desk and the statement of reasons name it."""
    working_days = models.PositiveSmallIntegerField(default=7)
    """Until when the desk decides."""
    contact_needed = models.BooleanField(default=True)
    """Whether name and mail address belong to the notice: always (Art. 16 (2) (c) DSA), but not for offences against children."""
    active = models.BooleanField(default=True)
    position = models.PositiveSmallIntegerField(default=100)

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The name in the reader's language."""
        return self.name_en if self.name_en and (get_language() or "de").startswith("en") else self.name


class Matter(models.Model):
    """All notices about one piece of content until it is decided: the case, and which content it is."""

    case = models.OneToOneField("cases.Case", on_delete=models.CASCADE, related_name="matter")
    kind = models.CharField(max_length=20)
    """Which table the content is from, in the word of its own domain: `offer`, `shop`, `place`."""
    key = models.CharField(max_length=40)
    owner = models.CharField(max_length=60, blank=True, db_index=True)
    """Who answers for the content, as kind and key (`shop:3`); empty where nobody does."""
    title = models.CharField(max_length=200)
    url = models.CharField(max_length=300)
    waiting = models.BooleanField(default=True)
    """Whether it still waits for its first decision: so long, notices about the same content join it."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "key"], condition=Q(waiting=True), name="one_waiting_matter_of_a_content")
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.kind}:{self.key}"

    @property
    def content(self) -> str:
        return f"{self.kind}:{self.key}"

    def get_desk_url(self) -> str:
        """Where the desk decides: a page of the content's own domain, which can restrict it."""
        return reverse(f"desk-notice-{self.kind}", args=[self.case.number])


class ContentNotice(Errand):
    """What somebody told the town about content (Art. 16 DSA), with a number and a secret link of their own."""

    number_prefix = "M"

    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="notices")
    ground = models.ForeignKey(Ground, on_delete=models.PROTECT, related_name="+")
    explanation = models.TextField()
    snapshot: models.JSONField[Any, Any] = models.JSONField(default=dict)
    """The content as it was when the notice came: title, url, owner_name, lines of label and words."""
    picture = models.CharField(max_length=200, blank=True)
    """A copy of the content's picture as it was, in private media."""
    photo = models.ForeignKey("cases.CaseDocument", null=True, on_delete=models.SET_NULL, related_name="+")
    """What the notifier added."""
    contact = models.ForeignKey("accounts.Guest", null=True, on_delete=models.SET_NULL, related_name="+")
    person = models.ForeignKey("accounts.Person", null=True, on_delete=models.SET_NULL, related_name="+")
    good_faith_at = models.DateTimeField()
    """When the notifier declared to believe in good faith that this is right and complete (Art. 16 (2) (d) DSA)."""
    received_at = models.DateTimeField()
    language = models.CharField(max_length=12, default="de")
    sender = models.CharField(max_length=40, blank=True, db_index=True)
    """Who gave it, as a keyed hash of the mail address; it outlives the address by half a year, so that misuse can be counted."""
    unfounded = models.BooleanField(default=False)
    """Manifestly unfounded, as the decision says; counted for each notifier (Art. 23 (2) DSA)."""

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["received_at"])]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("notice-page", args=[self.secret])


class Statement(models.Model):
    """A decision with its reasons (Art. 17 DSA). On a complaint it is somebody else's than the one complained about."""

    RESTRICTED, KEPT = "restricted", "kept"
    OUTCOMES = [(RESTRICTED, _("No longer shown")), (KEPT, _("Stays visible"))]
    LAW, TERMS = "law", "terms"
    BASES = [(LAW, _("It breaks a law")), (TERMS, _("It breaks the terms of use"))]

    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="statements")
    outcome = models.CharField(max_length=10, choices=OUTCOMES)
    basis_kind = models.CharField(max_length=5, choices=BASES, blank=True)
    basis = models.CharField(max_length=300, blank=True)
    """The provision or the clause."""
    facts = models.TextField()
    """What was found, and why the provision applies to it."""
    manifest = models.BooleanField(default=False)
    """Whether it was plain to anybody that the content breaks a law; counted for whoever answers for it (Art. 23 (1) DSA)."""
    automated = models.BooleanField(default=False)
    """Whether a machine found the content or took the decision. Nothing here does; kept because the law asks for the answer."""
    decided_by = models.CharField(max_length=40)
    decided_at = models.DateTimeField()
    against_by = models.CharField(max_length=40, blank=True)
    """Who took the decision that was complained about; empty without a complaint."""

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(decided_by=F("against_by")), name="complaint_about_content_decided_by_other")
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.outcome} {self.pk}"


class Complaint(models.Model):
    """One side says that a decision is wrong (Art. 20 DSA). Answered by the next statement."""

    NOTIFIER, OWNER = "notifier", "owner"
    SIDES = [(NOTIFIER, _("who gave notice")), (OWNER, _("who answers for the content"))]

    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="complaints")
    against = models.ForeignKey(Statement, on_delete=models.CASCADE, related_name="complaints")
    answer = models.OneToOneField(Statement, null=True, on_delete=models.SET_NULL, related_name="answered")
    side = models.CharField(max_length=8, choices=SIDES)
    notice = models.ForeignKey(ContentNotice, null=True, on_delete=models.SET_NULL, related_name="complaints")
    text = models.TextField()
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["matter"], condition=Q(answer=None), name="one_open_complaint_about_content"),
            models.UniqueConstraint(
                fields=["matter", "side"], condition=Q(side="owner"), name="one_complaint_of_the_owner"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"complaint {self.pk} of {self.side}"


class MisuseRule(models.Model):
    """From when on somebody may be warned and shut out, for one side. The town edits it; everybody can read it (Art. 23 (4) DSA)."""

    OWNER, NOTIFIER = "owner", "notifier"
    SIDES = [(OWNER, _("who shows illegal content")), (NOTIFIER, _("who gives notice without ground"))]

    side = models.CharField(max_length=8, choices=SIDES, unique=True)
    cases = models.PositiveSmallIntegerField(default=3)
    """How many manifest cases within `months` are frequent. Fewer are no ground for anything."""
    months = models.PositiveSmallIntegerField(default=12)
    longest_days = models.PositiveSmallIntegerField(default=90)
    """For how long at most somebody is shut out at once."""
    source = models.CharField(max_length=200)
    text = models.TextField()
    """The rule in words, with examples, as everybody reads it."""

    class Meta:
        ordering = ["-side"]

    def __str__(self) -> str:
        return self.side


class Measure(models.Model):
    """A warning, or a suspension for a time, decided by a person about one shop or one sender of notices (Art. 23 DSA)."""

    WARNING, SUSPENSION = "warning", "suspension"
    KINDS = [(WARNING, _("Warning")), (SUSPENSION, _("Suspended for a time"))]

    side = models.CharField(max_length=8, choices=MisuseRule.SIDES)
    subject = models.CharField(max_length=60, db_index=True)
    """`shop:3`, or the keyed hash of a sender."""
    name = models.CharField(max_length=160, blank=True)
    contact = models.ForeignKey("accounts.Guest", null=True, on_delete=models.SET_NULL, related_name="+")
    person = models.ForeignKey("accounts.Person", null=True, on_delete=models.SET_NULL, related_name="+")
    secret = models.CharField(max_length=32, unique=True, default=codes.new_secret, editable=False)
    kind = models.CharField(max_length=10, choices=KINDS)
    cases = models.PositiveIntegerField()
    """Manifest cases in the time of the rule, and below: of how many items or notices in all."""
    total = models.PositiveIntegerField()
    gravity = models.TextField()
    intention = models.TextField()
    reasons = models.TextField()
    decided_by = models.CharField(max_length=40)
    decided_at = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.CharField(max_length=40, blank=True)
    end_reason = models.TextField(blank=True)
    complaint = models.TextField(blank=True)
    complained_at = models.DateTimeField(null=True, blank=True)
    upheld = models.BooleanField(null=True, blank=True)
    answer = models.TextField(blank=True)
    answered_by = models.CharField(max_length=40, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    unprocessed = models.PositiveIntegerField(default=0)
    """Notices that came meanwhile and were not taken up; only their number is kept."""

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["subject"], condition=Q(kind="suspension", ended_at=None), name="one_running_suspension"
            ),
            models.CheckConstraint(condition=~Q(kind="suspension") | Q(until__isnull=False), name="suspensions_end"),
            models.CheckConstraint(condition=~Q(decided_by=F("answered_by")), name="measure_complaint_decided_by_other"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("measure", args=[self.secret])

    @property
    def number(self) -> str:
        """Its name for the desk and for what it suspends."""
        return f"{MEASURES}{self.pk}"

    @property
    def running(self) -> bool:
        """Whether it shuts somebody out."""
        return self.kind == self.SUSPENSION and self.ended_at is None

    @property
    def complaint_open(self) -> bool:
        return self.complained_at is not None and self.upheld is None

    def get_desk_url(self) -> str:
        return reverse("desk-misuse-subject", args=[self.side, self.subject])


MEASURES = "MM-"
"""How the number of a measure begins."""


from stadtplatz.moderation.models_green import GreenLook as GreenLook  # noqa: E402 - the second file of the models
from stadtplatz.moderation.models_green import GreenWord as GreenWord  # noqa: E402
