"""Trying out rules on past reports, and rules that passing on proposes."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.urls import reverse

from stadtplatz.accounts.visitors import actor_for
from stadtplatz.city import actions as city
from stadtplatz.city.models import Conditions, Duty
from stadtplatz.kit.refusals import NotAllowed
from stadtplatz.tickets import actions
from stadtplatz.tickets.queries import ruletrial
from stadtplatz.tickets.tests.conftest import MONDAY


def everything():
    return list(Duty.objects.order_by("pk").values()), list(actions.__all__)


@pytest.fixture
def operator(town):
    return actor_for(town.people.operator)


def test_a_dry_run_groups_what_would_change_and_writes_nothing(report, town, operator):
    numbers = [report().case.number for _n in range(3)]
    report(category=town.tree)
    assert ruletrial.dry_run().moved == 0
    city.plan_duty(by=operator, code="roads.pothole", unit=town.green)
    before = everything()
    trial = ruletrial.dry_run(last=50)
    assert (trial.total, trial.moved) == (4, 3)
    (group,) = trial.groups
    assert (group.category, group.before, group.after, group.count) == (town.pothole, town.roads, town.green, 3)
    assert sorted(group.examples) == sorted(numbers)
    assert everything() == before
    out = StringIO()
    call_command("tickets", "dry-run", "--last", "50", stdout=out)
    assert "3  Straßenschaden: Tiefbauamt -> Grünflächen" in out.getvalue()
    assert everything() == before


def test_a_rule_for_the_night_is_judged_by_the_hour_of_each_report(report, town, operator):
    from datetime import time, timedelta

    report(at=MONDAY)
    report(at=MONDAY + timedelta(hours=12))
    night = Conditions(from_time=time(18), until_time=time(6))
    city.plan_duty(by=operator, code="roads.pothole", unit=town.green, conditions=night)
    assert ruletrial.dry_run().moved == 1


def test_passing_on_often_proposes_a_rule_and_seldom_does_not(browser, report, town, worker, operator, at_noon):
    for _n in range(3):
        report()
    for _n in range(2):
        actions.pass_on(report(), unit=town.green, reason="Gehört zum Grün.", by=worker, at=MONDAY)
    assert ruletrial.proposals() == []
    actions.pass_on(report(), unit=town.green, reason="Gehört zum Grün.", by=worker, at=MONDAY)
    (proposal,) = ruletrial.proposals()
    assert (proposal.count, proposal.of, proposal.giver, proposal.taker) == (3, 6, town.roads, town.green)
    head, page = browser(town.people.head), reverse("desk-rules-trial")
    assert "3 der letzten 6 Anliegen wurden weitergegeben" in head.get(page).text
    given = {"category": "road-damage", "district": "", "taker": "gruen"}
    assert head.post(reverse("desk-rules-plan"), given).status_code == 403
    assert not Duty.objects.filter(planned=True).exists()
    client = browser(town.people.operator)
    client.post(reverse("desk-rules-plan"), given)
    assert "6 Anliegen" in client.get(page, {"letzte": "50"}).text
    city.adopt_plan(by=operator)
    assert report().case.unit == town.green


def test_only_heads_and_the_operator_try_rules_out(browser, town, worker, ticket):
    page = reverse("desk-rules-trial")
    assert browser(town.people.worker).get(page).status_code == 403
    assert browser(town.people.head).get(page, {"letzte": "50"}).status_code == 200
    assert browser(town.people.head).get(page, {"letzte": "99999999"}).status_code == 200
    with pytest.raises(NotAllowed):
        actions.plan_as_passed_on(category=town.pothole, district=None, taker=town.green, by=worker)
    assert not Duty.objects.filter(planned=True).exists()
