"""How often somebody may try."""

import pytest

from stadtplatz.notifications.models import Message
from stadtplatz.notifications.tests.conftest import PASSWORD, sign_in

pytestmark = pytest.mark.django_db


def test_after_five_wrong_passwords_even_the_right_one_waits(stranger, erika):
    for _try in range(5):
        sign_in(stranger, "erika@example.org", "falsch und lang genug")
    answer = sign_in(stranger, "erika@example.org", PASSWORD)
    assert "Das war zu oft" in answer.text
    assert "_auth_user_id" not in stranger.session


def test_nobody_can_have_many_codes_mailed_to_a_stranger(stranger, erika):
    for _try in range(30):
        stranger.cookies.clear()
        stranger.post("/konto/login/code/", {"email": "erika@example.org"})
        stranger.cookies.clear()
        stranger.post("/konto/password/reset/", {"email": "erika@example.org"})
    assert Message.objects.exclude(state=Message.HELD).count() <= 6


def test_counted_attempts_are_seen_by_all_processes(stranger, erika):
    from django.core.cache import caches

    assert type(caches["default"]).__name__ == "DatabaseCache"
    sign_in(stranger, "erika@example.org", "falsch und lang genug")
    from stadtplatz.accounts.models import SharedCacheEntry

    assert SharedCacheEntry.objects.exists()
