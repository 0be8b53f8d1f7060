"""Which rule counts: the most special one, whatever the order of a list; and what is planned holds nowhere yet."""

import random
from datetime import UTC, datetime, time

import pytest
from django.urls import reverse

from stadtplatz.accounts.models import Person
from stadtplatz.accounts.visitors import actor_for
from stadtplatz.city import actions
from stadtplatz.city.models import Conditions, District, Duty, Membership, Place, Street, Unit
from stadtplatz.city.models.duty import signature_of
from stadtplatz.city.queries import answering_unit, responsible_for, rules_as_planned, rules_in_force
from stadtplatz.kit.refusals import ActionRefused, NotAllowed

pytestmark = pytest.mark.django_db
WEDNESDAY = datetime(2026, 11, 25, 11, 0, tzinfo=UTC)
SUNDAY_NIGHT = datetime(2026, 11, 29, 22, 30, tzinfo=UTC)
HERE, THERE = (8.05, 48.05), (8.2, 48.05)
SQUARE = {
    "type": "Polygon",
    "coordinates": [[[8.04, 48.04], [8.06, 48.04], [8.06, 48.06], [8.04, 48.06], [8.04, 48.04]]],
}


@pytest.fixture
def town():
    hall = Unit.objects.create(slug="rathaus", name="Rathaus")
    units = {
        slug: Unit.objects.create(slug=slug, name=slug.title(), parent=hall) for slug in ("tiefbau", "bauhof", "winter")
    }
    ring = [[8.0, 48.0], [8.1, 48.0], [8.1, 48.1], [8.0, 48.1], [8.0, 48.0]]
    box = {"west": 8.0, "south": 48.0, "east": 8.1, "north": 48.1, "lon": 8.05, "lat": 48.05}
    village = District.objects.create(
        slug="dorf", name="Dorf", source="boundary", geometry={"type": "Polygon", "coordinates": [ring]}, **box
    )
    line = {"west": 8.0, "east": 8.1, "south": 48.05, "north": 48.05, "lon": 8.05, "lat": 48.05}
    street = Street.objects.create(
        name="Hauptstraße",
        name_key="hauptstr",
        road_class="primary",
        district=village,
        lines=[[[8.0, 48.05], [8.1, 48.05]]],
        **line,
    )
    Duty.objects.create(code="*", unit=hall)
    operator = Person.objects.create_user("op@example.org", name="Op", is_operator=True)
    clerk = Person.objects.create_user("clerk@example.org", name="Clerk")
    Membership.objects.create(person=clerk, unit=units["tiefbau"], role="admin")
    return {
        **units,
        "hall": hall,
        "village": village,
        "street": street,
        "operator": actor_for(operator),
        "clerk": actor_for(clerk),
    }


LADDER = [
    ("*", {}),
    ("roads", {}),
    ("roads.ice", {}),
    ("roads.ice", {"season_from": "11-01", "season_until": "03-31"}),
    ("roads.ice", {"weekdays": "67"}),
    ("roads.ice", {"from_time": time(16), "until_time": time(7)}),
    ("roads.ice", {"street_class": "main"}),
    ("roads.ice", {"district": "village"}),
    ("roads.ice", {"area": SQUARE}),
    ("roads.ice", {"street": "street"}),
]
"""From the general to the special: each rule comes before all above it."""


def test_each_step_of_the_ladder_comes_before_all_below_it_in_any_order_of_the_list(town):
    rules = []
    for number, (code, given) in enumerate(LADDER):
        values = {name: town.get(value, value) if isinstance(value, str) else value for name, value in given.items()}
        unit = Unit.objects.create(slug=f"u{number}", name=f"U{number}")
        rules.append(Duty(pk=1000 + number, code=code, unit=unit, **values))
    asked = {"duty": "roads.ice", "place": HERE, "at": SUNDAY_NIGHT}
    for top in range(1, len(rules)):
        assert answering_unit(rules[: top + 1], **asked).slug == f"u{top}"
    chance = random.Random(7)
    for _ in range(200):
        assert answering_unit(chance.sample(rules, len(rules)), **asked).slug == f"u{len(rules) - 1}"


@pytest.mark.parametrize(
    ("given", "at", "holds"),
    [
        ({"weekdays": "12345"}, WEDNESDAY, True),
        ({"weekdays": "67"}, WEDNESDAY, False),
        ({"from_time": time(16), "until_time": time(7)}, SUNDAY_NIGHT, True),
        ({"from_time": time(16), "until_time": time(7)}, WEDNESDAY, False),
        (
            {"from_time": time(7), "until_time": time(12)},
            WEDNESDAY,
            False,
        ),  # ends at twelve sharp on the town hall's clock
        ({"season_from": "11-01", "season_until": "03-31"}, WEDNESDAY, True),
        ({"season_from": "04-01", "season_until": "10-31"}, WEDNESDAY, False),
        ({"street_class": "main"}, WEDNESDAY, True),
        ({"street_class": "way"}, WEDNESDAY, False),
    ],
)
def test_a_rule_holds_only_where_and_when_it_says(town, given, at, holds):
    Duty.objects.create(code="roads", unit=town["winter"], **given)
    expected = town["winter"] if holds else town["hall"]
    assert responsible_for(duty="roads", place=HERE, at=at).unit == expected


def test_why_this_unit_names_the_conditions(town):
    Duty.objects.create(code="roads", title="Glätte", unit=town["winter"], weekdays="12345", street=town["street"])
    answer = responsible_for(duty="roads", place=HERE, at=WEDNESDAY)
    assert "Die Regel gilt für: Hauptstraße; Mo–Fr." in answer.reason
    assert responsible_for(duty="roads", place=THERE, at=WEDNESDAY).unit == town["hall"]


@pytest.mark.parametrize(
    ("first", "second", "tie"),
    [
        ({}, {}, True),
        ({"weekdays": "123"}, {"weekdays": "345"}, True),
        ({"weekdays": "123"}, {"weekdays": "45"}, False),
        ({"from_time": time(16), "until_time": time(7)}, {"from_time": time(6), "until_time": time(8)}, True),
        ({"from_time": time(16), "until_time": time(7)}, {"from_time": time(7), "until_time": time(16)}, False),
        ({"season_from": "11-01", "season_until": "03-31"}, {"season_from": "04-01", "season_until": "10-31"}, False),
        ({"street_class": "main"}, {"street_class": "way"}, False),
        ({"street_class": "main"}, {"weekdays": "1"}, False),
    ],
)
def test_two_rules_that_nobody_could_choose_between_are_refused(town, first, second, tie):
    actions.assign_duty(by=town["operator"], code="roads", unit=town["tiefbau"], conditions=Conditions(**first))
    other = {"by": town["operator"], "code": "roads", "unit": town["bauhof"], "conditions": Conditions(**second)}
    if not tie:
        actions.assign_duty(**other)
        return
    with pytest.raises(ActionRefused):
        actions.assign_duty(**other)
    assert Duty.objects.filter(code="roads").count() == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"from_time": time(8)},
        {"season_from": "11-01"},
        {"season_from": "13-01", "season_until": "03-31"},
        {"weekdays": "8"},
        {"area": {"type": "Polygon", "coordinates": [[[0, 0], [1, 1], [1, 0], [0, 1], [0, 0]]]}},
        {"area": {"type": "Point", "coordinates": [1, 2]}},
    ],
)
def test_conditions_that_mean_nothing_are_refused(town, wrong):
    with pytest.raises(ActionRefused):
        actions.assign_duty(by=town["operator"], code="roads", unit=town["tiefbau"], conditions=Conditions(**wrong))
    assert Duty.objects.count() == 1


def test_a_plan_holds_nowhere_until_it_is_taken_over_as_a_whole(town):
    by = town["operator"]
    old = actions.assign_duty(by=by, code="roads", unit=town["tiefbau"])
    gone = actions.assign_duty(by=by, code="roads.ice", unit=town["winter"])
    actions.plan_duty(by=by, code="", replaces=old, unit=town["bauhof"])
    actions.plan_end(by=by, duty=gone)
    actions.plan_duty(by=by, code="green", unit=town["bauhof"])
    asked = {"place": None, "at": WEDNESDAY}
    assert [answering_unit(rules_in_force(), duty=d, **asked).slug for d in ("roads", "roads.ice", "green")] == [
        "tiefbau",
        "winter",
        "rathaus",
    ]
    assert [answering_unit(rules_as_planned(), duty=d, **asked).slug for d in ("roads", "roads.ice", "green")] == [
        "bauhof"
    ] * 3
    assert responsible_for(duty="roads", at=WEDNESDAY).unit == town["tiefbau"]
    assert actions.adopt_plan(by=by) == 3
    assert [responsible_for(duty=d, at=WEDNESDAY).unit.slug for d in ("roads", "roads.ice", "green")] == ["bauhof"] * 3
    assert not Duty.objects.filter(planned=True).exists()


def test_a_plan_that_would_tie_changes_nothing(town):
    by = town["operator"]
    actions.assign_duty(by=by, code="roads", unit=town["tiefbau"])
    actions.plan_duty(by=by, code="green", unit=town["bauhof"])
    actions.plan_duty(by=by, code="roads", unit=town["bauhof"])
    with pytest.raises(ActionRefused):
        actions.adopt_plan(by=by)
    assert Duty.objects.filter(planned=True).count() == 2
    assert responsible_for(duty="green", at=WEDNESDAY).unit == town["hall"]


def test_only_the_operator_plans_and_gives_conditions(town):
    row = actions.assign_duty(by=town["operator"], code="roads", unit=town["tiefbau"])
    plan = actions.plan_duty(by=town["operator"], code="green", unit=town["bauhof"])
    clerk = town["clerk"]
    for act in (
        lambda: actions.plan_duty(by=clerk, code="x", unit=town["tiefbau"]),
        lambda: actions.plan_end(by=clerk, duty=row),
        lambda: actions.drop_plan(by=clerk, plan=plan),
        lambda: actions.adopt_plan(by=clerk),
        lambda: actions.change_duty(
            duty=row,
            by=clerk,
            version=1,
            unit=town["tiefbau"],
            title="",
            function=None,
            person=None,
            conditions=Conditions(weekdays="1"),
        ),
    ):
        with pytest.raises(NotAllowed):
            act()
    assert Duty.objects.filter(planned=True).count() == 1
    assert Duty.objects.get(pk=row.pk).conditions == Conditions()


def test_the_operator_writes_a_rule_on_the_page_and_plans_it(client, town):
    client.force_login(Person.objects.get(email="op@example.org"))
    typed = {
        "code": "roads.ice", "unit": town["winter"].pk, "street_name": "Hauptstr.", "weekdays": ["6", "7"], "from_time": "16:00",
        "until_time": "07:00", "season_from": "11-01", "season_until": "03-31", "corners": "", "street_class": "",
    }  # fmt: skip
    answer = client.post(reverse("desk-duty-new"), {**typed, "plan": "1"})
    assert answer.status_code == 303, answer.text
    plan = Duty.objects.get(planned=True)
    assert (plan.street, plan.weekdays, plan.from_time) == (town["street"], "67", time(16))
    page = client.get(reverse("desk-duties")).text
    assert "Geplante Änderungen" in page
    assert "Hauptstraße; Sa, So; 16:00–07:00; 1. November – 31. März" in page
    client.post(reverse("desk-duty-adopt"))
    assert responsible_for(duty="roads.ice", place=HERE, at=SUNDAY_NIGHT).unit == town["winter"]
    row = Duty.objects.get(code="roads.ice")
    assert "Hauptstraße" in client.get(reverse("desk-duty", args=[row.pk])).text
    client.post(reverse("desk-duty-end", args=[row.pk]), {"plan": "1", "version": row.version})
    client.post(reverse("desk-duty-drop", args=[Duty.objects.get(planned=True).pk]))
    assert Duty.objects.filter(ended=False, planned=False, code="roads.ice").exists()
    assert client.post(reverse("desk-duty-new"), {**typed, "code": "x", "street_name": "Nirgendweg"}).status_code == 422
    assert client.post(reverse("desk-duty-new"), {**typed, "code": "x", "corners": "hier"}).status_code == 422


def test_a_place_is_hidden_and_shown_again_at_the_desk_by_the_operator_alone(client, town):
    place = Place.objects.create(kind="shop", name="Laden", osm_type="n", osm_id=1, lon=8.05, lat=48.05)
    client.force_login(Person.objects.get(email="clerk@example.org"))
    assert client.get(reverse("desk-places")).status_code in (403,)
    assert client.post(reverse("desk-place", args=[place.pk]), {"version": 1}).status_code == 403
    client.force_login(Person.objects.get(email="op@example.org"))
    client.get(reverse("desk-places")).text.index("Laden")
    client.post(reverse("desk-place", args=[place.pk]), {"version": 1})
    assert Place.objects.get(pk=place.pk).hidden_at
    client.post(reverse("desk-place", args=[place.pk]), {"version": 2, "show": "1"})
    assert not Place.objects.get(pk=place.pk).hidden_at


def test_the_signature_of_old_rules_is_that_of_their_code_and_district(town):
    """The migration spells it out; both must agree."""
    import hashlib
    import json

    plain = json.dumps(["roads", town["village"].pk, None, "", None, "", None, None, "", ""])
    assert (
        signature_of("roads", Conditions(district=town["village"])) == hashlib.sha256(plain.encode()).hexdigest()[:40]
    )
