"""Whose desk a report lies on: unit and function for everybody, the name only where the city publishes it."""

import pytest

from stadtplatz.accounts.visitors import actor_for
from stadtplatz.city.actions import change_member
from stadtplatz.city.models import Membership

pytestmark = pytest.mark.django_db
NAME = "Worker"


@pytest.fixture
def pages(ticket, client):
    """What the reporter and, after release, everybody reads."""

    def read() -> str:
        return client.get(f"/anliegen/{ticket.case.secret}/").content.decode()

    return read


def publish(town, named: bool) -> None:
    row = Membership.objects.get(person=town.people.worker)
    Membership.objects.filter(pk=row.pk).update(named=named)


def test_nobody_is_named_unless_the_city_says_so(town, ticket, pages):
    ticket.case.assignee = town.people.worker
    ticket.case.save()
    assert NAME not in pages()
    publish(town, True)
    assert f"Tiefbauamt, Straßenunterhalt, {NAME}" in pages()
    publish(town, False)
    assert NAME not in pages()


def test_a_name_published_for_another_unit_says_nothing_here(town, ticket, pages):
    ticket.case.assignee = town.people.worker
    ticket.case.save()
    publish(town, True)
    Membership.objects.filter(person=town.people.worker).update(unit=town.green)
    assert NAME not in pages()


def test_changing_a_member_without_a_word_about_the_name_leaves_it(town):
    publish(town, True)
    head = town.people.head
    Membership.objects.filter(person=head).update(role=Membership.ADMIN)
    row = Membership.objects.get(person=town.people.worker)
    change_member(
        membership=row,
        by=actor_for(head),
        version=row.version,
        role=Membership.LEAD,
        function=row.function,
        deputy=None,
    )
    row.refresh_from_db()
    assert (row.role, row.named) == (Membership.LEAD, True)
