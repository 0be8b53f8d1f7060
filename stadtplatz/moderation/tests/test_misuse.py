"""Whoever misuses the pages again and again is warned, then shut out for a time, by a person (Art. 23 DSA)."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from stadtplatz.accounts.models import Person
from stadtplatz.accounts.visitors import actor_for
from stadtplatz.audit.models import Record
from stadtplatz.kit import clock
from stadtplatz.kit.actors import ANONYMOUS
from stadtplatz.kit.jobs import run_all
from stadtplatz.kit.refusals import ActionRefused, NotAllowed
from stadtplatz.moderation import actions, rules
from stadtplatz.moderation.flow import SIX_MONTHS
from stadtplatz.moderation.models import ContentNotice, Measure, MisuseRule
from stadtplatz.moderation.queries import misuse
from stadtplatz.moderation.tests.builders import content, notice, ruling
from stadtplatz.notifications.models import Message

pytestmark = pytest.mark.usefixtures("desk")
MIA = "mia@example.org"


def sign_in(client, name):
    client.force_login(Person.objects.get(email__startswith=f"{name}.desk"))


def sender():
    return rules.sender_key(MIA)


def unfounded(desk, count=1, at=None, email=MIA):
    """So many notices of one person, each decided as manifestly without ground."""
    start = ContentNotice.objects.count()
    for number in range(count):
        given = notice(content(str(100 + start + number)), email=email, at=at or clock.now() - timedelta(days=1))
        actions.decide(matter=given.matter, ruling=ruling(restrict=False, unfounded=(given.pk,)), by=desk[0])


def finding(kind="warning", days=None, **more):
    said = {
        "gravity": "Drei Höfe mussten antworten.",
        "intention": "Die Person schreibt, sie höre nicht auf.",
        "reasons": "Immer dieselbe Behauptung, viermal widerlegt.",
    }
    return actions.Finding(kind=kind, days=days, **said | more)


def take(desk, kind="warning", days=None, who=0, at=None, **more):
    return actions.take_measure(
        side="notifier", subject=sender(), finding=finding(kind, days, **more), by=desk[who], at=at
    )


@pytest.fixture
def shut_out(desk):
    """Warned yesterday, one more notice, shut out for thirty days."""
    unfounded(desk, 3, at=clock.now() - timedelta(days=9))
    take(desk, at=clock.now() - timedelta(days=2))
    unfounded(desk)
    return take(desk, "suspension", 30)


@pytest.mark.parametrize(
    ("before", "warned", "after", "kind", "days", "code"),
    [
        (2, False, 0, "warning", None, "few"),
        (3, False, 0, "warning", None, None),
        (3, False, 0, "suspension", 30, "warning"),
        (3, True, 0, "suspension", 30, "since"),
        (3, True, 1, "suspension", None, "days"),
        (3, True, 1, "suspension", 0, "days"),
        (3, True, 1, "suspension", 91, "days"),
        (3, True, 1, "suspension", 90, None),
        (3, True, 1, "exile", 90, "kind"),
    ],
)
def test_a_warning_first_and_never_less_than_frequent(desk, before, warned, after, kind, days, code):
    unfounded(desk, before, at=clock.now() - timedelta(days=9))
    if warned:
        take(desk, at=clock.now() - timedelta(days=2))
    unfounded(desk, after)
    had = Measure.objects.count()
    if code is None:
        assert take(desk, kind, days).kind == kind
        return
    with pytest.raises(ActionRefused) as refused:
        take(desk, kind, days)
    assert refused.value.code == code
    assert Measure.objects.count() == had


def test_old_cases_warnings_that_were_wrong_and_founded_notices_do_not_count(desk):
    unfounded(desk, 1, at=clock.now() - timedelta(days=361))
    unfounded(desk, 2)
    notice(content("7"))
    counted = misuse.count("notifier", sender())
    assert (counted.cases, counted.total, counted.share) == (2, 3, 67)
    unfounded(desk, 1, at=clock.now() - timedelta(days=9))
    warning = take(desk, at=clock.now() - timedelta(days=2))
    actions.complain_measure(measure=warning, text="Ich war es nicht.", by=ANONYMOUS)
    actions.answer_measure(measure=warning, upheld=True, answer="Das stimmt, es war eine Verwechslung.", by=desk[1])
    with pytest.raises(ActionRefused) as refused:
        take(desk, "suspension", 5)
    assert refused.value.code == "warning"


@pytest.mark.parametrize("field", ["gravity", "intention", "reasons"])
def test_gravity_intention_and_reasons_are_looked_at(desk, field):
    unfounded(desk, 3)
    with pytest.raises(ActionRefused) as refused:
        take(desk, **{field: "kurz"})
    assert refused.value.code == field
    assert not Measure.objects.exists()


def test_only_the_desk_takes_measures_and_ends_them(shut_out):
    for act in (
        lambda: actions.take_measure(side="notifier", subject=sender(), finding=finding(), by=ANONYMOUS),
        lambda: actions.end_measure(measure=shut_out, reason="Genug davon.", by=ANONYMOUS),
    ):
        with pytest.raises(NotAllowed):
            act()
    assert Measure.objects.filter(ended_at=None, kind="suspension").count() == 1


def test_notices_of_a_suspended_sender_are_not_taken_up_and_only_counted(shut_out):
    had = ContentNotice.objects.count()
    for email in (MIA, "  MIA@Example.ORG "):
        with pytest.raises(actions.Suspended) as refused:
            notice(content("7"), email=email)
        actions.count_unprocessed(refused.value.measure)
    assert ContentNotice.objects.count() == had
    assert Measure.objects.get(pk=shut_out.pk).unprocessed == 2
    notice(content("7"), email="ben@example.org")
    notice(content("8"), code="child-abuse", email=MIA)
    assert ContentNotice.objects.count() == had + 2


def test_a_suspended_person_with_an_account_is_known_by_the_account_too(desk, shut_out):
    mia = Person.objects.create_user(MIA, "ein-langes-Passwort")
    with pytest.raises(actions.Suspended):
        notice(content("7"), email="anders@example.org", by=actor_for(mia))


@pytest.mark.parametrize(("moved", "over"), [(timedelta(0), True), (-timedelta(seconds=1), False)])
def test_it_ends_on_its_day_and_not_before(shut_out, moved, over):
    assert actions.end_measures(at=shut_out.until + moved) == over
    assert Measure.objects.get(pk=shut_out.pk).running is not over
    assert actions.end_measures(at=shut_out.until + moved) == 0


def test_the_sender_reads_numbers_reasons_and_the_way_to_complain(shut_out):
    run_all()
    mail = Message.objects.filter(subject__startswith="Gesperrt bis").get()
    assert mail.address == MIA
    for words in (
        "Drei Höfe",
        "höre nicht auf",
        "viermal widerlegt",
        "beschweren",
        f"/inhalte-melden/massnahme/{shut_out.secret}/",
    ):
        assert words in mail.text


def test_a_complaint_is_answered_by_somebody_else_and_ends_it(desk, shut_out):
    actions.complain_measure(measure=shut_out, text="Drei davon hatten einen Grund.", by=ANONYMOUS)
    with pytest.raises(ActionRefused):
        actions.complain_measure(measure=shut_out, text="Noch einmal.", by=ANONYMOUS)
    with pytest.raises(NotAllowed):
        actions.answer_measure(measure=shut_out, upheld=False, answer="Nein, das bleibt.", by=desk[0])
    actions.answer_measure(measure=shut_out, upheld=True, answer="Ja, das stimmt.", by=desk[1])
    with pytest.raises(ActionRefused):
        actions.answer_measure(measure=shut_out, upheld=False, answer="Doch nicht.", by=desk[1])
    row = Measure.objects.get(pk=shut_out.pk)
    assert (row.running, row.upheld) == (False, True)
    notice(content("7"))


def test_a_complaint_comes_within_six_months_and_the_database_knows_two_people(shut_out):
    with pytest.raises(ActionRefused):
        actions.complain_measure(measure=shut_out, text="Zu spät.", by=ANONYMOUS, at=shut_out.decided_at + SIX_MONTHS + timedelta(seconds=1))  # fmt: skip
    with pytest.raises(IntegrityError), transaction.atomic():
        Measure.objects.filter(pk=shut_out.pk).update(answered_by=shut_out.decided_by)


def test_a_year_later_measures_and_hashes_are_gone_and_not_earlier(desk, shut_out):
    actions.end_measure(measure=shut_out, reason="Es genügt jetzt.", by=desk[0])
    ended = Measure.objects.get(pk=shut_out.pk).ended_at
    actions.forget_misuse(at=ended + timedelta(days=365))
    assert Measure.objects.filter(pk=shut_out.pk).exists()
    actions.forget_misuse(at=ended + timedelta(days=365, seconds=1))
    assert not Measure.objects.exists()
    assert not ContentNotice.objects.exclude(sender="").exists()


def test_the_operator_edits_the_rule_and_nobody_else(desk):
    rule = MisuseRule.objects.get(side="owner")
    actions.edit_rule(rule=rule, changes={"cases": 5, "text": "Neue Regel."}, by=desk[0])
    for changes, by in (({"cases": 0}, desk[0]), ({"text": " "}, desk[0]), ({"cases": 1}, ANONYMOUS)):
        with pytest.raises(ActionRefused):
            actions.edit_rule(rule=rule, changes=changes, by=by)
    rule.refresh_from_db()
    assert (rule.cases, rule.text) == (5, "Neue Regel.")
    assert Record.objects.filter(verb="moderation.rule_edited").count() == 1


def test_the_desk_pages_ask_as_much_for_thirty_as_for_one(desk, client, django_assert_max_num_queries):
    unfounded(desk, 1)
    sign_in(client, "anna")
    address = "/desk/inhalte/missbrauch/"
    client.get(address)
    for count in (0, 29):
        one = ContentNotice.objects.first()
        ContentNotice.objects.bulk_create(
            ContentNotice(
                matter=one.matter, ground=one.ground, contact=one.contact, number=f"M-{number}", sender=f"c-{number}", unfounded=True,
                good_faith_at=one.received_at, received_at=one.received_at,
            )
            for number in range(count)
        )  # fmt: skip
        with django_assert_max_num_queries(20):
            html = client.get(address).text
    assert html.count("/missbrauch/notifier/") == 30


def test_the_pages_open_for_those_they_are_meant_for(client, shut_out, desk):
    one = f"/desk/inhalte/missbrauch/notifier/{sender()}/"
    pages = ["/desk/inhalte/missbrauch/", one, "/desk/inhalte/missbrauch/regeln/owner/"]
    assert "zuerst verwarnt" in client.get("/inhalte-melden/missbrauch/").text
    assert "viermal widerlegt" in client.get(f"/inhalte-melden/massnahme/{shut_out.secret}/").text
    assert client.get(f"/inhalte-melden/massnahme/{shut_out.secret[:-1]}x/").status_code == 404
    assert {client.get(page).status_code for page in pages} == {302}
    other = Client()
    other.force_login(Person.objects.create_user("wer@example.org", "ein-langes-Passwort"))
    assert {other.get(page).status_code for page in pages} == {404}
    sign_in(client, "bert")
    assert {client.get(page).status_code for page in pages} == {200}
    client.post(
        f"/desk/inhalte/missbrauch/massnahme/{shut_out.pk}/aufheben/", {"words": "Die Person hat sich entschuldigt."}
    )
    assert not Measure.objects.get(pk=shut_out.pk).running


def test_without_a_script_from_the_numbers_to_the_warning(client, desk):
    unfounded(desk, 3)
    sign_in(client, "anna")
    address = f"/desk/inhalte/missbrauch/notifier/{sender()}/"
    typed = {
        "kind": "warning",
        "gravity": "kurz",
        "intention": "Nichts bekannt darüber.",
        "reasons": "Dreimal ohne jeden Grund.",
    }
    assert client.post(address, typed).status_code == 422
    assert not Measure.objects.exists()
    client.post(address, typed | {"gravity": "Drei Höfe mussten antworten."})
    assert Measure.objects.get().kind == "warning"
