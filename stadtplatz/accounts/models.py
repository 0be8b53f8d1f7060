"""People with an account, and guests who only left a contact."""

import secrets

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models


def person_key() -> str:
    return f"p:{secrets.token_hex(8)}"


def guest_key() -> str:
    return f"g:{secrets.token_hex(8)}"


class PersonManager(BaseUserManager):
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
    language = models.CharField(max_length=5, default="de")
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
    language = models.CharField(max_length=5, default="de")
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="guests")
    """Set once the person has proved the mail address: the guest's errands are then theirs."""
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.name or self.email or self.key
