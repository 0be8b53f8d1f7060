"""People with an account, guests who only left a contact, proofs of a mail address, invitations, and the ledger of erasures."""

import secrets

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from stadtplatz.accounts import secretcodes


def person_key() -> str:
    return f"p:{secrets.token_hex(8)}"


def guest_key() -> str:
    return f"g:{secrets.token_hex(8)}"


class PersonManager(BaseUserManager["Person"]):
    def create_user(self, email: str, password: str | None = None, **fields):
        person = self.model(email=self.normalize_email(email).lower(), **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def get_by_natural_key(self, email):
        return self.get(email__iexact=email)


class Person(AbstractBaseUser):
    """Somebody with an account, known by a mail address. Roles are memberships in units (city) and shops (shops)."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120, blank=True)
    key = models.CharField(max_length=40, unique=True, default=person_key, editable=False)
    language = models.CharField(max_length=12, default="de")
    is_active = models.BooleanField(default=True)
    is_operator = models.BooleanField(default=False)
    """Runs the installation: sees dead jobs, loads packs, manages units. Not a right to read errands."""
    joined_at = models.DateTimeField(auto_now_add=True)

    objects = PersonManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: list[str] = []

    def __str__(self) -> str:
        return self.name or self.email


class Guest(models.Model):
    """The contact a guest left with one errand. Erasable; `key` stays behind in the facts as a pseudonym."""

    key = models.CharField(max_length=40, unique=True, default=guest_key, editable=False)
    name = models.CharField(max_length=120, blank=True)
    email = models.EmailField(blank=True, db_index=True)
    phone = models.CharField(max_length=40, blank=True)
    language = models.CharField(max_length=12, default="de")
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="guests")
    """Set once the person has proved the mail address: the guest's errands are then theirs."""
    proved_at = models.DateTimeField(null=True, blank=True)
    """When somebody who holds this errand's link showed that the mail address is theirs."""
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.name or self.email or self.key


class Proof(models.Model):
    """A code sent to a guest's mail address. The row holds no code: it is computed from the nonce and the installation's secret."""

    guest = models.ForeignKey(Guest, on_delete=models.CASCADE, related_name="proofs")
    purpose = models.CharField(max_length=40)
    nonce = models.CharField(max_length=32, default=secretcodes.nonce, editable=False)
    tries = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["guest", "purpose", "id"])]

    def __str__(self) -> str:
        return f"{self.purpose} for {self.guest_id}"

    @property
    def code(self) -> str:
        return secretcodes.mail_code(self.nonce)


class Invitation(models.Model):
    """An invitation to a mail address, for a purpose that a higher domain understands. Its link is computed, not stored."""

    key = models.CharField(max_length=40, unique=True, editable=False)
    """What facts and reactions call it."""
    email = models.EmailField(blank=True)
    purpose = models.CharField(max_length=40)
    payload = models.JSONField(default=dict)
    """Ids and codes only."""
    note = models.CharField(max_length=200, blank=True)
    """What the invitation is to, in words for the invited person, such as "Bäckerei Musterkorn"."""
    language = models.CharField(max_length=12, default="de")
    nonce = models.CharField(max_length=32, default=secretcodes.nonce, editable=False)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    invited_by = models.CharField(max_length=40)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="accepted_invitations"
    )

    def __str__(self) -> str:
        return f"{self.purpose} ({self.key})"

    @property
    def token(self) -> str:
        return secretcodes.link_token(self.nonce)


class Erasure(models.Model):
    """The ledger of erasures: pseudonymous keys only, so that a restored backup can erase again what was erased after it."""

    key = models.CharField(max_length=40, unique=True)
    at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.key


class SharedCacheEntry(models.Model):
    """The table of Django's database cache: counted sign-in attempts and used codes, seen by all processes. Never read as rows."""

    cache_key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "accounts_shared_cache"

    def __str__(self) -> str:
        return self.cache_key
