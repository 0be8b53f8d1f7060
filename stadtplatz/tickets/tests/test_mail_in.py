"""Mails from outside become reports, or words on a report."""

from email.message import EmailMessage
from io import BytesIO

import pytest
from PIL import Image

from stadtplatz.kit import jobs
from stadtplatz.notifications import actions as notifications
from stadtplatz.notifications import rules
from stadtplatz.notifications.models import Incoming, Message
from stadtplatz.tickets import actions
from stadtplatz.tickets.models import Category, Publication, Ticket
from stadtplatz.tickets.tests.conftest import MONDAY, PLACE

pytestmark = pytest.mark.django_db
REPORTER = "reporter@example.org"


def mail(text="Vor Haus Nummer 3.", *, sender=REPORTER, subject="Ihr Anliegen", to="rathaus@stadt.example", **headers):
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = sender, to, subject
    for name, value in headers.items():
        made[name.replace("_", "-")] = value
    made.set_content(text)
    return made


def come(made, **more) -> Incoming:
    row = notifications.take_in(bytes(made), **more)
    jobs.run_all()
    row.refresh_from_db()
    return row


def answer_to(message: Message) -> str:
    return f"rathaus+{message.token}@stadt.example"


def bodies(ticket, **which):
    return [m.body for m in ticket.case.messages.filter(**which).order_by("id")]


def verbs(ticket):
    from stadtplatz.audit.queries import STAFF, timeline

    return [entry.verb for entry in timeline(ticket.case, audience=STAFF)]


def photo(lon_lat=None) -> bytes:
    image, out, exif = Image.new("RGB", (60, 40), "red"), BytesIO(), Image.Exif()
    if lon_lat:
        lon, lat = lon_lat
        exif.get_ifd(0x8825).update({1: "N", 2: (lat, 0, 0), 3: "E", 4: (lon, 0, 0)})
    image.save(out, "JPEG", exif=exif)
    return out.getvalue()


@pytest.fixture
def asked(ticket, worker):
    """The city asked, its clock rests, and the question is in the reporter's mailbox."""
    actions.ask(ticket, words="Wo genau?", by=worker)
    jobs.run_all()
    return Message.objects.filter(address=REPORTER).latest("id")


def test_the_reporters_answer_by_mail_lets_the_clock_run_again(ticket, asked, worker):
    text = "Vor Haus Nummer 3.\n\nAm Mo., 2. Nov. 2026 um 10:00 schrieb Rathaus:\n> Wo genau?"
    row = come(mail(text, to=answer_to(asked)))
    ticket.case.refresh_from_db()
    assert (row.state, row.taken_as) == ("taken", f"ticket:{ticket.case.number}")
    assert ticket.case.state == "accepted"
    assert not ticket.case.resting
    assert bodies(ticket, from_applicant=True) == ["Vor Haus Nummer 3."]
    assert "Wo genau?" in row.original
    assert Message.objects.latest("id").address == "worker@example.org"


def test_an_answer_without_the_plus_address_is_found_by_what_it_answers(ticket, asked):
    come(mail(In_Reply_To=f"<{asked.token}.{asked.pk}@stadt.example>"))
    assert bodies(ticket, from_applicant=True) == ["Vor Haus Nummer 3."]


def test_the_same_mail_again_says_nothing_twice(ticket, asked):
    made = mail(to=answer_to(asked))
    come(made)
    come(made)
    jobs.run_all()
    assert len(bodies(ticket, from_applicant=True)) == 1


@pytest.mark.parametrize(
    "headers", [{"Auto_Submitted": "auto-replied"}, {"Precedence": "bulk"}, {"X_Auto_Response_Suppress": "All"}]
)
def test_an_out_of_office_notice_is_no_answer(ticket, asked, headers):
    row = come(mail("Ich bin bis Montag nicht da.", to=answer_to(asked), **headers))
    ticket.case.refresh_from_db()
    assert row.state == "aside"
    assert ticket.case.state == "waiting"
    assert bodies(ticket, from_applicant=True) == []


def test_the_right_token_from_another_address_is_a_note_until_somebody_accepts_it(ticket, asked, worker, town, browser):
    row = come(mail(sender="schwager@example.net", to=answer_to(asked)))
    ticket.case.refresh_from_db()
    assert ticket.case.state == "waiting"
    assert bodies(ticket, from_applicant=True) == []
    assert "schwager@example.net" in bodies(ticket, visibility="internal")[0]
    assert (Message.objects.latest("id").kind, Message.objects.latest("id").address) == ("desk", "worker@example.org")
    assert "schwager" not in browser().get(f"/anliegen/{ticket.case.secret}/").text
    clerk = browser(town.people.worker)
    assert f"/desk/post/{row.pk}/" in clerk.get(f"/desk/anliegen/{ticket.case.number}/").text
    assert "Hat die meldende Person das geschrieben?" in clerk.get(f"/desk/post/{row.pk}/").text
    assert browser(town.people.gardener).post(f"/desk/post/{row.pk}/anerkennen/").status_code == 404
    assert clerk.post(f"/desk/post/{row.pk}/anerkennen/").status_code == 302
    assert clerk.post(f"/desk/post/{row.pk}/anerkennen/").status_code == 409
    ticket.case.refresh_from_db()
    assert (ticket.case.state, bodies(ticket, from_applicant=True)) == ("accepted", ["Vor Haus Nummer 3."])
    assert verbs(ticket).count("tickets.mail_accepted") == 1


def test_a_clerks_answer_by_mail_is_not_a_deed_of_the_clerk(ticket, report, town):
    jobs.run_all()
    to_clerk = Message.objects.get(address="worker@example.org")
    come(mail("Erledigt, bitte schließen.", sender="worker@example.org", to=answer_to(to_clerk)))
    ticket.case.refresh_from_db()
    assert ticket.case.state == "new"
    assert bodies(ticket, visibility="public") == []
    assert len(bodies(ticket, visibility="internal")) == 1


def test_the_number_in_a_subject_is_a_hint_and_no_proof(ticket):
    come(mail("Noch etwas dazu.", subject=f"Zu {ticket.case.number.lower()}"))
    assert bodies(ticket, visibility="internal")[0].endswith("Noch etwas dazu.")
    come(mail("Fremde Worte.", sender="fremd@example.net", subject=f"Zu {ticket.case.number}"))
    assert Ticket.objects.count() == 2


def test_a_new_mail_becomes_a_report_whose_place_is_missing(town, browser):
    row = come(
        mail("In der Straße ist ein tiefes Schlagloch.", sender="Ute Neu <ute@example.net>", subject="Gefährlich")
    )
    ticket = Ticket.objects.select_related("case").get()
    case = ticket.case
    assert (case.channel, case.place, case.place_label, case.unit) == (
        "mail",
        None,
        "Ort noch nicht bekannt",
        town.roads,
    )
    assert ticket.category == town.pothole
    assert ticket.text == "Gefährlich\n\nIn der Straße ist ein tiefes Schlagloch."
    assert (case.applicant_guest.name, case.applicant_guest.email) == ("Ute Neu", "ute@example.net")
    assert row.taken_as == f"ticket:{case.number}"
    confirmation = Message.objects.get(address="ute@example.net")
    assert confirmation.subject == f"Ihr Anliegen {case.number} ist angekommen: Wo ist es?"
    clerk = browser(town.people.worker)
    assert case.number in clerk.get("/desk/anliegen/?liste=place").text
    assert "Der Ort fehlt" in clerk.get(f"/desk/anliegen/{case.number}/").text
    assert browser().get(f"/anliegen/{case.secret}/").status_code == 200


def test_the_answer_to_the_confirmation_stays_on_that_report(town):
    come(mail("Schlagloch in der Straße.", sender="ute@example.net", Message_ID="<eins@example.net>"))
    confirmation = Message.objects.get(address="ute@example.net")
    assert confirmation.in_reply_to == "<eins@example.net>"
    come(mail("Marktstraße 3", sender="ute@example.net", to=answer_to(confirmation)))
    assert bodies(Ticket.objects.get(), from_applicant=True) == ["Marktstraße 3"]


def test_the_staff_add_the_place_and_who_answers_follows_it(town, browser):
    come(mail("Schlagloch in der Straße."))
    case = Ticket.objects.get().case
    clerk, url = browser(town.people.worker), f"/desk/anliegen/{case.number}/ort/"
    form = {"lon": PLACE[0], "lat": PLACE[1], "address": "", "note": "am Eck", "version": case.version}
    assert clerk.get(url).status_code == 200
    assert clerk.post(url, form | {"lon": 2.0}).status_code == 409
    assert clerk.post(url, form | {"version": 99}).status_code == 409
    assert browser(town.people.gardener).post(url, form).status_code == 404
    assert Ticket.objects.get().case.place is None
    assert clerk.post(url, form).status_code == 302
    ticket = Ticket.objects.select_related("case").get()
    assert (ticket.case.place, ticket.place_note, ticket.case.due) == (PLACE, "am Eck", case.due)
    assert case.number not in clerk.get("/desk/anliegen/?liste=place").text


def test_a_place_of_another_unit_passes_the_report_on(town):
    from stadtplatz.accounts.visitors import actor_for
    from stadtplatz.city.models import Duty

    come(mail("Schlagloch in der Straße."))
    ticket = Ticket.objects.get()
    Duty.objects.filter(code="roads").update(unit=town.green, function=None)
    moved = actions.set_place(ticket, place=PLACE, by=actor_for(town.people.worker))
    assert (moved.case.unit, moved.case.state) == (town.green, "new")


def test_a_report_by_mail_is_not_published_by_rule(town):
    Category.objects.update(release="automatic")
    come(mail("Schlagloch in der Straße. Viele Grüße, Ute Neu"))
    assert not Publication.objects.exists()


def test_photos_come_along_and_tell_the_place_and_other_files_are_named(town):
    made = mail("Schlagloch in der Straße.")
    made.add_attachment(photo(PLACE), maintype="image", subtype="jpeg", filename="foto.jpg")
    made.add_attachment(b"%PDF-1.4 plan", maintype="application", subtype="pdf", filename="plan.pdf")
    made.add_attachment(b"PK\x03\x04", maintype="application", subtype="zip", filename="alles.zip")
    made.add_attachment(b"<svg onload='alert(1)'/>", maintype="image", subtype="svg+xml", filename="bild.svg")
    row = come(made)
    ticket = Ticket.objects.get()
    assert [round(part, 2) for part in ticket.case.place] == list(PLACE)
    assert "Nicht übernommen: alles.zip, bild.svg" in ticket.text
    kept = ticket.case.documents.order_by("id").values_list("content_type", "quarantined")
    assert list(kept) == [("image/jpeg", False), ("application/pdf", True)]
    assert row.files == 4


def test_who_is_not_vouched_for_gets_one_confirmation_a_day(town):
    for number in range(4):
        come(mail(f"Schlagloch Nummer {number} in der Straße."))
    assert Ticket.objects.count() == 4
    assert Message.objects.filter(address=REPORTER).count() == 1


def test_a_flood_from_one_address_is_kept_and_put_aside(town, monkeypatch):
    monkeypatch.setattr(rules, "MAILS_FROM_ONE", 5)
    for number in range(8):
        notifications.take_in(bytes(mail(f"Schlagloch Nummer {number}")))
    jobs.run_all()
    assert Ticket.objects.count() == 5
    assert Incoming.objects.filter(reason="too-many").count() == 3
    assert Incoming.objects.count() == 8


def test_a_report_that_is_finished_for_good_takes_no_mail_and_says_so(ticket, asked, reporter):
    actions.withdraw(ticket, by=reporter)
    row = come(mail(to=answer_to(asked)))
    assert (row.state, row.reason) == ("aside", "finished")
    assert Message.objects.latest("id").subject == f"Ihr Anliegen {ticket.case.number} ist schon abgeschlossen"


def test_a_mail_that_came_back_is_told_to_the_responsible(ticket, asked):
    notifications.mark_failing(asked, code="5.1.1")
    jobs.run_all()
    assert verbs(ticket).count("tickets.mail_returned") == 1
    told = Message.objects.latest("id")
    assert told.address == "worker@example.org"
    assert told.subject.startswith("Die meldende Person ist per E-Mail nicht erreichbar")


@pytest.mark.parametrize(
    "text",
    [
        "x" * 50_000,
        "<script>alert('Loch')</script>",
        "Loch 🕳️ in der Straße 👩‍👩‍👧‍👦" * 3,
        "‮حفرة في الطريق‬ שלום",
        "",
        "\x01\x02 Loch",
    ],
)
def test_whatever_is_written_in_a_mail_is_kept_and_harmless(town, text, browser):
    row = come(mail(text, subject=""))
    ticket = Ticket.objects.get()
    assert row.state == "taken"
    assert len(ticket.text) <= 10_000
    assert row.original == text.strip()
    shown = browser(town.people.head).get(f"/desk/anliegen/{ticket.case.number}/")
    assert shown.status_code == 200
    assert "<script>alert" not in shown.text


def test_the_post_is_read_by_those_who_sort_it(town, browser):
    row = come(mail("Ich bin nicht da.", Auto_Submitted="auto-replied"))
    head = browser(town.people.head)
    listed = head.get("/desk/post/")
    assert listed.status_code == 200
    assert "Eine Maschine hat sie geschrieben" in listed.text
    for person in (town.people.gardener, town.people.operator, town.people.citizen):
        assert browser(person).get("/desk/post/").status_code in {302, 403, 404}
        assert browser(person).get(f"/desk/post/{row.pk}/").status_code in {302, 403, 404}
        assert browser(person).post(f"/desk/post/{row.pk}/uebernehmen/").status_code in {302, 403, 404}
    assert not Ticket.objects.exists()
    assert "Irrtümlich zur Seite gelegt?" in head.get(f"/desk/post/{row.pk}/").text
    head.post(f"/desk/post/{row.pk}/uebernehmen/")
    jobs.run_all()
    assert Ticket.objects.count() == 1


def test_the_post_stays_quick_with_many_mails(town, browser, django_assert_max_num_queries):
    head = browser(town.people.head)
    head.get("/desk/post/")
    for count in (1, 20):
        for number in range(count):
            notifications.take_in(bytes(mail(f"{count} {number}", Auto_Submitted="auto-replied")))
        jobs.run_all()
        with django_assert_max_num_queries(10):
            assert head.get("/desk/post/").status_code == 200


def test_no_report_is_opened_without_a_place_on_the_website(town):
    from stadtplatz.kit.actors import ANONYMOUS
    from stadtplatz.kit.refusals import ActionRefused

    with pytest.raises(ActionRefused, match="Ort"):
        actions.open_ticket(text="Ein Schlagloch", place=None, category=town.pothole, by=ANONYMOUS, at=MONDAY)
    assert not Ticket.objects.exists()
    opened = actions.open_ticket(
        text="Ein Schlagloch", place=None, category=town.pothole, by=ANONYMOUS, at=MONDAY, channel="phone"
    )
    assert opened.case.place is None
