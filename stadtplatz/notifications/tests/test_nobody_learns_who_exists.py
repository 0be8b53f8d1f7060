"""No page tells whether an address has an account: same answer, same work."""

import re

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.test import Client

from stadtplatz.accounts.actions import invite, leave_contact
from stadtplatz.accounts.models import Person
from stadtplatz.kit.actors import SYSTEM
from stadtplatz.notifications.models import Message
from stadtplatz.notifications.tests.conftest import PASSWORD

pytestmark = pytest.mark.django_db
KNOWN, UNKNOWN = "erika@example.org", "niemand@example.org"

DOORS = {
    "password": ("/konto/login/", lambda email: {"login": email, "password": "falsch und lang genug"}),
    "code": ("/konto/login/code/", lambda email: {"email": email}),
    "sign-up": ("/konto/signup/", lambda email: {"email": email}),
    "sign-up with password": ("/konto/signup/", lambda email: {"email": email, "password1": PASSWORD}),
    "reset": ("/konto/password/reset/", lambda email: {"email": email}),
}


def _knock(door: str, email: str) -> tuple:
    address, typed = DOORS[door]
    client = Client()
    answer = client.post(address, typed(email), follow=True)
    return answer.status_code, answer.redirect_chain, _without_chance(answer.text, email)


def _without_chance(text: str, email: str) -> str:
    text = text.replace(email, "ADDRESS")
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", text)


@pytest.mark.parametrize("door", DOORS)
def test_the_answer_is_the_same(door, erika):
    assert _knock(door, KNOWN) == _knock(door, UNKNOWN)


@pytest.mark.parametrize("door", ["code", "sign-up", "reset"])
def test_each_gets_one_mail_that_fits(door, erika):
    _knock(door, KNOWN)
    _knock(door, UNKNOWN)
    assert sorted(Message.objects.values_list("address", flat=True)) == [KNOWN, UNKNOWN]


@pytest.mark.parametrize("door", ["code", "sign-up"])
def test_typing_a_code_tells_nothing_either(door, erika):
    answers = []
    for email in (KNOWN, UNKNOWN):
        client = Client()
        address, typed = DOORS[door]
        page = client.post(address, typed(email)).url
        answers.append(_without_chance(client.post(page, {"code": "000000"}).text, email))
    assert answers[0] == answers[1]


class Counting(MD5PasswordHasher):
    """Hashing is what takes the time at these doors, so it is counted instead of timed."""

    done = 0

    def encode(self, password, salt):
        type(self).done += 1
        return super().encode(password, salt)


@pytest.mark.parametrize("door", ["password", "sign-up with password"])
def test_as_much_hashing_is_done_for_nobody(door, erika, settings):
    settings.PASSWORD_HASHERS = [f"{__name__}.Counting"]
    hashed = []
    for email in (KNOWN, UNKNOWN):
        before = Counting.done
        _knock(door, email)
        hashed.append(Counting.done - before)
    assert hashed[0] == hashed[1] >= 1


def test_an_invitation_shows_neither_address_nor_account(erika):
    links = [invite(email=email, purpose="unit", by=SYSTEM, note="Tiefbau").token for email in (KNOWN, UNKNOWN)]
    pages = [Client().get(f"/einladung/{token}/").text.replace(token, "TOKEN") for token in links]
    assert pages[0] == pages[1]
    assert KNOWN not in pages[0]


def test_leaving_a_contact_is_the_same_with_an_account(erika):
    first, second = leave_contact(email=KNOWN), leave_contact(email=UNKNOWN)
    assert first.person is None
    assert second.person is None
    assert Person.objects.count() == 1
