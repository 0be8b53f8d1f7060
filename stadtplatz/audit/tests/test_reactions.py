"""What follows from a fact happens at least once, after commit, and never stops the fact."""

from datetime import timedelta

import pytest

from stadtplatz.audit import reactions
from stadtplatz.audit.actions import record
from stadtplatz.audit.apps import every_reaction_hears_something
from stadtplatz.audit.models import Record
from stadtplatz.audit.reactions import reacts_to
from stadtplatz.audit.tests.facts import ASKED, SWEPT
from stadtplatz.kit import clock, jobs
from stadtplatz.kit.actors import SYSTEM
from stadtplatz.kit.models import Job, RateCounter

pytestmark = pytest.mark.django_db
heard: list = []
broken: list = []


@pytest.fixture(autouse=True)
def two_neighbours(monkeypatch):
    heard.clear()
    broken.clear()
    monkeypatch.setattr(reactions, "_REACTIONS", {})

    @reacts_to("square.swept", "square.asked")
    def listen(row):
        heard.append(row.verb)

    @reacts_to("square.swept")
    def grumble(row):
        broken.append(row.pk)
        raise RuntimeError


def sweep() -> Record:
    square = RateCounter.objects.create(key="square", expires_at=clock.now())
    return record(SWEPT, subject=square, by=SYSTEM)


def test_every_reaction_to_a_fact_runs_after_it():
    row = sweep()
    assert heard == []
    jobs.run_all()
    assert heard == ["square.swept"]
    assert broken == [row.pk]


def test_one_that_fails_is_tried_again_without_the_others_then_waits_for_the_operator():
    sweep()
    for _ in range(10):
        jobs.run_all()
        Job.objects.filter(state=Job.WAITING).update(run_at=clock.now() - timedelta(seconds=1))
    assert heard == ["square.swept"]
    assert len(broken) == 8
    [dead] = jobs.dead()
    jobs.replay(dead.pk)
    jobs.run_all()
    assert len(broken) == 9


def test_each_fact_reaches_its_own_reactions_alone():
    square = RateCounter.objects.create(key="square", expires_at=clock.now())
    record(ASKED, subject=square, by=SYSTEM)
    jobs.run_all()
    assert heard == ["square.asked"]
    assert broken == []


def test_a_reaction_to_a_verb_nobody_declares_is_found_by_the_check():
    assert every_reaction_hears_something(None) == []

    @reacts_to("square.sweept")
    def slip(row):
        heard.append(row)

    [error] = every_reaction_hears_something(None)
    assert "square.sweept" in error.msg
