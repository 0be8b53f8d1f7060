"""The desk: lists nothing falls out of, many at a time, kept filters, tasks, links, and who else is looking."""

import json
from datetime import timedelta
from hashlib import sha256
from io import BytesIO
from itertools import product
from zipfile import ZipFile

import pytest
from django.urls import reverse

from stadtplatz.accounts.models import Guest, Person
from stadtplatz.accounts.visitors import actor_for
from stadtplatz.cases import actions as cases
from stadtplatz.cases.models import Case, CaseTask
from stadtplatz.cases.rules import task_holder
from stadtplatz.city.models import Absence, Membership
from stadtplatz.kit import clock, jobs
from stadtplatz.kit.refusals import ActionRefused, NotAllowed
from stadtplatz.kit.uploads import accept_image
from stadtplatz.notifications.models import Message
from stadtplatz.tickets import actions, queries
from stadtplatz.tickets.flow import FLOW
from stadtplatz.tickets.models import Echo, Lookout, ReplyTemplate, SavedFilter, Ticket
from stadtplatz.tickets.queries.desk import STATES, Asked
from stadtplatz.tickets.queries.panels import panels
from stadtplatz.tickets.replies import fill
from stadtplatz.tickets.tests.conftest import MONDAY, PLACE, not_a_picture, picture

DAY = timedelta(days=1)


def in_list(person, name):
    return {row.ticket.pk for row in queries.desk_list(actor_for(person), Asked(name)).rows}


# Nothing falls out of every list


def test_the_lists_of_states_are_all_open_states_and_none_twice():
    listed = [code for codes in STATES.values() for code in codes]
    assert sorted(listed) == sorted(FLOW.codes(closed=False))


FATES = ["there", "away", "away with deputy", "left", "deactivated", "moved", "nobody"]


@pytest.mark.parametrize(("state", "fate"), list(product(["new", "accepted", "waiting"], FATES)))
def test_every_open_report_is_in_somebodys_own_work_and_in_one_list_of_states(ticket, town, at_noon, state, fate):
    """Whatever becomes of the person who has it: there is always somebody who finds it in their own work and may open it."""
    worker = town.people.worker
    by = actor_for(worker)
    if state != "new":
        actions.accept(ticket, by=by)
    if state == "waiting":
        actions.ask(ticket, words="Wo?", by=by)
    held = Membership.objects.filter(person=worker)
    if fate == "nobody":
        Case.objects.update(assignee=None)
        Membership.objects.filter(unit=town.roads).update(ended=True)
    elif fate.startswith("away"):
        deputy = town.people.gardener if "deputy" in fate else None
        Absence.objects.create(person=worker, starts_on=MONDAY.date(), ends_on=MONDAY.date(), deputy=deputy)
    elif fate == "left":
        held.update(ended=True)
    elif fate == "deactivated":
        Person.objects.filter(pk=worker.pk).update(is_active=False)
    elif fate == "moved":
        held.update(unit=town.green)
    staff = Person.objects.filter(is_active=True, unit_memberships__ended=False).distinct()
    finders = [person for person in staff if ticket.pk in in_list(person, "mine")]
    assert finders
    assert all(queries.one_for_staff(actor_for(person), ticket.case.number) for person in finders)
    expected = {"accepted": "working"}.get(state, state)
    for person in finders:
        assert [name for name in STATES if ticket.pk in in_list(person, name)] == [expected]
    if fate == "away with deputy":
        assert town.people.gardener in finders


def test_a_deputy_of_another_unit_works_on_it_as_long_as_the_absence_lasts(ticket, town, monkeypatch):
    gardener = actor_for(town.people.gardener)
    Absence.objects.create(
        person=town.people.worker, deputy=town.people.gardener, starts_on=MONDAY.date(), ends_on=MONDAY.date()
    )
    monkeypatch.setattr(clock, "now", lambda: MONDAY + 2 * DAY)
    with pytest.raises(NotAllowed):
        actions.accept(ticket, by=gardener)
    monkeypatch.setattr(clock, "now", lambda: MONDAY)
    assert actions.accept(ticket, by=gardener).case.state == "accepted"


# The list page


@pytest.mark.parametrize("many", [1, 60])
def test_the_list_needs_few_queries_however_many_there_are(browser, report, town, many, django_assert_max_num_queries):
    first = report()
    for _n in range(many - 1):
        report()
    client = browser(town.people.worker)
    client.get("/desk/anliegen/")
    with django_assert_max_num_queries(10):
        assert first.case.number in client.get("/desk/anliegen/?liste=unit").text
    with django_assert_max_num_queries(12):
        assert client.get(reverse("desk-ticket", args=[first.case.number])).status_code == 200


def test_a_list_is_narrowed_sorted_shown_on_the_map_and_kept_under_a_name(browser, report, town):
    pothole, tree = report(), report("Ein Ast hängt tief.", category=town.tree)
    head = browser(town.people.head)
    page = head.get("/desk/anliegen/", {"liste": "unit", "kategorie": "green", "karte": "1", "sort": "newest"}).text
    assert tree.case.number in page
    assert pothole.case.number not in page
    assert "data-point" in page
    given = {"name": "Bäume", "query": "liste=unit&kategorie=green&boese=1&page=3"}
    answer = head.post(reverse("desk-filter-keep"), given)
    kept = SavedFilter.objects.get()
    assert (kept.person, kept.query) == (town.people.head, "liste=unit&kategorie=green")
    assert answer.url == f"/desk/anliegen/?{kept.query}"
    assert "Bäume" in head.get(answer.url).text
    assert "Bäume" not in browser(town.people.worker).get("/desk/anliegen/").text
    browser(town.people.worker).post(reverse("desk-filter-drop", args=[kept.pk]))
    assert SavedFilter.objects.exists()
    head.post(reverse("desk-filter-drop", args=[kept.pk]))
    assert not SavedFilter.objects.exists()


def test_nobody_keeps_more_than_twenty_filters_or_one_without_a_name(worker):
    with pytest.raises(ActionRefused):
        actions.keep_filter(by=worker, name=" ", query="")
    for number in range(20):
        actions.keep_filter(by=worker, name=f"Liste {number}", query="liste=mine")
    with pytest.raises(ActionRefused):
        actions.keep_filter(by=worker, name="Eine mehr", query="")
    actions.keep_filter(by=worker, name="Liste 3", query="liste=late")
    assert SavedFilter.objects.count() == 20


# Many at once


def test_many_are_closed_at_once_and_each_says_what_became_of_it(browser, report, guest, worker, town):
    """What was closed meanwhile is refused on its own; the rest is done, with the fields of each report filled in."""
    first, second, gone = report(contact=guest), report(), report()
    foreign = report(category=town.tree)
    client = browser(town.people.worker)
    numbers = [ticket.case.number for ticket in (first, second, gone, foreign)]
    asked = client.post(reverse("desk-tickets-bulk"), {"do": "close", "n": numbers})
    assert "3 Anliegen" in asked.text
    assert foreign.case.number not in asked.text
    actions.close(gone, outcome="done", words="Schon erledigt.", by=worker)
    given = {"do": "close", "n": numbers, "sure": "1", "outcome": "done", "words": "{number} ist erledigt."}
    page = client.post(reverse("desk-tickets-bulk"), given).text
    assert page.count("badge--success") == 2
    assert "Das geht jetzt nicht" in page
    assert set(Ticket.objects.values_list("case__state", flat=True)) == {"done", "new"}
    assert first.case.messages.get().body == f"{first.case.number} ist erledigt."


@pytest.mark.parametrize(
    ("do", "given", "state"),
    [
        ("accept", {}, "accepted"),
        ("assign", {"person": "colleague"}, "new"),
        ("message", {"words": "Guten Tag"}, "new"),
    ],
)
def test_other_things_done_to_many(browser, ticket, town, do, given, state):
    given = {name: getattr(town.people, value).pk if name == "person" else value for name, value in given.items()}
    client = browser(town.people.worker)
    page = client.post(reverse("desk-tickets-bulk"), {"do": do, "n": ticket.case.number, "sure": "1", **given})
    assert "badge--success" in page.text
    ticket.case.refresh_from_db()
    assert ticket.case.state == state
    assert (ticket.case.assignee == town.people.colleague) is (do == "assign")


@pytest.mark.parametrize("given", [{}, {"do": "close"}, {"do": "burn", "n": "A-1"}, {"do": "close", "n": "A-1"}])
def test_nothing_chosen_changes_nothing(browser, ticket, town, given):
    answer = browser(town.people.worker).post(reverse("desk-tickets-bulk"), given)
    assert answer.status_code == 302
    ticket.case.refresh_from_db()
    assert ticket.case.state == "new"


# Given to a colleague


def test_a_colleague_is_given_the_report_and_told(browser, ticket, town):
    client = browser(town.people.worker)
    address = reverse("desk-ticket-assign", args=[ticket.case.number])
    jobs.run_all()
    assert "Gardener" not in client.get(address).text
    client.post(address, {"person": town.people.colleague.pk})
    ticket.case.refresh_from_db()
    assert (ticket.case.assignee, ticket.case.why_responsible) == (town.people.colleague, "Von Hand zugewiesen.")
    jobs.run_all()
    assert Message.objects.filter(address="colleague@example.org").count() == 1
    with pytest.raises(ActionRefused):
        actions.assign(ticket, person=town.people.gardener, by=actor_for(town.people.worker))
    assert Case.objects.get().assignee == town.people.colleague


# Tasks


def test_somebody_outside_answers_by_link_without_an_account(browser, report, town, worker):
    ticket = report(photos=[accept_image(picture())])
    staff = browser(town.people.worker)
    asked = {"kind": "inspection", "question": "Ist die Leitung sicher?", "email": "firma@example.com", "shared": "on"}
    answer = staff.post(reverse("desk-ticket-task", args=[ticket.case.number]), {**asked, "deadline": "2026-12-03"})
    assert answer.status_code == 302, answer.text
    task = CaseTask.objects.get()
    jobs.run_all()
    assert task.token in Message.objects.get(address="firma@example.com").text
    outsider, address = browser(), reverse("case-task", args=[task.token])
    page = outsider.get(address).text
    assert "Ist die Leitung sicher?" in page
    assert "3. Dezember" in page
    photo = ticket.case.documents.get()
    photo_address = reverse("case-task-photo", args=[task.token, photo.pk])
    assert outsider.get(photo_address).status_code == 200
    assert ticket.text not in page
    assert ticket.case.secret not in page
    assert outsider.post(address, {"answer": ""}).status_code == 422
    assert "Vielen Dank" in outsider.post(address, {"answer": "Ja, sie ist aus."}).text
    task.refresh_from_db()
    assert (task.answer, task.answered_by) == ("Ja, sie ist aus.", f"task:{task.pk}")
    assert outsider.post(address, {"answer": "Doch nicht"}).text.count("Vielen Dank")
    task.refresh_from_db()
    assert task.answer == "Ja, sie ist aus."
    assert outsider.get(photo_address).status_code == 404
    assert "Ja, sie ist aus." in staff.get(reverse("desk-ticket", args=[ticket.case.number])).text
    assert outsider.get(reverse("case-task", args=["x" * 22])).status_code == 404


def test_pictures_that_were_not_shared_stay_closed(browser, report, worker, guest):
    ticket = report(photos=[accept_image(picture())])
    task = cases.add_task(ticket.case, kind="consult", question="Frage?", outsider=guest, by=worker)
    photo = ticket.case.documents.get()
    assert browser().get(reverse("case-task-photo", args=[task.token, photo.pk])).status_code == 404
    assert (
        "<img" not in browser().get(reverse("case-task", args=[task.token])).text.split("<main")[1].split("</main")[0]
    )


def test_another_unit_finds_its_task_answers_it_and_is_out_again(browser, ticket, town, worker):
    cases.add_task(ticket.case, kind="consult", question="Wem gehört der Baum?", unit=town.green, by=worker)
    gardener = browser(town.people.gardener)
    assert ticket.pk in in_list(town.people.gardener, "asked")
    page = gardener.get(reverse("desk-ticket", args=[ticket.case.number])).text
    assert "Wem gehört der Baum?" in page
    assert 'id="close"' not in page
    jobs.run_all()
    assert Message.objects.filter(address="gardener@example.org", subject__startswith="Eine Aufgabe").exists()
    task = CaseTask.objects.get()
    address = reverse("desk-ticket-task-answer", args=[ticket.case.number, task.pk])
    assert gardener.post(address, {"answer": "Uns."}).url == "/desk/anliegen/"
    assert gardener.get(reverse("desk-ticket", args=[ticket.case.number])).status_code == 404
    assert ticket.pk not in in_list(town.people.gardener, "asked")
    jobs.run_all()
    assert Message.objects.filter(address="worker@example.org", subject__startswith="Eine Aufgabe wurde").exists()
    assert task_holder(task).key == f"task:{task.pk}"


# Reports that belong together


def test_a_merged_reporter_is_told_and_follows_the_other_report(browser, report, guest, worker, town):
    first, second = report(), report(contact=guest)
    page = browser(town.people.worker).get(reverse("desk-ticket", args=[second.case.number])).text
    assert f"?original={first.case.number}#close" in page
    actions.close(second, outcome="duplicate", duplicate_of=first, words="Schon bekannt.", by=worker)
    assert Echo.objects.get(ticket=first).guest == guest
    assert [e.sentence for e in queries.desk_page(first, worker).timeline.entries][-1] == (
        f"{second.case.number} meldet dasselbe und wurde hier zusammengeführt."
    )
    assert [row.ticket for row in panels(first, worker).linked] == [second]
    jobs.run_all()
    assert "abgeschlossen" in Message.objects.filter(address=guest.email).latest("id").subject


def test_a_report_is_split_and_the_reporter_learns_the_second_number(ticket, guest, worker, town):
    new = actions.split(ticket, text="Und der Baum daneben ist krank.", category=town.tree, by=worker, at=MONDAY)
    case = Case.objects.get(pk=new.case.pk)
    assert (case.unit, case.applicant_guest, case.predecessor, case.place) == (town.green, guest, ticket.case, PLACE)
    jobs.run_all()
    assert Message.objects.filter(address=guest.email, subject__contains=case.number).exists()
    before = Case.objects.count()
    actions.close(ticket, outcome="done", words="Fertig.", by=worker)
    for by in (worker, actor_for(town.people.gardener)):
        with pytest.raises(ActionRefused):
            actions.split(Ticket.objects.get(pk=ticket.pk), text="Noch etwas.", category=town.tree, by=by)
    assert Case.objects.count() == before


def test_links_are_seen_from_both_sides_and_never_open_what_may_not_be_read(browser, report, worker, town):
    first, second, foreign = report(), report(), report(category=town.tree)
    client = browser(town.people.worker)
    address = reverse("desk-ticket-link", args=[first.case.number])
    client.post(address, {"number": second.case.number})
    client.post(address, {"number": second.case.number})
    client.post(address, {"number": foreign.case.number})
    client.post(address, {"number": first.case.number})
    assert [row.ticket for row in panels(second, worker).linked] == [first]
    assert [row.ticket for row in panels(first, worker).linked] == [second]


def test_reports_near_by_are_shown_with_their_distance_and_those_far_away_are_not(report, worker):
    first, near = report(), report(place=(PLACE[0], PLACE[1] + 0.0005))
    report(place=(PLACE[0] + 0.01, PLACE[1]))
    found = panels(first, worker, at=MONDAY).nearby
    assert [(row.ticket, row.metres) for row in found] == [(near, 56)]


# Two people at one report


def test_two_people_at_one_report_see_each_other_for_a_minute(browser, ticket, town, monkeypatch):
    one, other = browser(town.people.worker), browser(town.people.colleague)
    page, look = (reverse(name, args=[ticket.case.number]) for name in ("desk-ticket", "desk-ticket-lookout"))
    assert "gerade offen" not in other.get(page).text
    assert one.post(look).text.strip() == ""
    assert "Worker hat dieses Anliegen gerade offen" in other.get(page).text
    assert "gerade offen" not in one.get(page).text
    assert browser(town.people.gardener).post(look).status_code == 404
    now = clock.now()
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(seconds=61))
    assert "gerade offen" not in other.get(page).text
    assert actions.forget_lookouts() == 1
    assert not Lookout.objects.exists()


# Honest endings and standard answers


def test_not_our_duty_says_who_said_so_and_where_it_went(browser, ticket, reporter, worker, town):
    client = browser(town.people.worker)
    address = reverse("desk-ticket-close", args=[ticket.case.number])
    given = {"outcome": "not_our_duty", "words": "Das ist eine Landesstraße.", "version": ticket.case.version}
    assert client.post(address, given).status_code == 422
    with pytest.raises(ActionRefused):
        actions.close(ticket, outcome="not_our_duty", words="Nein.", by=worker)
    assert Case.objects.get().state == "new"
    client.post(address, {**given, "said_by": "Straßenmeisterei, Telefon", "forwarded_to": "Landratsamt"})
    page = browser().get(reverse("tickets-page", args=[ticket.case.secret])).text
    assert "Auskunft über die Zuständigkeit: Straßenmeisterei, Telefon" in page
    assert "Weitergeleitet an: Landratsamt" in page


def test_declined_names_the_remedy_where_there_is_one(ticket, worker):
    closed = actions.close(
        ticket, outcome="declined", words="Kein Geld.", remedy="Widerspruch binnen eines Monats.", by=worker
    )
    assert closed.case.messages.get().body == "Kein Geld.\n\nWas Sie tun können: Widerspruch binnen eines Monats."
    assert closed.endings.get().remedy
    with pytest.raises(ActionRefused):
        actions.close(actions.take_back(closed, words="Doch.", by=worker), outcome="declined", words=" ", by=worker)


def test_the_fields_of_an_answer_are_filled_in_and_other_braces_stay(ticket):
    words = "{number}: {category}, bis {due}, {unit} ({function}) {unknown} {"
    number = ticket.case.number
    assert (
        fill(words, ticket) == f"{number}: Straßenschaden, bis 16.11.2026, Tiefbauamt (Straßenunterhalt) {{unknown}} {{"
    )


def test_heads_keep_the_standard_answers_and_others_read_them(browser, town, ticket):
    head, worker = browser(town.people.head), browser(town.people.worker)
    given = {"name_de": "Danke", "body_de": "Danke für {number}.", "move": "", "active": "on"}
    assert worker.post(reverse("desk-reply-new"), given).status_code == 403
    assert head.post(reverse("desk-reply-new"), given).status_code == 302
    reply = ReplyTemplate.objects.get()
    assert "Danke" in worker.get(reverse("desk-replies")).text
    assert "textarea" not in worker.get(reverse("desk-reply", args=[reply.code])).text.split("<main")[1]
    edit = reverse("desk-reply", args=[reply.code])
    head.post(edit, {**given, "name_de": "Vielen Dank", "version": 1})
    assert head.post(edit, {**given, "name_de": "Zu spät", "version": 1}).status_code == 409
    reply.refresh_from_db()
    assert (reply.names["de"], reply.version) == ("Vielen Dank", 2)
    page = worker.get(reverse("desk-ticket", args=[ticket.case.number]), {"antwort": reply.code}).text
    assert f"Danke für {ticket.case.number}." in page


# On the road


def test_my_list_on_the_road_by_nearness_and_as_a_route(browser, report, town):
    far = report("Weit weg liegt ein Ast.", place=(PLACE[0] + 0.02, PLACE[1]))
    middle = report("In der Mitte ein Loch.", place=(PLACE[0] + 0.01, PLACE[1]))
    near = report("Gleich hier ein Loch.")
    client = browser(town.people.worker)
    here = {"lon": PLACE[0] - 0.001, "lat": PLACE[1]}

    def order(page):
        return sorted((near, middle, far), key=lambda ticket: page.index(ticket.case.number))

    assert order(client.get(reverse("desk-field")).text) == [far, middle, near]
    page = client.get(reverse("desk-field"), {"weg": "near", **here}).text
    assert order(page) == [near, middle, far]
    assert "geo:48.600000,8.870000" in page
    assert order(client.get(reverse("desk-field"), {"weg": "route"}).text) == [far, middle, near]
    assert client.get(reverse("desk-field"), {"weg": "near", "lon": "x", "lat": "999"}).status_code == 200
    given = {
        "version": near.case.version,
        "outcome": "done",
        "words": "Geflickt.",
        "back": "field",
        "photos": picture(),
    }
    answer = client.post(reverse("desk-ticket-close", args=[near.case.number]), given)
    assert answer.url == reverse("desk-field")
    near.case.refresh_from_db()
    assert (near.case.state, near.case.documents.get().purpose) == ("done", "after_photo")


# For the records


def test_a_finished_report_is_taken_out_as_one_zip_and_an_open_one_is_not(browser, report, guest, worker, town):
    ticket = report(contact=guest, photos=[accept_image(picture())])
    client, address = browser(town.people.worker), reverse("desk-ticket-export", args=[ticket.case.number])
    assert client.post(address).status_code == 409
    actions.write(ticket, body="Nur für uns.", internal=True, by=worker)
    actions.keep_translation(ticket, text="Auf Deutsch gelesen.", by=worker)
    actions.close(ticket, outcome="not_our_duty", words="Landesstraße.", said_by="Landratsamt", by=worker)
    assert browser(town.people.gardener).post(address).status_code == 404
    answer = client.post(address)
    archive = ZipFile(BytesIO(answer.content))
    number = ticket.case.number
    assert archive.namelist() == [f"{number}.pdf", f"{number}.json", "dateien/01-photo.jpg"]
    data = json.loads(archive.read(f"{number}.json"))
    assert (data["number"], data["outcome"], data["unit"]["code"]) == (number, "not_our_duty", "tiefbau")
    assert data["endings"][0]["said_by"] == "Landratsamt"
    assert data["in_german"] == "Auf Deutsch gelesen."
    assert "Nur für uns." in [row["text"] for row in data["history"]]
    assert data["files"][0]["sha256"] == sha256(archive.read("dateien/01-photo.jpg")).hexdigest()
    assert archive.read(f"{number}.pdf").startswith(b"%PDF")
    assert "no-store" in answer["Cache-Control"]


def test_outsiders_send_photos_with_their_answer_and_the_staff_alone_see_them(browser, ticket, town, worker):
    firm = Guest.objects.create(email="firma@example.com")
    task = cases.add_task(ticket.case, kind="inspection", question="Ist es dicht?", outsider=firm, by=worker)
    outside, address = browser(), reverse("case-task", args=[task.token])
    refused = outside.post(address, {"answer": "Ja.", "photos": [not_a_picture()]})
    assert refused.status_code == 400
    assert "Ja." in refused.text
    task.refresh_from_db()
    assert task.finished_at is None
    assert outside.post(address, {"answer": "Ja.", "photos": [picture(), picture("b.jpg")]}).status_code == 200
    first, second = ticket.case.documents.order_by("pk")
    assert (first.internal, first.content_type, second.internal) == (True, "image/jpeg", True)
    desk = browser(town.people.worker)
    where = reverse("desk-ticket-photo", args=[ticket.case.number, first.pk])
    assert where in desk.get(f"/desk/anliegen/{ticket.case.number}/").text
    assert desk.get(where).status_code == 200
    assert outside.get(reverse("case-task-photo", args=[task.token, first.pk])).status_code == 404
    own = f"/anliegen/{ticket.case.secret}/"
    assert f"foto/{first.pk}/" not in outside.get(own).text
    assert outside.get(f"{own}foto/{first.pk}/").status_code == 404
