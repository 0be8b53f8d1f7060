"""The organisation at the desk: tried as stranger, member, another unit's administrator, administrator and operator."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from stadtplatz.accounts.actions import accept_invitation, create_person
from stadtplatz.accounts.models import Invitation, Person
from stadtplatz.accounts.visitors import actor_for
from stadtplatz.audit.models import Record
from stadtplatz.city import actions
from stadtplatz.city.models import Absence, Duty, Function, Membership, Unit
from stadtplatz.city.queries import is_member
from stadtplatz.kit import clock
from stadtplatz.kit.jobs import run_all
from stadtplatz.kit.refusals import ActionRefused, NotAllowed, Stale

pytestmark = pytest.mark.django_db
VISITORS = ["stranger", "outsider", "member", "lead", "foreign admin", "admin", "operator"]
EDITORS = {"admin", "operator"}


@pytest.fixture
def town():
    """A town hall with two offices and one person of each kind."""
    hall = Unit.objects.create(slug="rathaus", name="Rathaus")
    roads = Unit.objects.create(slug="tiefbau", name="Tiefbauamt", parent=hall)
    green = Unit.objects.create(slug="gruen", name="Grünflächenamt", parent=hall)
    upkeep = Function.objects.create(unit=roads, slug="unterhalt", name="Straßenunterhalt")
    people = {name: create_person(email=f"{name.split()[0]}@example.org", name=name.title()) for name in VISITORS[1:]}
    people["operator"].is_operator = True
    people["operator"].save()
    roles = {
        "member": (roads, "member"),
        "lead": (roads, "lead"),
        "admin": (roads, "admin"),
        "foreign admin": (green, "admin"),
    }
    members = {
        name: Membership.objects.create(person=people[name], unit=unit, role=role)
        for name, (unit, role) in roles.items()
    }
    duty = Duty.objects.create(code="roads", title="Straßen", unit=roads, function=upkeep)
    Duty.objects.create(code="*", unit=hall)
    return {
        "hall": hall,
        "roads": roads,
        "green": green,
        "upkeep": upkeep,
        "duty": duty,
        "people": people,
        "members": members,
    }


def enter(client, town, visitor):
    if visitor != "stranger":
        client.force_login(town["people"][visitor])
    return client


def actor(town, name):
    return actor_for(town["people"][name])


def state():
    return [
        list(model.objects.order_by("pk").values()) for model in (Unit, Function, Membership, Absence, Duty, Invitation)
    ]


@pytest.mark.parametrize("visitor", VISITORS)
@pytest.mark.parametrize("page", ["desk-organisation", "desk-duties", "desk-unit"])
def test_staff_read_the_organisation_and_nobody_else(client, town, visitor, page):
    answer = enter(client, town, visitor).get(reverse(page, args=["tiefbau"] if page == "desk-unit" else []))
    expected = {"stranger": 302, "outsider": 403}.get(visitor, 200)
    assert answer.status_code == expected


@pytest.mark.parametrize("visitor", VISITORS)
def test_only_who_administers_the_unit_opens_its_forms(client, town, visitor):
    enter(client, town, visitor)
    pages = [
        reverse("desk-unit-change", args=["tiefbau"]),
        reverse("desk-function-new", args=["tiefbau"]),
        reverse("desk-function", args=[town["upkeep"].pk]),
        reverse("desk-member-new", args=["tiefbau"]),
        reverse("desk-member", args=[town["members"]["member"].pk]),
        reverse("desk-duty", args=[town["duty"].pk]),
    ]
    expected = 200 if visitor in EDITORS else 302 if visitor == "stranger" else 403
    assert {client.get(page).status_code for page in pages} == {expected}


@pytest.mark.parametrize("visitor", [name for name in VISITORS if name not in EDITORS])
def test_whoever_may_not_changes_nothing_by_sending_the_form(client, town, visitor):
    enter(client, town, visitor)
    before = state()
    unit = {"name": "Gekapert", "kind": "office", "order": 1, "version": 1}
    client.post(reverse("desk-unit-change", args=["tiefbau"]), unit)
    client.post(reverse("desk-unit-close", args=["tiefbau"]), {"version": 1})
    client.post(reverse("desk-function-new", args=["tiefbau"]), {"name": "Neu"})
    client.post(reverse("desk-member-new", args=["tiefbau"]), {"email": "x@example.org", "role": "admin"})
    client.post(reverse("desk-member", args=[town["members"]["member"].pk]), {"role": "admin", "version": 1})
    client.post(reverse("desk-member-end", args=[town["members"]["admin"].pk]), {"version": 1})
    client.post(reverse("desk-duty", args=[town["duty"].pk]), {"unit": town["roads"].pk, "version": 1})
    client.post(reverse("desk-duty-end", args=[town["duty"].pk]), {"version": 1})
    client.post(reverse("desk-duty-new"), {"code": "new", "unit": town["roads"].pk})
    assert state() == before
    assert not Record.objects.filter(verb__startswith="city.").exists()


def test_the_administrator_changes_the_unit_and_the_change_is_a_fact(client, town):
    enter(client, town, "admin")
    values = {"name": "Amt für Straßen", "parent": town["hall"].pk, "kind": "office", "order": 5, "version": 1}
    answer = client.post(reverse("desk-unit-change", args=["tiefbau"]), values)
    assert answer.status_code == 303
    unit = Unit.objects.get(slug="tiefbau")
    assert (unit.name, unit.version) == ("Amt für Straßen", 2)
    fact = Record.objects.get(verb="city.unit_changed")
    assert (fact.actor, fact.keys) == (town["people"]["admin"].key, {"unit": "tiefbau", "fields": ["name", "order"]})


def test_a_stale_change_is_refused_with_what_it_says_now_and_keeps_what_was_typed(client, town):
    Unit.objects.filter(slug="tiefbau").update(name="Straßenamt", version=2)
    enter(client, town, "admin")
    values = {"name": "Mein Name", "parent": town["hall"].pk, "kind": "office", "order": 5, "version": 1}
    answer = client.post(reverse("desk-unit-change", args=["tiefbau"]), values)
    assert answer.status_code == 409
    assert "Straßenamt" in answer.text
    assert "Mein Name" in answer.text
    assert Unit.objects.get(slug="tiefbau").name == "Straßenamt"


def test_a_unit_cannot_belong_to_one_of_its_parts(town):
    before = state()
    with pytest.raises(ActionRefused):
        actions.change_unit(unit=town["hall"], by=actor(town, "operator"), version=1, parent=town["roads"])
    assert state() == before


def test_an_administrator_cannot_move_the_unit_to_where_they_have_no_say(town):
    before = state()
    with pytest.raises(NotAllowed):
        actions.change_unit(unit=town["roads"], by=actor(town, "admin"), version=1, parent=town["green"])
    assert state() == before


def test_a_closed_unit_keeps_its_history_and_a_unit_with_open_parts_stays(town):
    with pytest.raises(ActionRefused):
        actions.close_unit(unit=town["hall"], by=actor(town, "operator"), version=1)
    actions.close_unit(unit=town["roads"], by=actor(town, "operator"), version=1)
    assert Unit.objects.get(slug="tiefbau").closed
    assert Membership.objects.filter(unit=town["roads"], ended=False).exists()


def test_whoever_accepts_the_invitation_is_in_the_unit(town):
    invitation = actions.invite_member(
        unit=town["roads"], by=actor(town, "admin"), email="neu@example.org", role="lead", function=town["upkeep"]
    )
    person = create_person(email="neu@example.org", name="Nora Neu")
    accept_invitation(invitation, by=actor_for(person))
    run_all()
    run_all()
    row = Membership.objects.get(person=person)
    assert (row.unit, row.role, row.function) == (town["roads"], "lead", town["upkeep"])
    assert Record.objects.filter(verb="city.member_joined").count() == 1


def test_an_invitation_to_a_unit_that_was_closed_meanwhile_leads_nowhere(town):
    invitation = actions.invite_member(
        unit=town["roads"], by=actor(town, "admin"), email="neu@example.org", role="member"
    )
    Unit.objects.filter(slug="tiefbau").update(closed=True)
    person = create_person(email="neu@example.org")
    accept_invitation(invitation, by=actor_for(person))
    run_all()
    assert not Membership.objects.filter(person=person).exists()


def test_who_was_taken_out_belongs_to_nothing_any_more(town):
    actions.end_membership(membership=town["members"]["member"], by=actor(town, "admin"), version=1)
    assert not is_member(actor(town, "member"), town["roads"])
    assert Person.objects.get(pk=town["people"]["member"].pk).is_active


def note(town, by, whom="member", first=0, last=5, deputy=None):
    person = town["people"][whom]
    start = clock.today()
    return actions.note_absence(
        person=person,
        unit=town["roads"],
        by=actor(town, by),
        starts_on=start + timedelta(days=first),
        ends_on=start + timedelta(days=last),
        deputy=deputy,
    )


@pytest.mark.parametrize("by", ["member", "lead", "admin", "operator"])
def test_the_person_and_those_above_note_and_cancel_an_absence(town, by):
    absence = note(town, by)
    actions.cancel_absence(absence=absence, unit=town["roads"], by=actor(town, by), version=1)
    assert Absence.objects.get().cancelled


@pytest.mark.parametrize("by", ["outsider", "foreign admin"])
def test_others_note_and_cancel_no_absence(town, by):
    with pytest.raises(NotAllowed):
        note(town, by)
    absence = note(town, "member")
    with pytest.raises(NotAllowed):
        actions.cancel_absence(absence=absence, unit=town["roads"], by=actor(town, by), version=1)
    with pytest.raises(NotAllowed):
        actions.cancel_absence(absence=absence, unit=town["green"], by=actor(town, "foreign admin"), version=1)
    assert not Absence.objects.get().cancelled


@pytest.mark.parametrize(("first", "last"), [(5, 4), (-9, -1), (3, 8)])
def test_impossible_absences_are_refused(town, first, last):
    note(town, "member")
    with pytest.raises(ActionRefused):
        note(town, "member", first=first, last=last)
    assert Absence.objects.count() == 1


def test_nobody_is_their_own_deputy(town):
    with pytest.raises(ActionRefused):
        note(town, "member", deputy=town["people"]["member"])
    assert not Absence.objects.exists()


def test_an_absence_is_noted_through_the_form(client, town):
    enter(client, town, "member")
    page = reverse("desk-absence-new", args=[town["members"]["member"].pk])
    days = {"starts_on": clock.today().isoformat(), "ends_on": date(2099, 1, 1).isoformat()}
    assert client.post(page, days).status_code == 303
    assert Absence.objects.get().person == town["people"]["member"]
    assert client.post(page, days).status_code == 409


def test_the_operator_gives_a_duty_away_and_the_administrator_says_who_does_it(town):
    operator = actor(town, "operator")
    duty = actions.assign_duty(by=operator, code="roads.ice", unit=town["roads"], title="Glatteis")
    changed = {"unit": town["roads"], "title": "Glatteis", "person": None}
    actions.change_duty(duty=duty, by=actor(town, "admin"), version=1, function=town["upkeep"], **changed)
    assert Duty.objects.get(code="roads.ice").function == town["upkeep"]
    with pytest.raises(NotAllowed):
        actions.change_duty(
            duty=duty, by=actor(town, "admin"), version=2, unit=town["green"], title="", function=None, person=None
        )
    with pytest.raises(Stale):
        actions.change_duty(duty=duty, by=operator, version=1, function=None, **changed)
    assert Duty.objects.get(code="roads.ice").unit == town["roads"]


def test_a_duty_is_given_once_and_taken_up_again_after_its_end(town):
    operator = actor(town, "operator")
    with pytest.raises(ActionRefused):
        actions.assign_duty(by=operator, code="roads", unit=town["green"])
    actions.end_duty(duty=town["duty"], by=operator, version=1)
    again = actions.assign_duty(by=operator, code="roads", unit=town["green"])
    assert (again.pk, again.unit, again.ended) == (town["duty"].pk, town["green"], False)


def test_somebody_always_answers_for_everything_else(town):
    with pytest.raises(ActionRefused):
        actions.end_duty(duty=Duty.objects.get(code="*"), by=actor(town, "operator"), version=1)
    assert not Duty.objects.get(code="*").ended


def test_functions_and_people_of_other_units_are_refused(town):
    values = {"duty": town["duty"], "by": actor(town, "operator"), "version": 1, "unit": town["green"], "title": ""}
    for wrong in ({"function": town["upkeep"], "person": None}, {"function": None, "person": town["people"]["member"]}):
        with pytest.raises(ActionRefused):
            actions.change_duty(**values, **wrong)
    assert Duty.objects.get(code="roads").unit == town["roads"]


def test_trying_out_who_answers_names_the_reason(client, town):
    page = enter(client, town, "member").get(reverse("desk-duties"), {"code": "roads.hole"})
    assert "Für „Straßen“ ist zuständig: Tiefbauamt (Straßenunterhalt)." in page.text


@pytest.mark.parametrize("many", [1, 40])
def test_pages_need_few_queries_however_many_there_are(client, town, many, django_assert_max_num_queries):
    for n in range(many):
        unit = Unit.objects.create(slug=f"amt-{n}", name=f"Amt {n}", parent=town["roads"])
        person = create_person(email=f"p{n}@example.org", name=f"Person {n}")
        member = Membership.objects.create(person=person, unit=town["roads"], deputy=town["people"]["lead"])
        Absence.objects.create(person=member.person, starts_on=clock.today(), ends_on=clock.today())
        Duty.objects.create(code=f"duty.{n}", unit=unit)
    enter(client, town, "admin")
    for page in (reverse("desk-organisation"), reverse("desk-unit", args=["tiefbau"]), reverse("desk-duties")):
        client.get(page)
        with django_assert_max_num_queries(12):
            assert client.get(page).status_code == 200
