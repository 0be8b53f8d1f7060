"""Signing up and in, with a code or a password."""

import pytest
from allauth.account.models import EmailAddress

from stadtplatz.accounts.actions import leave_contact
from stadtplatz.accounts.models import Guest, Person
from stadtplatz.notifications.models import Message
from stadtplatz.notifications.tests.conftest import PASSWORD, sign_in

pytestmark = pytest.mark.django_db


def _is_signed_in(client) -> bool:
    return client.get("/konto/").status_code == 200


def test_erika_signs_in_with_her_password(stranger, erika):
    assert sign_in(stranger, "erika@example.org").url == "/konto/"
    assert _is_signed_in(stranger)


def test_a_wrong_password_opens_nothing_and_keeps_the_address(stranger, erika):
    answer = sign_in(stranger, "erika@example.org", "falsch und lang genug")
    assert "E-Mail-Adresse und Passwort passen nicht zusammen" in answer.text
    assert 'value="erika@example.org"' in answer.text
    assert not _is_signed_in(stranger)


def test_erika_signs_in_with_a_code(stranger, erika, code_of):
    stranger.post("/konto/login/code/", {"email": "Erika@example.org"})
    stranger.post("/konto/login/code/confirm/", {"code": code_of()})
    assert _is_signed_in(stranger)


def test_five_wrong_codes_end_the_attempt(stranger, erika, code_of):
    stranger.post("/konto/login/code/", {"email": "erika@example.org"})
    right = code_of()
    wrong = f"{(int(right) + 1) % 1_000_000:06}"
    for _try in range(5):
        stranger.post("/konto/login/code/confirm/", {"code": wrong})
    stranger.post("/konto/login/code/confirm/", {"code": right})
    assert not _is_signed_in(stranger)


def test_signing_up_needs_the_code_and_brings_earlier_errands(stranger, code_of):
    mine, foreign = leave_contact(email="neu@example.org"), leave_contact(email="andere@example.org")
    stranger.post("/konto/signup/", {"email": "neu@example.org"})
    assert not _is_signed_in(stranger)
    assert not Guest.objects.exclude(person=None).exists()
    stranger.post("/konto/confirm-email/", {"code": code_of()})
    assert _is_signed_in(stranger)
    person = Person.objects.get(email="neu@example.org")
    assert not person.has_usable_password()
    mine.refresh_from_db()
    foreign.refresh_from_db()
    assert mine.person == person
    assert foreign.person is None


def test_english_people_get_english_pages_and_mails(stranger):
    stranger.post("/en/konto/signup/", {"email": "new@example.org"})
    assert Message.objects.get().subject.startswith("Your code")
    assert Person.objects.get().language == "en"


def test_a_weak_password_is_refused_and_nobody_is_created(stranger):
    answer = stranger.post("/konto/signup/", {"email": "neu@example.org", "password1": "12345"})
    assert answer.status_code == 200
    assert not Person.objects.exists()
    assert not Message.objects.exists()


def test_a_password_set_before_the_address_was_proved_stops_working(stranger, client, code_of):
    """A stranger signs up with somebody's address; its owner later signs in by code. The stranger's password must not open it."""
    stranger.post("/konto/signup/", {"email": "opfer@example.org", "password1": PASSWORD})
    client.post("/konto/login/code/", {"email": "opfer@example.org"})
    client.post("/konto/login/code/confirm/", {"code": code_of()})
    assert _is_signed_in(client)
    stranger.cookies.clear()
    sign_in(stranger, "opfer@example.org")
    assert not _is_signed_in(stranger)


def test_a_forgotten_password_is_replaced_by_a_link_in_a_mail(stranger, erika, newest_mail):
    stranger.post("/konto/password/reset/", {"email": "erika@example.org"})
    link = newest_mail().text.split("http://localhost:8000", 1)[1].split()[0]
    page = stranger.get(link, follow=True)
    new = "ein ganz anderer Satz am Abend"
    stranger.post(page.redirect_chain[-1][0], {"password1": new})
    assert newest_mail().subject == "Ihr Passwort wurde durch ein neues ersetzt."
    assert sign_in(stranger, "erika@example.org", new).status_code == 302
    assert _is_signed_in(stranger)


def test_the_reset_link_ignores_a_foreign_host_name(stranger, erika, newest_mail):
    stranger.post("/konto/password/reset/", {"email": "erika@example.org"}, headers={"host": "evil.example"})
    assert "evil.example" not in newest_mail().text + newest_mail().html


def test_the_mail_address_changes_only_after_the_code(client, erika, code_of):
    sign_in(client, "erika@example.org")
    client.post("/konto/reauthenticate/", {"password": PASSWORD})
    client.post("/konto/email/", {"email": "neu@example.org", "action_add": ""})
    assert Person.objects.get().email == "erika@example.org"
    client.post("/konto/confirm-email/", {"code": code_of()})
    assert Person.objects.get().email == "neu@example.org"
    assert list(EmailAddress.objects.values_list("email", "verified")) == [("neu@example.org", True)]


def test_passwords_are_stored_with_argon2(settings):
    from stadtplatz.environment import DECLARED

    assert DECLARED  # the settings were read from the one documented file
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    assert Person.objects.create_user("a@example.org", PASSWORD).password.startswith("argon2$argon2id$")


def test_signed_in_devices_are_listed_and_can_be_signed_out(client, stranger, erika):
    sign_in(client, "erika@example.org")
    sign_in(stranger, "erika@example.org")
    assert client.get("/konto/sessions/").text.count("Angemeldet am") == 2
    client.post("/konto/sessions/")
    assert _is_signed_in(client)
    assert not _is_signed_in(stranger)
