"""What every errand has in common: a number, a secret link and a typed code. Tickets and orders carry it; so will all later kinds."""

from hmac import compare_digest
from typing import TypeVar

from django.db import models
from django.db.models import Q, QuerySet
from django.urls import reverse

from stadtplatz.kit import codes
from stadtplatz.kit.actors import Actor
from stadtplatz.kit.rows import sole


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


Some = TypeVar("Some", bound=Errand)


def opened_with(rows: QuerySet[Some], number: str, code: str) -> Some | None:
    """The errand of this number if the typed code is its own. Limits on tries are the caller's."""
    read = codes.read_number(number)
    found = sole(rows.filter(number=read)) if read else None
    if found is None or not compare_digest(found.typed_code.encode(), codes.read_typed_code(code).encode()):
        return None
    return found


def of_actor(rows: QuerySet[Some], actor: Actor) -> QuerySet[Some]:
    """Those of this person (signed in then, or joined later) or guest; none for strangers. For rows with `person` and `guest`."""
    if actor.is_person:
        return rows.filter(Q(person_id=actor.person_id) | Q(guest__person_id=actor.person_id))
    return rows.filter(guest_id=actor.guest_id) if actor.guest_id else rows.none()
