"""A small town hall: two offices below one department, and the people in them."""

from datetime import UTC, datetime
from types import SimpleNamespace

import pytest

from stadtplatz.accounts.models import Guest, Person
from stadtplatz.accounts.visitors import actor_for, actor_for_guest
from stadtplatz.cases import actions
from stadtplatz.cases.actions import Hand, Term
from stadtplatz.cases.tests.flow import TESTING
from stadtplatz.city.models import Membership, Unit

MONDAY = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)


@pytest.fixture
def hall(db):
    department = Unit.objects.create(slug="technik", name="Technik")
    roads = Unit.objects.create(slug="tiefbau", name="Tiefbauamt", parent=department)
    green = Unit.objects.create(slug="gruen", name="Grünflächen", parent=department)

    def worker(name, unit, role=Membership.MEMBER):
        person = Person.objects.create_user(f"{name}@example.org", name=name)
        Membership.objects.create(person=person, unit=unit, role=role)
        return person

    people = {
        "worker": worker("worker", roads),
        "colleague": worker("colleague", roads),
        "gardener": worker("gardener", green),
        "head": worker("head", department, Membership.LEAD),
        "operator": Person.objects.create_user("operator@example.org", is_operator=True),
    }
    guest = Guest.objects.create(email="guest@example.org")
    actors = {name: actor_for(person) for name, person in people.items()}
    return SimpleNamespace(
        department=department,
        roads=roads,
        green=green,
        guest=guest,
        people=people,
        **actors,
        reporter=actor_for_guest(guest),
    )


@pytest.fixture
def case(hall):
    return actions.open_case(
        flow=TESTING,
        to=Hand(hall.roads, None, hall.people["worker"], None, "because"),
        by=hall.reporter,
        terms={"answer": Term(3), "done": Term(10)},
        applicant=hall.guest,
        place=(8.87, 48.6),
        at=MONDAY,
    )
