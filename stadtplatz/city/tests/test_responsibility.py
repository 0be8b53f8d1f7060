"""Who answers for what, in a small town."""

from datetime import UTC, date, datetime

import pytest

from stadtplatz.accounts.models import Person
from stadtplatz.accounts.visitors import actor_for
from stadtplatz.city.models import Absence, District, Duty, Function, Membership, Unit
from stadtplatz.city.queries import NobodyThere, is_member, responsible_for, units_of
from stadtplatz.kit.actors import ANONYMOUS

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)


def person(name: str, **fields) -> Person:
    return Person.objects.create_user(f"{name.lower().replace(' ', '.')}@example.org", name=name, **fields)


@pytest.fixture
def town():
    hall = Unit.objects.create(slug="rathaus", name="Rathaus")
    roads = Unit.objects.create(slug="tiefbau", name="Tiefbauamt", parent=hall)
    upkeep = Function.objects.create(unit=roads, slug="unterhalt", name="Straßenunterhalt")
    head, worker = person("Lea Leitung"), person("Udo Unterhalt")
    Membership.objects.create(person=head, unit=roads, role="lead")
    Membership.objects.create(person=worker, unit=roads, function=upkeep, deputy=head)
    Duty.objects.create(code="*", unit=hall)
    Duty.objects.create(code="roads", unit=roads)
    Duty.objects.create(code="roads.pothole", unit=roads, function=upkeep, title="Schlagloch")
    return {"hall": hall, "roads": roads, "head": head, "worker": worker, "upkeep": upkeep}


def test_the_most_special_duty_wins_and_names_its_function(town):
    answer = responsible_for(duty="roads.pothole", at=MONDAY)
    assert (answer.unit, answer.function, answer.person) == (town["roads"], town["upkeep"], town["worker"])
    assert answer.reason == "Für „Schlagloch“ ist zuständig: Tiefbauamt (Straßenunterhalt)."


def test_an_unknown_special_duty_falls_back_to_the_general_one(town):
    answer = responsible_for(duty="roads.bridge.rail", at=MONDAY)
    assert (answer.unit, answer.person) == (town["roads"], town["head"])


def test_what_no_rule_covers_lands_at_the_default_unit(town):
    answer = responsible_for(duty="ufo.landing", at=MONDAY)
    assert (answer.unit, answer.person) == (town["hall"], None)
    assert "keine besondere Regel" in answer.reason


def test_without_any_duty_the_topmost_unit_answers(town):
    Duty.objects.all().delete()
    assert responsible_for(duty="roads", at=MONDAY).unit == town["hall"]


def test_a_town_without_units_says_so():
    with pytest.raises(NobodyThere):
        responsible_for(duty="roads")


def test_the_rule_of_the_district_comes_first(town):
    square = [[8.0, 48.0], [8.1, 48.0], [8.1, 48.1], [8.0, 48.1], [8.0, 48.0]]
    village = District.objects.create(
        slug="dorf",
        name="Dorf",
        source="boundary",
        lon=8.05,
        lat=48.05,
        west=8.0,
        south=48.0,
        east=8.1,
        north=48.1,
        geometry={"type": "Polygon", "coordinates": [square]},
    )
    Duty.objects.create(code="roads.pothole", district=village, unit=town["hall"])
    assert responsible_for(duty="roads.pothole", place=(8.05, 48.05), at=MONDAY).unit == town["hall"]
    assert responsible_for(duty="roads.pothole", place=(8.2, 48.05), at=MONDAY).unit == town["roads"]


def away(person, until=date(2026, 12, 3), deputy=None):
    return Absence.objects.create(person=person, starts_on=date(2026, 11, 28), ends_on=until, deputy=deputy)


def test_the_standing_deputy_steps_in_and_the_reason_names_both(town):
    away(town["worker"])
    answer = responsible_for(duty="roads.pothole", at=MONDAY)
    assert (answer.person, answer.deputy_for) == (town["head"], town["worker"])
    assert "Udo Unterhalt ist bis 3. Dezember abwesend." in answer.reason
    assert "Lea Leitung vertritt." in answer.reason
    assert "Unterhalt ist" not in answer.public_reason


def test_the_deputy_of_the_absence_comes_before_the_standing_one(town):
    other = person("Ole Ohnefall")
    away(town["worker"], deputy=other)
    assert responsible_for(duty="roads.pothole", at=MONDAY).person == other


def test_the_last_day_of_an_absence_counts_and_the_day_after_does_not(town):
    away(town["worker"])
    late = datetime(2026, 12, 3, 22, 30, tzinfo=UTC)  # 23:30 on the town hall's clock
    after = datetime(2026, 12, 3, 23, 30, tzinfo=UTC)  # 00:30 on the next day
    assert responsible_for(duty="roads.pothole", at=late).person == town["head"]
    assert responsible_for(duty="roads.pothole", at=after).person == town["worker"]


def test_a_circle_of_absent_deputies_ends_at_the_unit(town):
    away(town["worker"])
    away(town["head"], deputy=town["worker"])
    answer = responsible_for(duty="roads.pothole", at=MONDAY)
    assert answer.person is None
    assert answer.unit == town["roads"]
    assert "Tiefbauamt übernimmt als Einheit" in answer.reason


def test_a_cancelled_absence_does_not_count(town):
    Absence.objects.filter(pk=away(town["worker"]).pk).update(cancelled=True)
    assert responsible_for(duty="roads.pothole", at=MONDAY).person == town["worker"]


def test_a_closed_unit_hands_over_to_the_unit_above(town):
    Unit.objects.filter(slug="tiefbau").update(closed=True)
    assert responsible_for(duty="roads", at=MONDAY).unit == town["hall"]


def test_somebody_who_left_is_not_asked(town):
    Membership.objects.filter(person=town["worker"]).update(ended=True)
    assert responsible_for(duty="roads.pothole", at=MONDAY).person == town["head"]


def test_membership_reaches_down_for_heads_only(town):
    chief = person("Cleo Chef")
    Membership.objects.create(person=chief, unit=town["hall"], role="lead")
    clerk = person("Karl Kanzlei")
    Membership.objects.create(person=clerk, unit=town["hall"])
    assert is_member(actor_for(chief), town["roads"])
    assert not is_member(actor_for(clerk), town["roads"])
    assert {unit.slug for unit in units_of(actor_for(chief))} == {"rathaus", "tiefbau"}
    assert {unit.slug for unit in units_of(actor_for(clerk))} == {"rathaus"}
    assert units_of(ANONYMOUS) == []


def test_roles_are_told_apart(town):
    assert is_member(actor_for(town["head"]), town["roads"], roles=("lead", "admin"))
    assert not is_member(actor_for(town["worker"]), town["roads"], roles=("lead", "admin"))
