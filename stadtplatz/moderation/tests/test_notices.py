"""Whoever finds content that breaks a law tells the town, gets a receipt and a decision, and can complain (Art. 16, 17, 20, 23 DSA)."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from stadtplatz.accounts.models import Guest, Person
from stadtplatz.audit.models import Record
from stadtplatz.cases.jobs import notice_deadlines
from stadtplatz.cases.settling import settle_due
from stadtplatz.city.models import Membership, Unit
from stadtplatz.kit import clock
from stadtplatz.kit.actors import ANONYMOUS
from stadtplatz.kit.jobs import run_all
from stadtplatz.kit.refusals import ActionRefused, NotAllowed, Stale
from stadtplatz.kit.workdays import months_before
from stadtplatz.moderation import actions, queries, rules
from stadtplatz.moderation.flow import SIX_MONTHS
from stadtplatz.moderation.models import Complaint, ContentNotice, Ground, Matter, Statement
from stadtplatz.moderation.queries import yearly
from stadtplatz.moderation.tests.builders import content, notice, ruling
from stadtplatz.notifications.models import Message

pytestmark = pytest.mark.usefixtures("desk")


def test_a_notice_has_number_link_day_and_the_content_as_it_was():
    given = notice(content(lines=(("Preis", "5,90 €"), ("Marke", ""))))
    case = given.matter.case
    assert given.number == case.number
    assert given.number.startswith("M-")
    assert given.snapshot["lines"] == [["Preis", "5,90 €"]]
    assert queries.by_secret(given.secret) == given
    assert queries.by_number_and_code(given.number, given.typed_code) == given
    assert queries.by_number_and_code(given.number, "2222222222") is None
    assert case.due is not None
    assert case.due > clock.now()


def test_the_receipt_is_written_at_once_and_says_nothing_to_anybody_else():
    notice()
    run_all()
    (mail,) = Message.objects.all()
    assert "Nussbrot" in mail.subject
    assert mail.address == "mia@example.org"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"explanation": "schlecht"}, "explanation"),
        ({"good_faith": False}, "good_faith"),
        ({"name": ""}, "name"),
        ({"email": ""}, "email"),
    ],
)
def test_a_notice_that_lacks_what_the_law_asks_for_is_refused(change, code):
    with pytest.raises(ActionRefused) as refused:
        notice(**change)
    assert refused.value.code == code
    assert not ContentNotice.objects.exists()
    assert not Matter.objects.exists()


def test_about_offences_against_children_nobody_has_to_say_who_they_are():
    given = notice(code="child-abuse", name="", email="")
    assert given.contact is None
    assert not Guest.objects.exists()


def test_notices_about_the_same_content_join_and_a_pressing_one_brings_the_day_forward():
    first, late = notice(code="price"), Matter.objects.get().case.due
    second = notice(code="food", email="ben@example.org")
    assert second.matter == first.matter
    assert second.number != first.number
    assert Matter.objects.get().case.due < late
    other = notice(content("8"))
    assert other.matter != first.matter


def test_after_the_decision_a_new_notice_opens_a_new_matter(desk):
    first = notice()
    actions.decide(matter=first.matter, ruling=ruling(restrict=False), by=desk[0])
    assert notice().matter != first.matter


def test_a_decision_carries_its_reasons_to_everybody_who_gave_notice(desk):
    first = notice()
    notice(email="ben@example.org")
    said = actions.decide(matter=first.matter, ruling=ruling(), by=desk[0])
    assert said.basis == "Art. 44 LMIV"
    assert not said.automated
    run_all()
    told = Message.objects.filter(subject__contains="Entscheidung").values_list("address", flat=True)
    assert sorted(told) == ["ben@example.org", "mia@example.org"]
    assert Matter.objects.get().case.state == "restricted"


@pytest.mark.parametrize(
    ("change", "code"), [({"facts": "nein"}, "facts"), ({"basis": " "}, "basis"), ({"basis_kind": "taste"}, "basis")]
)
def test_nothing_is_taken_down_without_reasons_and_a_provision(desk, change, code):
    given = notice()
    with pytest.raises(ActionRefused) as refused:
        actions.decide(matter=given.matter, ruling=ruling(**change), by=desk[0])
    assert refused.value.code == code
    assert not Statement.objects.exists()
    assert Matter.objects.get().case.state == "new"


def test_only_the_desk_decides():
    given = notice()
    for stranger in (ANONYMOUS, rules.notice_holder(given)):
        with pytest.raises(NotAllowed):
            actions.decide(matter=given.matter, ruling=ruling(), by=stranger)
    assert not Statement.objects.exists()


def test_who_looked_at_an_older_version_decides_nothing(desk):
    given = notice()
    seen = given.matter.case.version
    actions.decide(matter=given.matter, ruling=ruling(version=seen), by=desk[0])
    with pytest.raises(Stale):
        actions.decide(matter=given.matter, ruling=ruling(restrict=False, version=seen), by=desk[1])
    assert Statement.objects.count() == 1


@pytest.mark.parametrize("by_account", [True, False])
def test_nobody_decides_about_a_notice_of_their_own(desk, by_account):
    own = {"by": desk[0]} if by_account else {"email": "Anna.Desk@example.org"}
    given = notice(**own)
    with pytest.raises(NotAllowed):
        actions.decide(matter=given.matter, ruling=ruling(), by=desk[0])
    assert queries.desk_page(given.matter, desk[0]).blocked
    assert not Statement.objects.exists()
    actions.decide(matter=given.matter, ruling=ruling(), by=desk[1])


def test_a_complaint_is_decided_by_somebody_else(desk):
    given = notice()
    actions.decide(matter=given.matter, ruling=ruling(restrict=False), by=desk[0])
    actions.complain_as_notifier(notice=given, text="Die Nüsse schmeckt man doch.")
    assert Matter.objects.get().case.state == "contested"
    with pytest.raises(NotAllowed):
        actions.decide(matter=given.matter, ruling=ruling(), by=desk[0])
    assert Statement.objects.count() == 1
    actions.decide(matter=given.matter, ruling=ruling(), by=desk[1])
    assert Complaint.objects.get().answer.outcome == "restricted"
    assert Matter.objects.get().case.state == "restricted"


def test_the_database_refuses_the_same_person_on_a_complaint_too(desk):
    given = notice()
    said = actions.decide(matter=given.matter, ruling=ruling(), by=desk[0])
    with pytest.raises(IntegrityError), transaction.atomic():
        Statement.objects.filter(pk=said.pk).update(against_by=said.decided_by)


def test_each_side_complains_only_about_what_went_against_it_once_and_within_six_months(desk):
    given = notice()
    with pytest.raises(ActionRefused):
        actions.complain_as_notifier(notice=given, text="Noch gibt es nichts.")
    actions.decide(matter=given.matter, ruling=ruling(), by=desk[0])
    with pytest.raises(ActionRefused):  # it went the notifier's way
        actions.complain_as_notifier(notice=given, text="Trotzdem.")
    late = clock.now() + SIX_MONTHS + timedelta(days=1)
    with pytest.raises(ActionRefused):
        actions.complain(matter=given.matter, side="owner", text="Zu spät.", by=desk[0], at=late)
    actions.complain(matter=given.matter, side="owner", text="Das Etikett war neu.", by=desk[0])
    actions.decide(matter=given.matter, ruling=ruling(), by=desk[1])
    with pytest.raises(ActionRefused) as refused:
        actions.complain(matter=given.matter, side="owner", text="Noch einmal.", by=desk[0])
    assert refused.value.code == "twice"
    assert Complaint.objects.count() == 1


def test_a_mistake_is_put_right_without_a_complaint(desk):
    given = notice()
    actions.decide(matter=given.matter, ruling=ruling(), by=desk[0])
    actions.decide(matter=given.matter, ruling=ruling(restrict=False), by=desk[0])
    assert Matter.objects.get().case.state == "kept"
    assert Record.objects.filter(verb="moderation.lifted").exists()


def test_notices_without_any_ground_are_counted_for_each_sender(desk):
    given = notice()
    actions.decide(matter=given.matter, ruling=ruling(restrict=False, unfounded=(given.pk,)), by=desk[0])
    again = notice(content("8"))
    page = queries.desk_page(again.matter, desk[0])
    assert [told.unfounded_before for told in page.told] == [1]


def test_half_a_year_later_nothing_leads_to_who_gave_notice(desk):
    given = notice()
    actions.decide(matter=given.matter, ruling=ruling(), by=desk[0])
    actions.forget_contacts(given.matter)
    given.refresh_from_db()
    assert given.contact is None
    assert given.explanation == ""
    assert given.snapshot == {}
    assert Guest.objects.get().email == ""
    assert Statement.objects.get().facts
    assert actions.forget_contacts(given.matter) == 0


@pytest.mark.parametrize(("moved", "gone"), [(-timedelta(seconds=1), False), (timedelta(0), True)])
def test_contacts_go_on_the_day_on_which_nobody_can_complain_any_more_and_not_before(desk, moved, gone):
    given, decided = notice(), clock.now()
    actions.decide(matter=given.matter, ruling=ruling(), by=desk[0], at=decided)
    settle_due(now=decided + SIX_MONTHS + moved, limit=10)
    run_all()
    assert (Guest.objects.get().email == "") is gone
    assert (ContentNotice.objects.get().explanation == "") is gone
    assert months_before(decided + SIX_MONTHS, 6) >= decided - timedelta(hours=1)


def test_the_figures_of_the_year_count_each_kind_and_how_long_it_took(desk):
    first = notice(at=clock.now() - timedelta(hours=10))
    notice(code="price", email="ben@example.org", at=clock.now() - timedelta(hours=4))
    actions.decide(matter=first.matter, ruling=ruling(), by=desk[0])
    notice(content("8"))
    found = yearly.figures(clock.today().year)
    assert {(line.ground[:5], line.notices, line.restricted, line.waiting) for line in found.lines} == {
        ("Leben", 2, 1, 1),
        ("Preis", 1, 1, 0),
    }
    assert found.total.notices == 3
    assert found.total.median_hours == 7
    assert found.automated == 0


def test_the_operator_edits_the_kinds_and_the_last_one_stays(desk):
    made = actions.edit_ground(ground=None, changes={"name": "Tierschutz", "source": "TierSchG"}, by=desk[0])
    assert made.code == "tierschutz"
    with pytest.raises(ActionRefused):
        actions.edit_ground(ground=made, changes={"source": ""}, by=desk[0])
    with pytest.raises(NotAllowed):
        actions.edit_ground(ground=made, changes={"name": "X"}, by=ANONYMOUS)
    Ground.objects.exclude(pk=made.pk).update(active=False)
    with pytest.raises(ActionRefused):
        actions.edit_ground(ground=made, changes={"active": False}, by=desk[0])
    made.refresh_from_db()
    assert (made.name, made.source, made.active) == ("Tierschutz", "TierSchG", True)


def test_the_unit_that_decides_hears_of_notices_complaints_and_days_that_pass(desk):
    clerk = Person.objects.get(pk=desk[0].person_id)
    Membership.objects.create(unit=Unit.objects.get(), person=clerk, role=Membership.MEMBER)
    given = notice(at=clock.now() - timedelta(days=21))
    notice_deadlines()
    actions.decide(matter=given.matter, ruling=ruling(restrict=False), by=desk[0])
    actions.complain_as_notifier(notice=given, text="Doch, Nüsse.")
    run_all()
    found = Message.objects.filter(person=clerk).values_list("subject", flat=True)
    begins = {subject.partition(" „")[0] for subject in found}
    assert {"Gemeldet:", "Überfällig:", "Beschwerde zu"} <= begins
