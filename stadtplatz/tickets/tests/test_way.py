"""The way of a report from the citizen to the end."""

from datetime import timedelta

import pytest

from stadtplatz.accounts.visitors import actor_for
from stadtplatz.audit.models import Record
from stadtplatz.cases import queries as cases
from stadtplatz.cases.models import Case
from stadtplatz.city.models import Absence
from stadtplatz.kit import clock
from stadtplatz.kit.actors import ANONYMOUS
from stadtplatz.kit.refusals import ActionRefused, NotAllowed, Stale
from stadtplatz.kit.uploads import accept_image
from stadtplatz.tickets import actions, queries
from stadtplatz.tickets.models import Ticket
from stadtplatz.tickets.queries import Asked
from stadtplatz.tickets.tests.conftest import MONDAY, PLACE, picture

DAY = timedelta(days=1)


def facts_of(ticket):
    rows = Record.objects.filter(subject_kind="cases.case", subject_id=ticket.case_id).order_by("id")
    return list(rows.values_list("verb", flat=True))


def unchanged(ticket):
    before = (Case.objects.values().get(pk=ticket.case_id), Ticket.objects.values().get(pk=ticket.pk), facts_of(ticket))
    return lambda: (
        before
        == (
            Case.objects.values().get(pk=ticket.case_id),
            Ticket.objects.values().get(pk=ticket.pk),
            facts_of(ticket),
        )
    )


def day_of(moment):
    return clock.local(moment).date().isoformat()


def test_a_report_reaches_the_responsible_person_with_a_reason_and_two_deadlines(ticket, town):
    case = ticket.case
    assert (case.unit, case.function, case.assignee) == (town.roads, town.repairs, town.people.worker)
    assert "Straßen" in case.why_responsible
    assert {d.code: day_of(d.due) for d in case.deadlines.all()} == {"first_answer": "2026-11-04", "done": "2026-11-16"}
    assert facts_of(ticket) == ["tickets.opened"]


def test_the_deputy_has_it_while_the_responsible_person_is_away(report, town):
    worker, colleague = town.people.worker, town.people.colleague
    Absence.objects.create(person=worker, starts_on=MONDAY.date(), ends_on=MONDAY.date(), deputy=colleague)
    case = report().case
    assert (case.assignee, case.deputy_for) == (colleague, worker)


def test_who_accepts_in_person_stands_in_for_nobody(report, town):
    worker, colleague = town.people.worker, town.people.colleague
    Absence.objects.create(person=worker, starts_on=MONDAY.date(), ends_on=MONDAY.date(), deputy=colleague)
    case = actions.accept(report(), by=actor_for(worker), at=MONDAY + DAY).case
    assert (case.assignee, case.deputy_for) == (worker, None)
    assert case.why_responsible == "Hat es bei der zuständigen Stelle selbst übernommen."


def test_the_same_sending_twice_is_one_report(report):
    assert report(once="form-1") == report(once="form-1")
    assert Ticket.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"text": "  "}, "too-short"),
        ({"text": "x" * 10_001}, "too-long"),
        ({"place": (9.2, 48.7)}, "outside"),
        ({"photos": [object()] * 6}, "too-many"),
    ],
)
def test_what_cannot_be_a_report_is_refused_and_leaves_nothing(report, fields, code):
    with pytest.raises(ActionRefused) as refusal:
        report(**fields)
    assert refusal.value.code == code
    assert not Case.objects.exists()
    assert not Record.objects.exists()


def test_outside_the_town_people_read_who_helps(report):
    with pytest.raises(ActionRefused, match=r"Die 115 hilft weiter\."):
        report(place=(9.2, 48.7))


def test_photos_belong_to_the_report_in_two_sizes(report):
    ticket = report(photos=[accept_image(picture()), accept_image(picture(colour="blue"))])
    documents = list(ticket.case.documents.all())
    assert [(d.purpose, d.quarantined, bool(d.small_path)) for d in documents] == [("photo", False, True)] * 2


def test_from_new_to_done_and_open_again_once(ticket, worker, reporter):
    ticket = actions.accept(ticket, by=worker, at=MONDAY + DAY)
    ticket = actions.start(ticket, by=worker, at=MONDAY + 2 * DAY)
    ticket = actions.close(ticket, outcome="done", words="Geflickt.", by=worker, at=MONDAY + 3 * DAY)
    assert (ticket.case.state, ticket.case.outcome) == ("done", "done")
    ticket = actions.reopen(ticket, words="Noch offen.", by=reporter, at=MONDAY + 5 * DAY)
    assert (ticket.case.state, ticket.case.outcome, ticket.reopened_at) == ("new", "", MONDAY + 5 * DAY)
    assert day_of(ticket.case.due) == "2026-11-10"  # the first answer begins anew on a Saturday
    ticket = actions.close(ticket, outcome="done", words="Jetzt aber.", by=worker, at=MONDAY + 8 * DAY)
    same = unchanged(ticket)
    with pytest.raises(NotAllowed):
        actions.reopen(ticket, words="Nein.", by=reporter, at=MONDAY + 9 * DAY)
    assert same()


def test_it_cannot_be_opened_again_after_14_days(ticket, worker, reporter):
    ticket = actions.close(ticket, outcome="done", words="Geflickt.", by=worker, at=MONDAY)
    same = unchanged(ticket)
    with pytest.raises(ActionRefused):
        actions.reopen(ticket, words="Noch offen.", by=reporter, at=MONDAY + 15 * DAY)
    assert same()


@pytest.mark.parametrize("outcome", ["done", "declined", "not_our_duty", "duplicate"])
def test_nothing_is_closed_silently(ticket, worker, report, outcome):
    original = report()
    same = unchanged(ticket)
    with pytest.raises(ActionRefused) as refusal:
        actions.close(ticket, outcome=outcome, words=" ", duplicate_of=original, by=worker)
    assert refusal.value.code == "no-words"
    assert same()
    closed = actions.close(
        ticket, outcome=outcome, words="Weil.", said_by="Landratsamt", duplicate_of=original, by=worker
    )
    assert closed.case.outcome == outcome


def test_a_duplicate_names_another_report_that_is_none_itself(ticket, worker, report):
    same = unchanged(ticket)
    for original in (None, ticket):
        with pytest.raises(ActionRefused):
            actions.close(ticket, outcome="duplicate", words="Bekannt.", duplicate_of=original, by=worker)
    assert same()
    first = report()
    ticket = actions.close(ticket, outcome="duplicate", words="Bekannt.", duplicate_of=first, by=worker)
    assert ticket.duplicate_of == first
    second = report()
    with pytest.raises(ActionRefused):
        actions.close(second, outcome="duplicate", words="Bekannt.", duplicate_of=ticket, by=worker)


def test_a_question_lets_the_clock_rest_until_the_answer(ticket, worker, reporter):
    ticket = actions.ask(ticket, words="Wo genau?", by=worker, at=MONDAY + DAY)
    assert (ticket.case.state, ticket.case.due) == ("waiting", None)
    ticket = actions.answer(
        ticket, body="An der Ecke.", photos=[accept_image(picture())], by=reporter, at=MONDAY + 4 * DAY
    )
    assert (ticket.case.state, ticket.case.assignee_id) == ("accepted", worker.person_id)
    assert day_of(ticket.case.due) == "2026-11-19"  # three working days later than the 16th
    assert ticket.case.messages.latest("id").documents.count() == 1


def test_passing_on_gives_it_into_other_hands(ticket, worker, town):
    ticket = actions.pass_on(ticket, unit=town.green, reason="Wurzeln", by=worker)
    assert (ticket.case.unit, ticket.case.state, ticket.case.pass_ons) == (town.green, "new", 1)
    with pytest.raises(NotAllowed):
        actions.accept(ticket, by=worker)


def test_the_reason_for_passing_on_stays_inside_the_house(client, ticket, worker, town):
    actions.pass_on(ticket, unit=town.green, reason="Der Nachbar ist schwierig.", by=worker)
    page = client.get(f"/anliegen/{ticket.case.secret}/").content.decode()
    assert "Weitergegeben" in page
    assert "Der Nachbar ist schwierig." not in page


def test_another_category_brings_other_deadlines_and_hands(ticket, worker, town):
    ticket = actions.change_category(ticket, category=town.tree, by=worker, at=MONDAY + DAY)
    assert (ticket.category, ticket.case.unit, ticket.case.state) == (town.tree, town.green, "new")
    assert {d.code: day_of(d.due) for d in ticket.case.deadlines.all()} == {
        "first_answer": "2026-11-05",
        "done": "2026-11-23",
    }
    assert facts_of(ticket)[-2:] == ["cases.passed_on", "tickets.category_changed"]
    same = unchanged(ticket)
    with pytest.raises(NotAllowed):
        actions.change_category(ticket, category=town.pothole, by=worker)
    assert same()


def test_a_stale_desk_is_refused(ticket, worker, town):
    seen = ticket.case.version
    ticket = actions.accept(ticket, by=actor_for(town.people.colleague))
    same = unchanged(ticket)
    with pytest.raises(Stale):
        actions.pass_on(ticket, unit=town.green, reason="x", by=worker, expected_version=seen)
    with pytest.raises(Stale):
        actions.change_category(ticket, category=town.tree, by=worker, expected_version=seen)
    assert same()


def test_the_reporter_withdraws_for_good(ticket, worker, reporter):
    ticket = actions.withdraw(ticket, by=reporter)
    assert ticket.case.state == "withdrawn"
    same = unchanged(ticket)
    with pytest.raises(ActionRefused):
        actions.close(ticket, outcome="done", words="x", by=worker)
    assert same()


def test_mine_are_those_of_the_account_and_of_proved_guests(report, town, guest):
    citizen = town.people.citizen
    own = report(by=actor_for(citizen))
    as_guest = report(contact=guest, at=MONDAY + DAY)
    report()
    assert queries.mine(actor_for(citizen)) == [own]
    guest.person = citizen
    guest.save()
    assert queries.mine(actor_for(citizen)) == [as_guest, own]
    assert queries.mine(ANONYMOUS) == []


def test_others_learn_the_kind_and_part_of_town_of_public_reports_but_no_words(ticket, worker):
    assert queries.recent_public() == []
    actions.release(ticket, text="Loch.", by=worker)
    (line,) = queries.recent_public()
    assert (line.category, line.state) == ("Straßenschaden", "Neu")
    assert not {"text", "number", "place", "secret"} & set(vars(line))


def test_words_suggest_a_category(town):
    rows = queries.categories()
    assert queries.suggest("Da ist ein Schlagloch!", rows) == [town.pothole]
    assert queries.suggest("Der Baum verliert Äste", rows) == [town.tree]
    assert queries.suggest("Guten Tag", rows) == []


def test_a_finished_report_is_still_called_by_its_end(ticket, worker, monkeypatch):
    actions.close(ticket, outcome="declined", words="Nein.", by=worker, at=MONDAY)
    monkeypatch.setattr(clock, "now", lambda: MONDAY + 20 * DAY)
    from stadtplatz.cases.jobs import settle

    settle()
    found = queries.by_secret(ticket.case.secret)
    assert found.case.state == "archived"
    page = queries.public_page(found, ANONYMOUS)
    assert page.timeline.sentence == "Die Stadt hat das abgelehnt."
    assert not page.can_write


def test_the_counts_of_the_desk(report, ticket, worker, town, monkeypatch):
    report(category=town.tree)
    actions.accept(report(), by=worker, at=MONDAY)
    monkeypatch.setattr(clock, "now", lambda: MONDAY + 5 * DAY)
    counts = queries.desk_counts(worker)
    assert counts == {"mine": 2, "unit": 2, "late": 1, "new": 1, "working": 1, "waiting": 0, "place": 0, "asked": 0}
    assert queries.desk_counts(actor_for(town.people.head))["unit"] == 3
    assert not any(queries.desk_counts(actor_for(town.people.operator)).values())


def test_the_desk_finds_by_number_and_words(ticket, report, worker):
    report("Der Zebrastreifen ist kaum zu sehen.")
    assert [row.ticket for row in queries.desk_list(worker, Asked("all", ticket.case.number.lower())).rows] == [ticket]
    assert [row.ticket for row in queries.desk_list(worker, Asked("all", "schlagloch haus")).rows] == [ticket]
    assert queries.desk_list(worker, Asked("all", "nirgends")).rows == []
    assert cases.is_known_kind("ticket")
    assert ticket.case.place == PLACE
