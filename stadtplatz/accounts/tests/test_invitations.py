"""Inviting somebody to a unit or a shop."""

from datetime import timedelta

import pytest

from stadtplatz.accounts import actions, queries
from stadtplatz.accounts.models import Invitation
from stadtplatz.accounts.visitors import actor_for
from stadtplatz.audit.models import Record
from stadtplatz.kit import clock
from stadtplatz.kit.actors import ANONYMOUS, SYSTEM
from stadtplatz.kit.refusals import ActionRefused, NotAllowed

pytestmark = pytest.mark.django_db


@pytest.fixture
def invitation() -> Invitation:
    return actions.invite(
        email="Paul@example.org",
        purpose="shop",
        payload={"shop": 7, "role": "owner"},
        by=SYSTEM,
        note="Bäckerei Musterkorn",
    )


@pytest.fixture
def paul():
    return actor_for(actions.create_person(email="paul@example.org"))


def test_paul_accepts_and_the_fact_names_codes_only(invitation, paul):
    actions.accept_invitation(queries.invitation_by_token(invitation.token), by=paul)
    fact = Record.objects.get(verb="accounts.invitation_accepted")
    assert fact.keys == {"invitation": invitation.key, "purpose": "shop", "person": paul.key}
    accepted = queries.invitation(fact.keys["invitation"])
    assert accepted.payload == {"shop": 7, "role": "owner"}
    assert accepted.accepted_by_id == paul.person_id


def test_nobody_else_can_accept(invitation):
    stranger = actor_for(actions.create_person(email="fremd@example.org"))
    for somebody in (stranger, ANONYMOUS):
        with pytest.raises(NotAllowed):
            actions.accept_invitation(invitation, by=somebody)
    invitation.refresh_from_db()
    assert invitation.accepted_at is None
    assert not Record.objects.filter(verb="accounts.invitation_accepted").exists()


def test_an_unproved_address_does_not_count(invitation):
    person = actions.create_person(email="paul@example.org")
    person.emailaddress_set.update(verified=False)
    with pytest.raises(NotAllowed):
        actions.accept_invitation(invitation, by=actor_for(person))


def test_it_is_accepted_once(invitation, paul):
    actions.accept_invitation(invitation, by=paul)
    with pytest.raises(ActionRefused):
        actions.accept_invitation(invitation, by=paul)
    assert Record.objects.filter(verb="accounts.invitation_accepted").count() == 1


def test_it_expires_after_fourteen_days(invitation, paul):
    with pytest.raises(ActionRefused):
        actions.accept_invitation(invitation, by=paul, at=clock.now() + timedelta(days=14, minutes=1))
    Invitation.objects.update(expires_at=clock.now() - timedelta(minutes=1))
    assert queries.invitation_by_token(invitation.token) is None


def test_a_withdrawn_one_no_longer_opens(invitation, paul):
    actions.withdraw_invitation(invitation, by=SYSTEM)
    assert queries.invitation_by_token(invitation.token) is None
    with pytest.raises(ActionRefused):
        actions.accept_invitation(invitation, by=paul)
    with pytest.raises(ActionRefused):
        actions.withdraw_invitation(invitation, by=SYSTEM)


def test_inviting_again_replaces_the_open_invitation(invitation):
    again = actions.invite(email="paul@example.org", purpose="shop", payload={"shop": 7, "role": "owner"}, by=SYSTEM)
    assert queries.invitation_by_token(invitation.token) is None
    assert queries.open_invitations("shop", shop=7) == [again]
    assert queries.open_invitations("shop", shop=8) == []


def test_links_are_long_random_and_not_in_the_database(invitation):
    tokens = {actions.invite(email="a@example.org", purpose="x", payload={"n": n}, by=SYSTEM).token for n in range(50)}
    assert len(tokens) == 50
    assert all(len(token) == 22 for token in tokens)
    assert invitation.token not in str(list(Invitation.objects.values()))
    assert queries.invitation_by_token(invitation.key) is None


def test_a_payload_holds_no_free_things():
    with pytest.raises(ValueError, match="ids and codes"):
        actions.invite(email="a@example.org", purpose="x", payload={"who": {"name": "Paul"}}, by=SYSTEM)
    assert not Invitation.objects.exists()


def test_paul_accepts_on_the_page(client, invitation, paul):
    from stadtplatz.accounts.models import Person

    client.force_login(Person.objects.get(pk=paul.person_id))
    address = f"/einladung/{invitation.token}/"
    assert "Bäckerei Musterkorn" in client.get(address).text
    assert client.post(address).url == "/konto/"
    assert "Sie haben diese Einladung angenommen" in client.get(address).text


def test_strangers_cannot_accept_on_the_page(client, invitation):
    stranger = actions.create_person(email="fremd@example.org")
    client.force_login(stranger)
    answer = client.post(f"/einladung/{invitation.token}/")
    assert "ging an eine andere E-Mail-Adresse" in answer.text
    invitation.refresh_from_db()
    assert invitation.accepted_at is None


def test_a_guessed_link_leads_nowhere(client):
    assert client.get("/einladung/aaaaaaaaaaaaaaaaaaaaaa/").status_code == 404
