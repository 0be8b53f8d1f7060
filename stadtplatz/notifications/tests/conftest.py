import re

import pytest
from django.test import Client

from stadtplatz.accounts.actions import create_person
from stadtplatz.accounts.models import Person
from stadtplatz.notifications.models import Message

PASSWORD = "ein langer Satz am Morgen"


@pytest.fixture
def erika(db) -> Person:
    return create_person(email="erika@example.org", name="Erika Muster", password=PASSWORD)


@pytest.fixture
def stranger(db) -> Client:
    return Client()


@pytest.fixture
def newest_mail(db):
    def newest() -> Message:
        return Message.objects.order_by("-id")[0]

    return newest


@pytest.fixture
def code_of(newest_mail):
    """The six digits in the newest mail."""
    return lambda: re.search(r"\b\d{6}\b", newest_mail().text).group()


def sign_in(client: Client, email: str, password: str = PASSWORD):
    return client.post("/konto/login/", {"login": email, "password": password})
