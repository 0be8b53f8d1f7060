"""The machine room: dead letters are seen, tried again or discarded, and only by those who run the installation."""

import pytest
from django.urls import reverse

from stadtplatz.accounts.models import Person
from stadtplatz.kit import clock
from stadtplatz.kit.models import Job

pytestmark = pytest.mark.django_db


@pytest.fixture
def dead_letter():
    return Job.objects.create(
        name="notifications.jobs.send",
        args=[17],
        run_at=clock.now(),
        state=Job.DEAD,
        attempts=8,
        error="SMTPError",
        failed_at=clock.now(),
    )


@pytest.fixture
def operator(client):
    client.force_login(Person.objects.create_user("betrieb@example.org", is_operator=True))
    return client


def addresses(job: Job) -> list[str]:
    return [
        reverse("desk-machine-replay", args=[job.pk]),
        reverse("desk-machine-discard", args=[job.pk]),
    ]


def test_the_operator_sees_dead_letters_and_lets_them_try_again(operator, dead_letter):
    page = operator.get(reverse("desk-machine-room")).content.decode()
    assert "notifications.jobs.send" in page
    assert "SMTPError" in page
    assert operator.post(addresses(dead_letter)[0]).status_code == 303
    dead_letter.refresh_from_db()
    assert (dead_letter.state, dead_letter.attempts) == (Job.WAITING, 0)


def test_the_operator_discards_a_dead_letter(operator, dead_letter):
    operator.post(addresses(dead_letter)[1])
    assert not Job.objects.filter(pk=dead_letter.pk).exists()


def test_nobody_else_gets_in(client, dead_letter):
    for address in addresses(dead_letter):
        assert client.post(address).status_code == 302
    client.force_login(Person.objects.create_user("erika@example.org"))
    assert client.get(reverse("desk-machine-room")).status_code == 403
    for address in addresses(dead_letter):
        assert client.post(address).status_code == 403
    dead_letter.refresh_from_db()
    assert dead_letter.state == Job.DEAD


def test_the_page_asks_the_same_with_many_dead_letters(operator, django_assert_max_num_queries):
    Job.objects.bulk_create(
        Job(name="x", run_at=clock.now(), state=Job.DEAD, failed_at=clock.now()) for _ in range(150)
    )
    operator.get(reverse("desk-machine-room"))  # what seldom changes is at hand from now on
    with django_assert_max_num_queries(12):
        operator.get(reverse("desk-machine-room"))
