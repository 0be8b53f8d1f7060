"""What every errand has in common: a number, a secret link and a typed code. Tickets and orders carry it; so will all later kinds."""

from django.db import models
from django.urls import reverse

from stadtplatz.kit import codes


class Errand(models.Model):
    """Abstract. The number is public and checks itself; the secret opens the page; the typed code counts only with the number."""

    number_prefix = "V"

    number = models.CharField(max_length=12, unique=True, editable=False)
    secret = models.CharField(max_length=32, unique=True, default=codes.new_secret, editable=False)
    typed_code = models.CharField(max_length=10, default=codes.new_typed_code, editable=False)

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        if not self.number:
            self.number = codes.new_number(self.number_prefix)
        super().save(*args, **kwargs)

    @property
    def spelled_code(self) -> str:
        return codes.spelled_code(self.typed_code)

    def link(self) -> str:
        """The path that leads to this errand for whoever holds it."""
        return reverse("follow", args=[self.secret])
