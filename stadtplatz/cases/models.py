"""The case table and what hangs on it. Kinds of cases keep their own columns in a table of their own that points here."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from stadtplatz.kit.errands import Errand

PERSON = "accounts.Person"


class Case(Errand):
    """One matter of one applicant, from the day it came in until it is done. Its state is written by `actions.advance` alone."""

    CHANNELS = [
        ("web", _("Website")),
        ("phone", _("Telephone")),
        ("counter", _("Counter")),
        ("mail", _("E-mail")),
        ("post", _("Letter")),
        ("staff", _("Staff")),
        ("api", _("Another program")),
    ]

    kind = models.CharField(max_length=20)
    state = models.CharField(max_length=30)
    state_since = models.DateTimeField()
    unit = models.ForeignKey("city.Unit", on_delete=models.PROTECT, related_name="cases")
    function = models.ForeignKey("city.Function", null=True, on_delete=models.SET_NULL, related_name="+")
    assignee = models.ForeignKey(PERSON, null=True, on_delete=models.SET_NULL, related_name="assigned_cases")
    deputy_for = models.ForeignKey(PERSON, null=True, on_delete=models.SET_NULL, related_name="+")
    why_responsible = models.CharField(max_length=400, blank=True)
    """The reason for this responsibility in words, as the city's rules gave it."""
    pass_ons = models.PositiveSmallIntegerField(default=0)
    applicant_person = models.ForeignKey(PERSON, null=True, on_delete=models.SET_NULL, related_name="cases")
    applicant_guest = models.ForeignKey("accounts.Guest", null=True, on_delete=models.SET_NULL, related_name="cases")
    lon = models.FloatField(null=True)
    lat = models.FloatField(null=True)
    place_label = models.CharField(max_length=200, blank=True)
    district = models.ForeignKey("city.District", null=True, on_delete=models.SET_NULL, related_name="+")
    received_at = models.DateTimeField()
    complete_at = models.DateTimeField(null=True)
    """When everything was there that is needed to decide."""
    accepted_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    changed_at = models.DateTimeField()
    due = models.DateTimeField(null=True)
    """The next open deadline; computed from the deadlines below and kept here for lists. Empty while the clock rests."""
    resting = models.BooleanField(default=False)
    outcome = models.CharField(max_length=30, blank=True)
    predecessor = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="successors")
    language = models.CharField(max_length=12, default="de")
    channel = models.CharField(max_length=10, choices=CHANNELS, default="web")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = [
            models.Index(fields=["kind", "closed_at", "due"]),
            models.Index(fields=["unit", "kind", "closed_at"]),
            models.Index(fields=["assignee", "closed_at"]),
            models.Index(fields=["kind", "state", "state_since"]),
            models.Index(fields=["kind", "received_at"]),
            models.Index(fields=["lat", "lon"]),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def is_open(self) -> bool:
        return self.closed_at is None

    @property
    def place(self) -> tuple[float, float] | None:
        """Longitude and latitude, where the case has a place."""
        return None if self.lon is None or self.lat is None else (self.lon, self.lat)


class Deadline(models.Model):
    """A promise of the office: a term from a start. `due` is computed from the clock's intervals; empty while the clock rests."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="deadlines")
    code = models.CharField(max_length=30)
    length = models.PositiveSmallIntegerField()
    measure = models.CharField(max_length=12)
    starts_at = models.DateTimeField()
    due = models.DateTimeField(null=True)
    met_at = models.DateTimeField(null=True)
    near_at = models.DateTimeField(null=True)
    """When the responsible were reminded that the end is near; each of these four happens once."""
    overdue_at = models.DateTimeField(null=True)
    """When it was noticed that the deadline had passed."""
    escalated_at = models.DateTimeField(null=True)
    """When the head of the unit was told of the delay."""
    escalated_higher_at = models.DateTimeField(null=True)
    """When the head of the unit above was told."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "code"], name="one_deadline_of_a_code")]
        indexes = [models.Index(fields=["met_at", "overdue_at", "due"])]

    def __str__(self) -> str:
        return f"{self.code} {self.due}"


class ClockInterval(models.Model):
    """A stretch of time in which the clock ran or rested, and why. The open one has no end."""

    RUNNING, SUSPENDED = "running", "suspended"

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="intervals")
    kind = models.CharField(max_length=10, choices=[(RUNNING, _("running")), (SUSPENDED, _("suspended"))])
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=200, blank=True)
    legal_basis = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=Q(ended_at=None), name="one_open_clock_interval"),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=F("started_at")), name="interval_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.started_at}-{self.ended_at or ''}"


class CaseMessage(models.Model):
    """Words on a case: between applicant and office, or among the staff. The author is a pseudonymous key."""

    PUBLIC, INTERNAL = "public", "internal"

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="messages")
    visibility = models.CharField(max_length=10, choices=[(PUBLIC, _("public")), (INTERNAL, _("internal"))])
    from_applicant = models.BooleanField(default=False)
    author = models.CharField(max_length=40)
    unit = models.ForeignKey("city.Unit", null=True, on_delete=models.SET_NULL, related_name="+")
    body = models.TextField()
    at = models.DateTimeField()
    sent_once = models.CharField(max_length=64, null=True)
    """A name the sender's device gave these words, so that they stand here once however often they are sent."""

    class Meta:
        indexes = [models.Index(fields=["case", "at"])]
        constraints = [models.UniqueConstraint(fields=["case", "sent_once"], name="words_stand_once")]

    def __str__(self) -> str:
        return f"{self.visibility} {self.at}"


class CaseDocument(models.Model):
    """A file of a case in private media: served only after a rule, and never while it is in quarantine."""

    PHOTO, AFTER_PHOTO, ATTACHMENT = "photo", "after_photo", "attachment"
    PURPOSES = [(PHOTO, _("Photo")), (AFTER_PHOTO, _("Photo afterwards")), (ATTACHMENT, _("Attachment"))]

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="documents")
    message = models.ForeignKey(CaseMessage, null=True, on_delete=models.SET_NULL, related_name="documents")
    purpose = models.CharField(max_length=20, choices=PURPOSES)
    internal = models.BooleanField(default=False)
    path = models.CharField(max_length=200)
    small_path = models.CharField(max_length=200, blank=True)
    """A smaller version of a picture, for lists."""
    content_type = models.CharField(max_length=80)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    width = models.PositiveIntegerField(null=True)
    height = models.PositiveIntegerField(null=True)
    quarantined = models.BooleanField(default=True)
    """True until a scanner, or re-encoding as a picture by ourselves, has shown the file to be harmless."""
    scanned_at = models.DateTimeField(null=True)
    finding = models.CharField(max_length=120, blank=True)
    """What the scanner found; the content is deleted then."""
    added_by = models.CharField(max_length=40)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.purpose} {self.pk}"


class CaseTask(models.Model):
    """Work beside the main way: asked of another unit or of an outsider, who answers through a link of their own."""

    CONSULT, DOCUMENTS, REVIEW, INSPECTION, PAYMENT = "consult", "documents", "review", "inspection", "payment"
    KINDS = [
        (CONSULT, _("Consultation")),
        (DOCUMENTS, _("Request for documents")),
        (REVIEW, _("Review")),
        (INSPECTION, _("Inspection on site")),
        (PAYMENT, _("Payment")),
    ]

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="tasks")
    kind = models.CharField(max_length=12, choices=KINDS)
    question = models.TextField()
    unit = models.ForeignKey("city.Unit", null=True, on_delete=models.PROTECT, related_name="case_tasks")
    outsider = models.ForeignKey("accounts.Guest", null=True, on_delete=models.SET_NULL, related_name="case_tasks")
    token = models.CharField(max_length=32, unique=True, null=True)
    shared = models.BooleanField(default=False)
    """Whether an outsider may see the place and the pictures of the case, too."""
    deadline = models.DateTimeField(null=True)
    asked_by = models.CharField(max_length=40)
    asked_at = models.DateTimeField()
    answer = models.TextField(blank=True)
    answered_by = models.CharField(max_length=40, blank=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(unit=None) | Q(token=None), name="task_for_a_unit_or_for_an_outsider"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class Decision(models.Model):
    """A decision on a case: one person prepares it, another one approves it."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="decisions")
    outcome = models.CharField(max_length=30)
    reasons = models.TextField()
    prepared_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    prepared_at = models.DateTimeField()
    approved_by = models.ForeignKey(PERSON, null=True, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(approved_by=None) | ~Q(approved_by=F("prepared_by")), name="two_pairs_of_eyes"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.outcome} {self.pk}"


class Notice(models.Model):
    """The written notice of an approved decision, exactly as it was sent."""

    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="notice")
    pdf = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    template_version = models.CharField(max_length=40)
    issued_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.sha256[:12]
