"""One process keeps the organisation in memory while another one changes it."""

import json
import multiprocessing

from benchmarks import scratch

STEPS = ("rule", "membership", "absence", "back", "name")


def person(name: str):
    from stadtplatz.accounts.models import Person

    return Person.objects.create_user(f"{name.lower()}@example.org", name=name)


def build() -> None:
    from stadtplatz.city.models import Duty, Membership, Unit

    hall = Unit.objects.create(slug="rathaus", name="Rathaus")
    roads = Unit.objects.create(slug="tiefbau", name="Tiefbauamt", parent=hall)
    Duty.objects.create(code="*", unit=hall)
    Membership.objects.create(person=person("Udo"), unit=hall, role="lead")
    Membership.objects.create(person=person("Lea"), unit=roads)


def change(step: str) -> None:
    """What somebody in another process does at the desk, or a program with plain SQL."""
    from django.db import connection

    from stadtplatz.accounts.models import Person
    from stadtplatz.city.models import Absence, Duty, Membership, Unit
    from stadtplatz.kit import clock

    roads, lea = Unit.objects.get(slug="tiefbau"), Person.objects.get(email="lea@example.org")
    if step == "rule":
        Duty.objects.bulk_create([Duty(code="roads", unit=roads, signature="by another way")])
    elif step == "membership":
        Membership.objects.filter(unit=roads).update(role="lead")
    elif step == "absence":
        Absence.objects.create(person=lea, starts_on=clock.today(), ends_on=clock.today())
    elif step == "back":
        Absence.objects.all().delete()
    else:
        with connection.cursor() as cursor:
            cursor.execute("UPDATE accounts_person SET name = 'Lea Neu' WHERE id = %s", [lea.pk])


def asked() -> list[str]:
    from stadtplatz.city.queries import responsible_for

    found = responsible_for(duty="roads")
    return [found.unit.name, str(found.person or "")]


def both(number: int, turns) -> list[list[str]]:
    """Process 0 asks before and after each change of process 1."""
    answers = [asked()] if number == 0 else []
    for step in STEPS:
        turns.wait(60)
        if number == 1:
            change(step)
        turns.wait(60)
        if number == 0:
            answers.append(asked())
    return answers


if __name__ == "__main__":
    with scratch.town():
        build()
        print(json.dumps(scratch.at_once(2, both, multiprocessing.get_context("fork").Barrier(2))[0]))
