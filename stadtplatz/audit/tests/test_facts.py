"""A fact is recorded once, holds no personal data, and is read by whom it concerns."""

from datetime import timedelta

import pytest
from django.db import transaction

from stadtplatz.audit import queries
from stadtplatz.audit.actions import record
from stadtplatz.audit.facts import APPLICANT, PUBLIC, REGISTRY, STAFF, Fact
from stadtplatz.audit.models import Record
from stadtplatz.audit.tests.facts import ASKED, NOTED, SWEPT
from stadtplatz.kit import clock
from stadtplatz.kit.actors import SYSTEM, Actor
from stadtplatz.kit.models import RateCounter

pytestmark = pytest.mark.django_db
ANNA = Actor("guest", "g:anna", guest_id=1)


@pytest.fixture
def square():
    return RateCounter.objects.create(key="square", expires_at=clock.now())


def test_a_fact_remembers_what_happened_to_what_and_a_key_of_who(square):
    record(SWEPT, subject=square, by=ANNA, times=2, streets=["a-1", "b:2"])
    row = Record.objects.get()
    assert (row.verb, row.subject_kind, row.subject_id) == ("square.swept", "kit.ratecounter", square.pk)
    assert (row.actor, row.keys) == ("g:anna", {"times": 2, "streets": ["a-1", "b:2"]})


@pytest.mark.parametrize(
    "keys",
    [
        {"times": "Erika Mustermann"},
        {"times": "erika@example.org"},
        {"times": "x" * 81},
        {"times": ["a", "Erika Mustermann"]},
        {"times": {"name": "Erika"}},
        {"times": 1.5},
        {"streets": ["a"] * 101},
        {"name": "a"},
    ],
)
def test_names_contacts_and_texts_are_refused(square, keys):
    with pytest.raises(ValueError):
        record(SWEPT, subject=square, by=ANNA, **keys)
    assert not Record.objects.exists()


def test_a_fact_belongs_to_the_transaction_of_its_change(square):
    with transaction.atomic():
        record(SWEPT, subject=square, by=SYSTEM)
        transaction.set_rollback(True)
    assert not Record.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_fact_outside_any_transaction_is_refused():
    square = RateCounter.objects.create(key="square", expires_at=clock.now())
    with pytest.raises(RuntimeError):
        record(SWEPT, subject=square, by=SYSTEM)
    assert not Record.objects.exists()


def test_a_fact_is_never_changed(square):
    row = record(SWEPT, subject=square, by=SYSTEM)
    row.verb = "square.burnt"
    with pytest.raises(TypeError):
        row.save()
    row.refresh_from_db()
    assert row.verb == "square.swept"


def test_each_reads_what_concerns_them(square):
    for fact in (SWEPT, ASKED, NOTED):
        record(fact, subject=square, by=ANNA)
    readers = {
        audience: [entry.verb for entry in queries.timeline(square, audience=audience)]
        for audience in (PUBLIC, APPLICANT, STAFF)
    }
    assert readers == {
        PUBLIC: ["square.swept"],
        APPLICANT: ["square.swept", "square.asked"],
        STAFF: ["square.swept", "square.asked", "square.noted"],
    }


def test_the_timeline_is_in_order_of_time_and_fills_in_its_sentences(square):
    other = RateCounter.objects.create(key="other", expires_at=clock.now())
    record(SWEPT, subject=square, by=ANNA, times=3)
    record(SWEPT, subject=square, by=ANNA, at=clock.now() - timedelta(days=1))
    record(SWEPT, subject=other, by=ANNA)
    assert [entry.sentence for entry in queries.timeline(square)] == [
        "The square was swept … times",
        "The square was swept 3 times",
    ]


def test_facts_of_a_version_long_gone_are_passed_over(square):
    Record.objects.create(
        verb="square.paved", subject_kind="kit.ratecounter", subject_id=square.pk, actor="system", at=clock.now()
    )
    assert queries.timeline(square, audience=STAFF) == []


def test_a_verb_is_declared_once():
    with pytest.raises(ValueError):
        Fact("square.swept", STAFF, "Something else")
    with pytest.raises(ValueError):
        Fact("square.heard", "neighbours", "Heard")
    assert "square.heard" not in REGISTRY


def test_a_fact_without_reactions_costs_one_row_and_a_look_for_listeners(square, django_assert_num_queries):
    with django_assert_num_queries(2):
        record(SWEPT, subject=square, by=ANNA)
