"""Staff show a second factor before the desk opens."""

import re
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.contrib.messages.storage.fallback import FallbackStorage
from django.test import RequestFactory

from stadtplatz.accounts import rules
from stadtplatz.accounts.visitors import actor_of, desk_guard
from stadtplatz.kit.refusals import NotAllowed
from stadtplatz.notifications.tests.conftest import PASSWORD, sign_in

pytestmark = pytest.mark.django_db


def _code(secret: str, steps: int = 0) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))


def _set_up(client) -> str:
    """Erika sets up the app; returns its secret."""
    sign_in(client, "erika@example.org")
    client.post("/konto/reauthenticate/", {"password": PASSWORD})
    page = client.get("/konto/2fa/totp/activate/").text
    secret = re.search(r'<code class="code-block key">(\w+)</code>', page).group(1)
    client.post("/konto/2fa/totp/activate/", {"code": _code(secret)})
    return secret


def _request(client, erika, path="/desk/"):
    request = RequestFactory().get(path)
    request.session, request.user = client.session, erika
    request._messages = FallbackStorage(request)
    return request


@pytest.fixture(autouse=True)
def _strict(settings):
    settings.STAFF_NEED_SECOND_FACTOR = True


@pytest.mark.django_db(transaction=True)
def test_setting_it_up_counts_for_this_session(client, erika):
    _set_up(client)
    assert actor_of(_request(client, erika)).second_factor


def test_the_secret_lies_encrypted_in_the_database(client, erika):
    secret = _set_up(client)
    assert secret not in str(Authenticator.objects.get(type="totp").data)


def test_the_next_sign_in_asks_for_the_code(client, stranger, erika):
    secret = _set_up(client)
    assert sign_in(stranger, "erika@example.org").url.startswith("/konto/2fa/authenticate/")
    assert stranger.get("/konto/").status_code == 302
    stranger.post("/konto/2fa/authenticate/", {"code": "000000"})
    assert stranger.get("/konto/").status_code == 302
    stranger.post("/konto/2fa/authenticate/", {"code": _code(secret, 1)})
    assert stranger.get("/konto/").status_code == 200
    assert actor_of(_request(stranger, erika)).second_factor


def test_a_code_by_email_does_not_get_round_it(client, stranger, erika, code_of):
    _set_up(client)
    stranger.post("/konto/login/code/", {"email": "erika@example.org"})
    stranger.post("/konto/login/code/confirm/", {"code": code_of()})
    assert stranger.get("/konto/").status_code == 302


def test_a_recovery_code_opens_once(client, erika, stranger):
    _set_up(client)
    codes = re.findall(r"<li><code>(\d+)</code>", client.get("/konto/2fa/recovery-codes/").text)
    assert len(codes) == 10
    for expected in (200, 302):
        stranger.cookies.clear()
        sign_in(stranger, "erika@example.org")
        stranger.post("/konto/2fa/authenticate/", {"code": codes[0]})
        assert stranger.get("/konto/").status_code == expected


def test_the_same_code_of_the_app_does_not_open_twice(client, erika, stranger):
    secret = _set_up(client)
    code = _code(secret, 1)
    for expected in (200, 302):
        stranger.cookies.clear()
        sign_in(stranger, "erika@example.org")
        stranger.post("/konto/2fa/authenticate/", {"code": code})
        assert stranger.get("/konto/").status_code == expected


def test_staff_without_second_factor_are_led_to_set_it_up(client, erika):
    sign_in(client, "erika@example.org")
    assert desk_guard(_request(client, erika), is_staff=True).url == "/konto/2fa/totp/activate/"


def test_staff_who_have_one_are_asked_to_show_it(client, erika):
    sign_in(client, "erika@example.org")
    Authenticator.objects.create(user=erika, type="totp", data={"secret": "x"})
    assert desk_guard(_request(client, erika), is_staff=True).url == "/konto/2fa/reauthenticate/?next=%2Fdesk%2F"


def test_strangers_sign_in_first_and_other_people_are_refused(client, erika):
    from django.contrib.auth.models import AnonymousUser

    assert desk_guard(_request(client, AnonymousUser()), is_staff=False).url == "/konto/login/?next=%2Fdesk%2F"
    sign_in(client, "erika@example.org")
    with pytest.raises(NotAllowed):
        desk_guard(_request(client, erika), is_staff=False)


def test_a_session_flag_alone_is_worth_nothing_outside_the_demo(client, erika, settings):
    sign_in(client, "erika@example.org")
    request = _request(client, erika)
    request.session["second_factor"] = True
    assert not actor_of(request).second_factor
    settings.DEMO = True
    assert actor_of(_with(request)).second_factor


def _with(request):
    del request._actor
    return request


def test_operators_are_staff(client, erika):
    sign_in(client, "erika@example.org")
    actor = actor_of(_request(client, erika))
    assert not rules.needs_second_factor(actor)
    erika.is_operator = True
    erika.save()
    assert rules.needs_second_factor(actor_of(_request(client, erika)))
    assert not rules.may_enter_desk(actor)
