"""One's own messages, choices, and the way out of unwanted mail."""

from datetime import timedelta

import pytest
from django.test import Client

from stadtplatz.accounts.actions import create_person, erase_person, invite, join_guests, leave_contact, send_code
from stadtplatz.kit import clock
from stadtplatz.kit.actors import ANONYMOUS, SYSTEM
from stadtplatz.kit.identity import set_identity
from stadtplatz.kit.jobs import run_all
from stadtplatz.notifications import actions, privacy, queries
from stadtplatz.notifications.jobs import empty_old_messages
from stadtplatz.notifications.models import Message, Silence

pytestmark = pytest.mark.django_db
TEMPLATE = "accounts/mail/no_account"


def _write(to, **more) -> Message:
    return actions.notify(to=to, template=TEMPLATE, **more)


def test_people_read_their_own_messages_only(client, erika):
    paul = create_person(email="paul@example.org")
    mine, foreign = _write(erika), _write(paul)
    assert client.get(f"/konto/nachrichten/{mine.pk}/").status_code == 302
    client.force_login(erika)
    listed = client.get("/konto/nachrichten/").text
    assert f"/konto/nachrichten/{mine.pk}/" in listed
    assert f"/konto/nachrichten/{foreign.pk}/" not in listed
    assert client.get(f"/konto/nachrichten/{foreign.pk}/").status_code == 404
    foreign.refresh_from_db()
    assert foreign.read_at is None


def test_reading_counts_as_read(client, erika):
    message = _write(erika)
    client.force_login(erika)
    assert "1 neue Nachricht" in client.get("/konto/").text
    client.get(f"/konto/nachrichten/{message.pk}/")
    assert "Nichts Neues" in client.get("/konto/").text


def test_messages_of_joined_guest_contacts_belong_to_the_person(client, erika):
    message = _write(leave_contact(email="erika@example.org"))
    client.force_login(erika)
    assert client.get(f"/konto/nachrichten/{message.pk}/").status_code == 404
    join_guests(erika)
    assert client.get(f"/konto/nachrichten/{message.pk}/").status_code == 200


def test_codes_are_not_shown_in_the_list(client, erika):
    """Whoever finds an open session must not find the codes that open other doors."""
    message = _write(erika, kind="security")
    client.force_login(erika)
    assert "Ihr Code" not in client.get("/konto/nachrichten/").text
    assert client.get(f"/konto/nachrichten/{message.pk}/").status_code == 404


def test_the_list_asks_the_same_number_of_questions_for_many(client, erika, django_assert_max_num_queries):
    client.force_login(erika)
    for count in (1, 20):
        for _turn in range(count):
            _write(erika)
        with django_assert_max_num_queries(12):
            client.get("/konto/nachrichten/")


def test_choosing_what_comes_by_mail(client, erika):
    client.force_login(erika)
    client.post("/konto/benachrichtigungen/", {"wanted": ["shop"]})
    assert queries.stopped_kinds("erika@example.org") == {"errand", "invitation", "weekly"}
    assert _write(erika).state == Message.IN_APP
    client.post("/konto/benachrichtigungen/", {"wanted": ["errand", "shop", "invitation", "weekly"]})
    assert not Silence.objects.exists()


def test_nobody_switches_off_what_must_arrive(client, erika):
    client.force_login(erika)
    answer = client.post("/konto/benachrichtigungen/", {"wanted": ["contract"]})
    assert answer.status_code == 200
    assert not Silence.objects.exists()


def test_one_click_without_cookies_or_token_of_the_form_stops_the_mails():
    guest = leave_contact(email="gast@example.org")
    message = _write(guest)
    postman = Client(enforce_csrf_checks=True)
    address = f"/abmelden/{message.token}/"
    assert "<h1>Abbestellen?</h1>" in postman.get(address).text
    assert not Silence.objects.exists()
    assert postman.post(address, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert _write(guest) is None
    assert _write(guest, kind="contract").state == Message.KEPT
    assert not postman.cookies


def test_an_unknown_token_tells_nothing_and_changes_nothing(client):
    known = _write(leave_contact(email="gast@example.org"))
    answers = [client.post(f"/abmelden/{token}/").text for token in (known.token, "0" * 32)]
    assert answers[0] == answers[1].replace("0" * 32, known.token)
    assert Silence.objects.count() == 1


def test_tokens_are_random():
    tokens = {Message(subject="x").token for _turn in range(200)}
    assert len(tokens) == 200
    assert all(len(token) == 32 for token in tokens)


def test_texts_are_deleted_when_their_time_is_over(erika):
    set_identity({"name": "Herrenberg", "legal": {"message_days": 30}})
    month_old = clock.now() - timedelta(days=31)
    old, fresh = _write(erika, at=month_old), _write(erika)
    code = _write(erika, kind="security", at=clock.now() - timedelta(hours=25))
    empty_old_messages()
    for message in (old, fresh, code):
        message.refresh_from_db()
    assert [bool(message.text) for message in (old, fresh, code)] == [False, True, False]
    assert old.subject
    assert old.emptied_at


def test_messages_go_with_an_erased_account(erika):
    _write(erika)
    assert privacy.export(erika)["messages"][0]["to"] == "erika@example.org"
    erase_person(erika)
    run_all()
    assert not Message.objects.exists()


def test_a_guests_code_and_an_invitation_are_mailed_once(erika, code_of):
    guest = leave_contact(email="gast@example.org")
    proof = send_code(guest, purpose="contact")
    run_all()
    assert code_of() == proof.code
    invitation = invite(email="neu@example.org", purpose="shop", by=SYSTEM, note="Bäckerei Musterkorn")
    run_all()
    mail = Message.objects.get(address="neu@example.org")
    assert f"/einladung/{invitation.token}/" in mail.text
    assert mail.subject == "Einladung: Bäckerei Musterkorn"
    assert Message.objects.count() == 2


def test_the_header_counts_new_messages_and_asks_nothing_for_strangers(client, erika, django_assert_num_queries):
    _write(erika)
    with django_assert_num_queries(0):
        assert queries.unread_count(ANONYMOUS) == 0
    assert "tool__count" not in client.get("/konto/login/").text
    client.force_login(erika)
    assert '<span class="tool__count">1</span>' in client.get("/konto/profil/").text
