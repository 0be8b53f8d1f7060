"""The notice of the legal guarantee as the town shows it, and the official graphics that the operator put in."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class GuaranteeNotice(models.Model):
    """The notice in one language, in words. It is read to whoever sees no pictures, and stands for the official graphic until that is there."""

    language = models.CharField(max_length=12, unique=True)
    heading = models.CharField(max_length=120)
    body = models.TextField()
    url = models.URLField(max_length=300)
    """The page of the Union that the notice leads to."""
    source = models.CharField(max_length=300)
    valid_from = models.DateField()
    """Before this day nothing is shown."""
    verified = models.BooleanField(default=False)
    """Whether somebody who knows the law has compared the words with the annex."""
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["language"]

    def __str__(self) -> str:
        return self.heading


class GuaranteeGraphic(models.Model):
    """An official file, byte for byte as it was put in. Few, and small, so that they lie in the database and in its backup."""

    NOTICE, LABEL = "notice", "label"
    KINDS = [(NOTICE, _("Notice of the legal guarantee")), (LABEL, _("Blank label of the guarantee of durability"))]
    TYPES = {"svg": "image/svg+xml", "png": "image/png", "jpg": "image/jpeg", "pdf": "application/pdf"}

    kind = models.CharField(max_length=6, choices=KINDS)
    language = models.CharField(max_length=12, blank=True)
    """Empty for the label, which is the same everywhere."""
    form = models.CharField(max_length=4)
    is_pdf = models.BooleanField(default=False)
    """To be kept and printed; the others are shown."""
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    origin = models.CharField(max_length=300)
    """Where the operator has it from."""
    shown = models.BooleanField(default=False)
    """Whether the operator has looked at it here and lets everybody see it."""
    put_in_at = models.DateTimeField()
    put_in_by = models.CharField(max_length=40)

    class Meta:
        ordering = ["kind", "language", "is_pdf"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "language", "is_pdf"], name="one_official_graphic_of_each")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.language} {self.form}"

    @property
    def url(self) -> str:
        """Its address, which changes with its content."""
        return reverse("guarantee-file", args=[self.pk, self.sha256[:12]])

    @property
    def media_type(self) -> str:
        return self.TYPES[self.form]
