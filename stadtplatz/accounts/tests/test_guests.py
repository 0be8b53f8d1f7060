"""Guests prove their address with a code, and their errands come to their account."""

from datetime import timedelta

import pytest

from stadtplatz.accounts import actions, queries
from stadtplatz.accounts.models import Guest, Proof
from stadtplatz.audit.models import Record
from stadtplatz.kit import clock
from stadtplatz.kit.refusals import ActionRefused, TooOften

pytestmark = pytest.mark.django_db


@pytest.fixture
def guest() -> Guest:
    return actions.leave_contact(name="Erika Muster", email="Erika@Example.org", phone="07032 12345")


def _wrong(proof: Proof) -> str:
    return f"{(int(proof.code) + 1) % 1_000_000:06}"


def test_the_right_code_proves_the_address(guest):
    proof = actions.send_code(guest, purpose="contact")
    assert guest.proved_at is None
    actions.check_code(guest, purpose="contact", code=f" {proof.code[:3]} {proof.code[3:]} ")
    assert guest.proved_at
    assert Record.objects.filter(verb="accounts.address_proved").count() == 1


def test_a_code_is_good_once(guest):
    proof = actions.send_code(guest, purpose="contact")
    actions.check_code(guest, purpose="contact", code=proof.code)
    with pytest.raises(ActionRefused):
        actions.check_code(guest, purpose="contact", code=proof.code)


def test_after_five_wrong_codes_the_right_one_no_longer_counts(guest):
    proof = actions.send_code(guest, purpose="contact")
    for _try in range(5):
        with pytest.raises(ActionRefused):
            actions.check_code(guest, purpose="contact", code=_wrong(proof))
    with pytest.raises(ActionRefused):
        actions.check_code(guest, purpose="contact", code=proof.code)
    guest.refresh_from_db()
    assert guest.proved_at is None


def test_a_code_expires_after_twenty_minutes(guest):
    proof = actions.send_code(guest, purpose="contact")
    with pytest.raises(ActionRefused):
        actions.check_code(guest, purpose="contact", code=proof.code, at=clock.now() + timedelta(minutes=21))
    guest.refresh_from_db()
    assert guest.proved_at is None


def test_a_code_counts_only_for_its_purpose_and_its_guest(guest):
    other = actions.leave_contact(email="erika@example.org")
    proof = actions.send_code(guest, purpose="contact")
    for who, purpose in ((guest, "erase"), (other, "contact")):
        with pytest.raises(ActionRefused):
            actions.check_code(who, purpose=purpose, code=proof.code)


def test_the_code_itself_is_not_in_the_database(guest):
    proof = actions.send_code(guest, purpose="contact")
    assert proof.code not in str(Proof.objects.values().get())
    assert proof.code not in str(list(Record.objects.values()))


def test_codes_differ_and_have_six_digits(guest, settings):
    codes = {Proof(guest=guest, purpose="x").code for _turn in range(300)}
    assert len(codes) > 290
    assert all(len(code) == 6 and code.isdigit() for code in codes)


def test_five_codes_an_hour_are_enough(guest):
    for _turn in range(5):
        actions.send_code(guest, purpose="contact")
    with pytest.raises(TooOften):
        actions.send_code(guest, purpose="contact")
    assert Proof.objects.count() == 1


def test_without_an_address_there_is_no_code():
    with pytest.raises(ActionRefused):
        actions.send_code(actions.leave_contact(phone="123"), purpose="contact")
    assert not Proof.objects.exists()


def test_only_verified_addresses_bring_errands(guest):
    person = actions.create_person(email="erika@example.org")
    person.emailaddress_set.update(verified=False)
    assert actions.join_guests(person) == 0
    person.emailaddress_set.update(verified=True)
    assert actions.join_guests(person) == 1
    assert actions.join_guests(person) == 0
    guest.refresh_from_db()
    assert guest.person == person


def test_a_contact_that_belongs_to_somebody_stays_there(guest):
    first = actions.create_person(email="erika@example.org")
    actions.join_guests(first)
    second = actions.create_person(email="zweite@example.org")
    first.emailaddress_set.all().delete()
    second.emailaddress_set.update(email="erika@example.org")
    assert actions.join_guests(second) == 0
    guest.refresh_from_db()
    assert guest.person == first


@pytest.mark.parametrize(
    "address", ["erika", "a@b", "a b@example.org", "a@example.org\nBcc: b@example.org", "a@example.org, b@example.org"]
)
def test_impossible_addresses_are_refused(address):
    with pytest.raises(ActionRefused):
        actions.leave_contact(email=address)
    assert not Guest.objects.exists()


def test_staff_read_names_and_stand_ins(guest, django_assert_num_queries):
    person = actions.create_person(email="paul@example.org")
    keys = [guest.key, person.key, "system", "link", "p:gone"]
    with django_assert_num_queries(3):
        names = queries.names_for_staff(keys)
    assert names[guest.key] == "Erika Muster"
    assert names[person.key] == "paul@example.org"
    assert names["p:gone"] == "Gelöschter Kontakt"
    assert queries.name_for_staff("link") == "Wer den Link hat"
    assert queries.person_of(person.key) == person
    assert queries.person_of(guest.key) is None
