"""Files of offers that were taken in, what each row did, and how a shop's columns are called."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from stadtplatz.catalogue.models.offer import Offer


class ColumnMapping(models.Model):
    """What the columns of this shop's files mean, remembered under a name and found again by the same first line."""

    shop = models.ForeignKey("shops.Shop", on_delete=models.CASCADE, related_name="column_mappings")
    name = models.CharField(max_length=60)
    signature = models.TextField()
    columns = models.JSONField(default=list)
    """One of ours, or empty, for each column of the file in its order."""
    defaults = models.JSONField(default=dict)
    """What holds for all rows that say nothing: category, withdrawal."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shop", "name"], name="one_mapping_per_name_and_shop")]

    def __str__(self) -> str:
        return self.name


class Import(models.Model):
    """One file. It can be tried out, taken in once, and undone as a whole."""

    NEW, CHECKING, CHECKED, RUNNING, DONE, UNDOING, UNDONE, BROKEN = (
        "new", "checking", "checked", "running", "done", "undoing", "undone", "broken",
    )  # fmt: skip
    STATES = [
        (NEW, _("columns to be confirmed")),
        (CHECKING, _("being tried out")),
        (CHECKED, _("tried out, nothing saved")),
        (RUNNING, _("being taken in")),
        (DONE, _("taken in")),
        (UNDOING, _("being undone")),
        (UNDONE, _("undone")),
        (BROKEN, _("broken off")),
    ]
    BUSY = frozenset({CHECKING, RUNNING, UNDOING})

    shop = models.ForeignKey("shops.Shop", on_delete=models.CASCADE, related_name="imports")
    person = models.ForeignKey("accounts.Person", null=True, on_delete=models.SET_NULL, related_name="+")
    """Who started it; None for the command line."""
    file_name = models.CharField(max_length=120)
    path = models.CharField(max_length=200, blank=True)
    pictures_path = models.CharField(max_length=200, blank=True)
    """A ZIP with pictures that rows name."""
    headers = models.JSONField(default=list)
    samples = models.JSONField(default=list)
    """The first rows, to show while columns are confirmed."""
    encoding = models.CharField(max_length=12, blank=True)
    separator = models.CharField(max_length=1, blank=True)
    columns = models.JSONField(default=list)
    defaults = models.JSONField(default=dict)

    state = models.CharField(max_length=10, choices=STATES, default=NEW)
    reached = models.PositiveIntegerField(default=0)
    """The last line that is done; a worker that takes over goes on behind it."""
    seen = models.PositiveIntegerField(default=0)
    created = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    faulty = models.PositiveIntegerField(default=0)
    hinted = models.PositiveIntegerField(default=0)
    """Rows that were taken in with a hint, such as a draft that lacks something."""
    problem = models.CharField(max_length=300, blank=True)
    """Why the whole file was broken off."""
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["shop", "-created_at"])]

    def __str__(self) -> str:
        return f"{self.file_name} ({self.state})"

    @property
    def is_busy(self) -> bool:
        """Whether a worker is at it."""
        return self.state in self.BUSY


class ImportRow(models.Model):
    """What one line of a file did, or why it did nothing. Kept for the report and for undoing."""

    CREATED, CHANGED, FAULTY = "created", "changed", "faulty"
    OUTCOMES = [(CREATED, _("new")), (CHANGED, _("changed")), (FAULTY, _("not taken in"))]

    run = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="rows")
    line = models.PositiveIntegerField()
    outcome = models.CharField(max_length=8, choices=OUTCOMES)
    offer = models.ForeignKey(Offer, null=True, on_delete=models.SET_NULL, related_name="+")
    title = models.CharField(max_length=120, blank=True)
    faults = models.JSONField(default=list)
    """[[column, code, words], ...]; hints too."""
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    """What was changed: field to value, money in cents."""
    picture = models.CharField(max_length=500, blank=True)
    """The address or file name of a picture still to be fetched."""

    class Meta:
        indexes = [models.Index(fields=["run", "outcome", "line"])]
        constraints = [models.UniqueConstraint(fields=["run", "line"], name="one_outcome_per_line")]

    def __str__(self) -> str:
        return f"line {self.line}: {self.outcome}"


class StockKey(models.Model):
    """Lets a shop's till system tell the stock. The key is shown once and kept only as a digest."""

    shop = models.ForeignKey("shops.Shop", on_delete=models.CASCADE, related_name="stock_keys")
    name = models.CharField(max_length=60)
    digest = models.CharField(max_length=64, unique=True)
    start = models.CharField(max_length=8)
    """The first signs of the key, to tell keys apart."""
    made_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.name} ({self.start}…)"


class StockBatch(models.Model):
    """The answer to one batch of counts, so that the same batch sent again changes nothing and gets the same answer."""

    key = models.ForeignKey(StockKey, on_delete=models.CASCADE, related_name="batches")
    token = models.CharField(max_length=80)
    digest = models.CharField(max_length=64)
    answer = models.JSONField()
    at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "token"], name="one_answer_per_stock_batch")]

    def __str__(self) -> str:
        return self.token
