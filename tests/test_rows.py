"""A query written down once answers as the query itself."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.db.models import F, Value
from django.test.utils import CaptureQueriesContext

from stadtplatz.accounts.models import Guest, Person, Proof
from stadtplatz.kit.rows import InBulk, Written, fill, sole

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)

BY_MAIL = Written(lambda mail: Guest.objects.filter(email=mail).select_related("person").order_by("pk"), mail=str)
OPEN = Written(
    lambda guest, moment: Proof.objects.filter(guest=guest, used_at=None, expires_at__gt=moment).select_related(
        "guest"
    ),
    guest=int,
    moment=datetime,
)


@pytest.fixture
def guests():
    person = Person.objects.create_user("lea@example.org", name="Lea")
    rows = [Guest(email="gast@example.org", person=person), Guest(email="gast@example.org", name="Zweiter")]
    return Guest.objects.bulk_create(rows)


def state(row):
    return {name: value for name, value in row.__dict__.items() if name != "_state"}


def test_rows_and_what_is_joined_are_those_of_the_query(guests):
    rows = BY_MAIL(mail="gast@example.org")
    plain = list(Guest.objects.filter(email="gast@example.org").select_related("person").order_by("pk"))
    assert [state(row) for row in rows] == [state(row) for row in plain]
    assert (rows[0].person, rows[1].person) == (guests[0].person, None)
    assert not rows[0]._state.adding
    assert BY_MAIL(mail="niemand@example.org") == []


def test_it_asks_the_database_each_time_with_one_statement(guests):
    with CaptureQueriesContext(connection) as asked:
        assert len(BY_MAIL(mail="gast@example.org")) == 2
        Guest.objects.filter(pk=guests[0].pk).update(email="weg@example.org")
        assert [row.name for row in BY_MAIL(mail="gast@example.org")] == ["Zweiter"]
        assert BY_MAIL.sole(mail="weg@example.org").person == guests[0].person
    assert len(asked.captured_queries) == 4


def test_times_and_numbers_are_filled_in_as_the_database_keeps_them(guests):
    when = {"created_at": NOON, "expires_at": NOON}
    proof = Proof.objects.create(guest=guests[0], purpose="mail", **when)
    assert OPEN(guest=guests[0].pk, moment=NOON - timedelta(seconds=1)) == [proof]
    assert OPEN(guest=guests[0].pk, moment=NOON) == []
    assert OPEN(guest=guests[1].pk, moment=NOON - timedelta(seconds=1)) == []


def test_annotations_come_along(guests):
    added = Written(lambda plus: Guest.objects.annotate(more=F("id") + Value(plus)).order_by("pk"), plus=int)
    assert [row.more for row in added(plus=100)] == [row.pk + 100 for row in guests]


def test_a_value_that_does_not_reach_the_statement_is_refused():
    unused = Written(lambda word: Guest.objects.filter(name__contains=word), word=str)
    with pytest.raises(ValueError, match="word"):
        unused(word="x")


def test_the_sole_row_is_found_without_an_order(guests):
    assert sole(Guest.objects.filter(pk=guests[0].pk)) == guests[0]


def test_rows_beside_a_row_are_at_hand_as_if_prefetched(guests):
    when = {"created_at": NOON, "expires_at": NOON}
    proofs = Proof.objects.bulk_create([Proof(guest=guests[0], purpose=word, **when) for word in ("mail", "pin")])
    beside = Written(lambda guest: Proof.objects.filter(guest=guest).order_by("-pk"), guest=int)
    fill([guests[0]], "proofs", beside(guest=guests[0].pk))
    with CaptureQueriesContext(connection) as asked:
        assert list(guests[0].proofs.all()) == proofs[::-1]
        assert guests[0].proofs.all()[0].guest is guests[0]
    assert not asked.captured_queries
    assert list(guests[0].proofs.filter(purpose="pin")) == [proofs[1]]
    assert not guests[1].proofs.filter(purpose="pin")


def test_rows_by_their_numbers_are_fetched_some_at_a_time(guests):
    by_number = InBulk(lambda: Guest.objects.select_related("person"), 2)
    more = Guest.objects.create(email="drei@example.org")
    numbers = [more.pk, guests[0].pk, more.pk, guests[1].pk, 0]
    with CaptureQueriesContext(connection) as asked:
        found = by_number(numbers)
        assert found[guests[0].pk].person == guests[0].person
    assert len(asked.captured_queries) == 2
    assert found == Guest.objects.in_bulk(numbers)
    assert by_number([]) == {}
