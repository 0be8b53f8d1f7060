"""Mails, reminders, retention, privacy, the pack and the demo."""

from datetime import timedelta
from pathlib import Path

import pytest

import stadtplatz
from stadtplatz.cases.jobs import notice_deadlines
from stadtplatz.city.models import Absence, Membership
from stadtplatz.kit import clock, jobs, media
from stadtplatz.kit.actors import SYSTEM
from stadtplatz.kit.uploads import accept_image
from stadtplatz.notifications.models import Message
from stadtplatz.tickets import actions, demo, pack, privacy, queries
from stadtplatz.tickets.models import Category, Draft, Ticket
from stadtplatz.tickets.tests.conftest import MONDAY, PLACE, picture

DAY = timedelta(days=1)
HERRENBERG = Path(stadtplatz.__file__).parent / "cities/herrenberg"


def mails():
    jobs.run_all()
    return [(m.address, m.subject) for m in Message.objects.order_by("id")]


def test_the_reporter_and_the_responsible_are_told_once(ticket, worker):
    number = ticket.case.number
    assert mails() == [
        ("reporter@example.org", f"Ihr Anliegen {number} ist angekommen"),
        ("worker@example.org", f"Neues Anliegen für Sie: Straßenschaden, {number}"),
    ]
    actions.accept(ticket, by=worker)
    assert mails()[2:] == [("reporter@example.org", f"Ihr Anliegen {number} ist angenommen")]


def test_the_mail_of_the_end_says_why_and_how_to_open_again(ticket, worker):
    mails()
    actions.close(ticket, outcome="declined", words="Kein <b>Geld</b>.", by=worker)
    mails()
    text = Message.objects.latest("id").text
    assert "Kein <b>Geld</b>." in text
    assert "14 Tage lang einmal wieder öffnen" in " ".join(text.split())
    assert f"/anliegen/{ticket.case.secret}/" in text


def test_notes_are_mailed_to_nobody(ticket, worker):
    before = mails()
    actions.write(ticket, body="Nur für uns.", internal=True, by=worker)
    assert mails() == before


def test_an_english_reporter_reads_english(report, guest):
    guest.language = "en"
    guest.save()
    ticket = report(contact=guest)
    assert ("reporter@example.org", f"Your report {ticket.case.number} has arrived") in mails()
    assert f"/en/anliegen/{ticket.case.secret}/" in Message.objects.get(address="reporter@example.org").text


def test_the_responsible_read_what_the_reporter_does(ticket, worker, reporter):
    actions.ask(ticket, words="Wo?", by=worker)
    mails()
    actions.answer(ticket, body="Dort.", by=reporter)
    assert mails()[-1] == ("worker@example.org", f"Neue Nachricht: Straßenschaden, {ticket.case.number}")


def test_without_a_contact_only_the_staff_are_told(report):
    report()
    assert [address for address, _subject in mails()] == ["worker@example.org"]


def test_a_unit_without_a_responsible_person_is_told_as_a_whole(report, town):
    report(category=town.tree)
    assert [address for address, _subject in mails()] == ["gardener@example.org"]


def test_a_passed_deadline_reminds_the_responsible_and_then_the_head(ticket, monkeypatch):
    mails()
    monkeypatch.setattr(clock, "now", lambda: MONDAY + 3 * DAY)
    notice_deadlines()
    subject = f"Überfällig: Straßenschaden, {ticket.case.number}"
    assert mails()[2:] == [("worker@example.org", subject)]
    monkeypatch.setattr(clock, "now", lambda: MONDAY + 7 * DAY)
    notice_deadlines()
    notice_deadlines()
    assert mails()[3:] == [("head@example.org", subject)]


def test_before_a_deadline_whoever_stands_in_is_reminded_and_at_last_the_head_above_is_told(ticket, town, monkeypatch):
    mails()
    people = town.people
    Membership.objects.create(person=people.operator, unit=town.roads, role=Membership.LEAD)
    days = {"starts_on": MONDAY.date(), "ends_on": (MONDAY + 30 * DAY).date()}
    Absence.objects.create(person=people.worker, deputy=people.colleague, **days)
    Absence.objects.create(person=people.operator, deputy=people.gardener, **days)
    told = []
    for day in (1, 3, 7, 9):
        monkeypatch.setattr(clock, "now", lambda day=day: MONDAY + day * DAY)
        notice_deadlines()
        told.append([to.split("@")[0] for to, _subject in mails()[2 + sum(map(len, told)) :]])
    assert told == [["colleague"], ["colleague"], ["gardener"], ["head"]]


def test_drafts_are_forgotten_with_their_photos(db):
    draft = actions.begin_draft(at=MONDAY)
    actions.add_photos(draft, [picture()])
    path = draft.photos.get().path
    assert actions.forget_expired_drafts(MONDAY + timedelta(hours=23)) == 0
    assert actions.forget_expired_drafts(MONDAY + timedelta(hours=25)) == 1
    assert not Draft.objects.exists()
    assert path


@pytest.mark.django_db(transaction=True)
def test_the_files_of_a_forgotten_draft_are_gone_from_the_disk():
    draft = actions.begin_draft(at=MONDAY)
    actions.add_photos(draft, [picture()])
    path = draft.photos.get().path
    assert media.read(path)
    actions.forget_expired_drafts(MONDAY + 2 * DAY)
    with pytest.raises(FileNotFoundError):
        media.read(path)


def test_after_its_retention_a_report_leads_to_nobody(report, guest, worker):
    ticket = report(contact=guest, photos=[accept_image(picture())])
    actions.close(ticket, outcome="done", words="Fertig.", by=worker, at=MONDAY)
    assert not actions.keep_retention(at=MONDAY + 99 * DAY)
    assert actions.keep_retention(at=MONDAY + 101 * DAY) == {"reporter": 1}
    assert not actions.keep_retention(at=MONDAY + 102 * DAY)
    left = Ticket.objects.select_related("case").get()
    assert (left.text, left.case.applicant_guest, left.case.documents.count()) == ("–", None, 0)
    assert left.case.place == PLACE
    assert queries.by_secret(ticket.case.secret) is None
    guest.refresh_from_db()
    assert guest.email == ""


def test_after_its_retention_nobody_reads_who_said_that_others_are_in_charge(report, worker):
    ticket = report()
    named = {"said_by": "Herr Muster vom Landratsamt", "forwarded_to": "muster@landratsamt.example"}
    actions.close(ticket, outcome="not_our_duty", words="Landesstraße.", by=worker, at=MONDAY, **named)
    actions.anonymise(ticket, why="retention", at=MONDAY + 101 * DAY)
    (ending,) = ticket.endings.all()
    assert (ending.outcome, ending.said_by, ending.forwarded_to) == ("not_our_duty", "", "")


def test_a_person_gets_their_data_and_is_erased(report, guest, worker):
    open_one = report(contact=guest)
    closed = report("Zweites Schlagloch", contact=guest)
    actions.close(closed, outcome="done", words="Fertig.", by=worker)
    assert [row["text"] for row in privacy.export(guest)] == [open_one.text, "Zweites Schlagloch"]
    kept = privacy.erase(guest)
    assert len(kept) == 2
    assert privacy.export(guest) == []
    assert Ticket.objects.get(pk=closed.pk).text == "–"
    assert Ticket.objects.get(pk=open_one.pk).text == open_one.text
    assert privacy.erase(guest) == []


def test_the_pack_loads_twice_without_a_change_and_respects_the_desk(db):
    assert pack.check(HERRENBERG) == []
    first = pack.load(HERRENBERG, SYSTEM)
    assert {"Papierkorb oder Container voll", "Spielplatz"} <= set(first.created)
    assert pack.load(HERRENBERG, SYSTEM).is_empty
    Category.objects.filter(code="bins").update(done_days=1)
    report = pack.load(HERRENBERG, SYSTEM)
    assert report.kept == ["Papierkorb oder Container voll"]
    assert Category.objects.get(code="bins").done_days == 1


def test_a_category_that_left_the_pack_is_switched_off(db, tmp_path):
    pack.load(HERRENBERG, SYSTEM)
    (tmp_path / "tickets.yaml").write_text("categories:\n  - {code: bins, names: {de: Papierkorb}, duty: waste.bins}\n")
    others = {str(row) for row in Category.objects.exclude(code="bins")}
    report = pack.load(tmp_path, SYSTEM)
    assert others <= set(report.removed)
    assert [row.code for row in queries.categories()] == ["bins"]


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("categories:\n  - {code: bins, duty: xx}\n", 2, "names"),
        ("categories:\n  - {code: a1, names: {de: A}, duty: xx}\n  - {code: a1, names: {de: B}, duty: xx}\n", 3, "a1"),
        ("categories:\n  - {code: a1, names: {de: A}, duty: xx, picture: nothing}\n", 2, "nothing"),
        ("categories:\n  - {code: a1, names: {de: A}, duty: xx, done_days: bald}\n", 2, "done_days"),
        ("categories: [\n", 2, "YAML"),
    ],
)
def test_a_broken_pack_says_file_and_line(tmp_path, text, line, words):
    (tmp_path / "tickets.yaml").write_text(text)
    (problem,) = pack.check(tmp_path)
    assert (problem.file, problem.line) == ("tickets.yaml", line)
    assert words in problem.message


def test_a_duty_that_nobody_has_is_noticed(tmp_path):
    (tmp_path / "duties.yaml").write_text("duties:\n  - {code: waste, unit: x}\n")
    (tmp_path / "tickets.yaml").write_text(
        "categories:\n  - {code: a1, names: {de: A}, duty: waste.bins}\n  - {code: b1, names: {de: B}, duty: wast}\n"
    )
    (problem,) = pack.check(tmp_path)
    assert problem.line == 3


def test_the_demo_tells_every_kind_of_story_once(town, monkeypatch):
    from stadtplatz.tickets.demo import building, programs

    monkeypatch.setattr(building, "DONE_STORIES", building.DONE_STORIES[::4])
    monkeypatch.setattr(building, "OPEN_STORIES", building.OPEN_STORIES[::3])
    monkeypatch.setattr(building, "draw", lambda category, seed: accept_image(picture()))
    now = MONDAY + timedelta(hours=5)
    demo.build(now)
    count = Ticket.objects.count()
    known = set(Category.objects.values_list("code", flat=True))
    by_programs = [code for _days, code, _text, _place in programs.TOLD if code in known]
    neighbours = 1  # the lamps somebody else left an address for
    assert count == len(building.DONE_STORIES) + len(building.OPEN_STORIES) + len(by_programs) + neighbours
    assert not Ticket.objects.filter(case__changed_at__gt=now).exists()
    demo.build(now)
    assert Ticket.objects.count() == count
