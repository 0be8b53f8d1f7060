"""Erasing, and erasing again after a restore."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.contrib.sessions.models import Session

from stadtplatz.accounts import actions, privacy, queries
from stadtplatz.accounts.jobs import tidy
from stadtplatz.accounts.models import Erasure, Guest, Person
from stadtplatz.audit.models import Record
from stadtplatz.kit import clock
from stadtplatz.kit.actors import SYSTEM

pytestmark = pytest.mark.django_db


@pytest.fixture
def erika() -> Person:
    actions.leave_contact(name="Erika Muster", email="erika@example.org", phone="07032 1")
    person = actions.create_person(email="erika@example.org", name="Erika Muster", password="ein langer Satz")
    actions.join_guests(person)
    return person


def test_nothing_that_says_who_it_was_is_left(erika, client):
    client.force_login(erika)
    actions.erase_person(erika)
    everything = str([list(model.objects.values()) for model in (Person, Guest, EmailAddress, Erasure)])
    assert "rika" not in everything
    assert "07032" not in everything
    assert client.get("/konto/").status_code == 302
    assert not Person.objects.get().is_active
    assert queries.name_for_staff(erika.key) != "Erika Muster"
    assert set(Record.objects.values_list("verb", flat=True)) >= {"accounts.person_erased", "accounts.guest_erased"}


def test_the_address_may_open_a_new_account(erika):
    actions.erase_person(erika)
    assert actions.create_person(email="erika@example.org").pk != erika.pk


def test_erasing_twice_writes_one_fact(erika):
    actions.erase_person(erika)
    actions.erase_person(erika)
    assert Record.objects.filter(verb="accounts.person_erased").count() == 1


def test_what_an_old_backup_brought_back_is_erased_again(erika):
    actions.erase_person(erika)
    keys = list(Erasure.objects.values_list("key", flat=True))
    Erasure.objects.all().delete()
    Person.objects.update(email="erika@example.org", name="Erika Muster", is_active=True)
    Guest.objects.update(name="Erika Muster", email="erika@example.org", person=erika)
    actions.erase_guest(next(row for key in keys if isinstance(row := queries.holder_of(key), Guest)))
    assert Person.objects.get().name == "Erika Muster", (
        "a guest contact was erased, not the account it had been joined to"
    )
    actions.erase_person(queries.holder_of(erika.key))
    assert "rika" not in str([list(model.objects.values()) for model in (Person, Guest)])
    assert set(Erasure.objects.values_list("key", flat=True)) == set(keys)


def test_the_export_holds_what_is_known(erika):
    told = privacy.export(erika)
    assert told["name"] == "Erika Muster"
    assert told["addresses"] == [{"email": "erika@example.org", "verified": True}]
    assert told["guest_contacts"][0]["phone"] == "07032 1"
    assert privacy.erase(erika, by=SYSTEM)


def test_accounts_nobody_proved_go_after_three_days():
    old, fresh = (Person.objects.create_user(f"{name}@example.org") for name in ("alt", "neu"))
    proved = actions.create_person(email="echt@example.org")
    for person in (old, fresh):
        EmailAddress.objects.create(user=person, email=person.email)
    Person.objects.exclude(pk=fresh.pk).update(joined_at=clock.now() - timedelta(days=4))
    tidy()
    assert set(Person.objects.all()) == {fresh, proved}
    assert not Session.objects.exists()


def test_only_erika_changes_her_profile(client, erika):
    assert client.post("/konto/profil/", {"name": "X", "language": "en"}).status_code == 302
    client.force_login(erika)
    client.post("/konto/profil/", {"name": "Erika\r\nNeu", "language": "en"})
    erika.refresh_from_db()
    assert (erika.name, erika.language) == ("Erika Neu", "en")
