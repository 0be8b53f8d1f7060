"""What becomes of a mail that came in."""

from datetime import timedelta

import pytest
from django.core.management import call_command

from stadtplatz.accounts.actions import leave_contact
from stadtplatz.audit.models import Record
from stadtplatz.kit import clock, media
from stadtplatz.kit.jobs import run_all
from stadtplatz.notifications import actions, jobs, privacy, queries, rules
from stadtplatz.notifications.models import FailingAddress, Incoming, Message
from stadtplatz.notifications.tests.test_reading_mail import mail

pytestmark = pytest.mark.django_db
TEMPLATE = "accounts/mail/guest_code"


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def guest(db):
    return leave_contact(name="Erika", email="erika@example.org")


@pytest.fixture
def sent(guest):
    """A mail of ours to Erika about a thing of some domain."""
    return actions.notify(to=guest, template=TEMPLATE, context={"code": "1"}, reply_to="thing:7")


def come(made, **more) -> Incoming:
    row = actions.take_in(bytes(made), **more)
    run_all()
    row.refresh_from_db()
    return row


def report_of(message: Message, *, action="failed", status="5.1.1", token=None) -> bytes:
    """What a mail server writes about a mail of ours that it could not deliver (RFC 3464)."""
    original = jobs.mail_of(message).message()
    if token is not None:
        original.replace_header("Message-ID", f"<{token}.1@x.example>")
    parts = [
        "Content-Type: text/plain\n\nI am sorry.",
        "Content-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example\n\n"
        f"Final-Recipient: rfc822; {message.address}\nAction: {action}\nStatus: {status}\n",
        f"Content-Type: message/rfc822\n\n{original.as_string()}",
    ]
    head = (
        "From: MAILER-DAEMON@mx.example\nTo: rathaus@stadt.example\nSubject: Undelivered\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="teil"\n\n'
    )
    return (head + "".join(f"--teil\n{part}\n" for part in parts) + "--teil--\n").encode()


def facts(verb="notifications.mail_received"):
    return list(Record.objects.filter(verb=verb))


def test_an_answer_is_led_to_what_it_answers_and_told_once(sent):
    made = mail(To=f"rathaus+{sent.token}@stadt.example")
    row = come(made)
    assert (row.state, row.belongs_to, row.answers, row.sender) == ("read", "thing:7", sent, "erika@example.org")
    assert row.text == "Guten Tag, das Schlagloch ist noch da."
    assert [fact.keys for fact in facts()] == [{"incoming": row.pk, "about": "thing:7"}]


def test_a_replayed_mail_changes_nothing(sent):
    made = mail(To=f"rathaus+{sent.token}@stadt.example")
    first = come(made)
    again = actions.take_in(b"Received: by another way\r\n" + bytes(made))
    run_all()
    jobs.read_mail(first.pk)
    assert again.pk == first.pk
    assert Incoming.objects.count() == 1
    assert len(facts()) == 1


def test_a_mail_is_taken_on_once(sent):
    row = come(mail())
    assert actions.take(row, taken_as="thing:8")
    assert not actions.take(row, taken_as="thing:9")
    assert not actions.put_aside(row, reason="finished")
    assert queries.taken_as("thing:8").get() == row


@pytest.mark.parametrize(
    ("headers", "more", "reason"),
    [
        ({"Auto_Submitted": "auto-replied"}, {}, "automatic"),
        ({"List_Id": "<x.example>"}, {}, "list"),
        ({"From": ""}, {}, "sender"),
        ({}, {"envelope_sender": ""}, "automatic"),
    ],
)
def test_what_nobody_wrote_is_kept_and_starts_nothing(sent, headers, more, reason):
    row = come(mail(To=f"rathaus+{sent.token}@stadt.example", **headers), **more)
    assert (row.state, row.reason) == ("aside", reason)
    assert row.text
    assert facts() == []
    assert Message.objects.count() == 1


def test_the_staff_can_take_on_what_was_put_aside(sent):
    row = come(mail(Auto_Submitted="auto-replied", To=f"rathaus+{sent.token}@stadt.example"))
    assert actions.take_anyway(row)
    assert not actions.take_anyway(row)
    run_all()
    row.refresh_from_db()
    assert (row.state, row.reason) == ("read", "")
    assert len(facts()) == 1


def test_two_machines_that_write_to_each_other_come_to_rest(sent, monkeypatch):
    """A robot that answers each of our mails, says so nowhere, and is a new mail each time."""
    monkeypatch.setattr(rules, "MAILS_FROM_ONE", 8)
    for number in range(rules.MAILS_FROM_ONE + 3):
        row = come(mail(f"Ihre Nachricht {number} ist eingegangen.", Message_ID=f"<{number}@robot.example>"))
        actions.answer_mail(row, template="notifications/mail/too_big", context={"subject": "x"})
    assert Message.objects.exclude(pk=sent.pk).count() == 1
    assert Incoming.objects.filter(state="read").count() == rules.MAILS_FROM_ONE
    assert Incoming.objects.filter(state="aside", reason="too-many").count() == 3


def test_a_sender_who_is_vouched_for_is_answered_more_often_but_not_without_end(sent, settings):
    settings.MAIL_SERVER = "mx.stadt.example"
    for number in range(rules.ANSWERS_A_DAY + 5):
        made = mail(
            Message_ID=f"<{number}@x.example>",
            Authentication_Results="mx.stadt.example; dmarc=pass header.from=example.org",
        )
        actions.answer_mail(come(made), template="notifications/mail/too_big", context={"subject": "x"})
    answers = Message.objects.exclude(pk=sent.pk)
    assert answers.count() == rules.ANSWERS_A_DAY
    assert answers.exclude(state=Message.HELD).count() <= 6  # the caps of every unproved address hold here, too
    written = jobs.mail_of(answers.first()).message()
    assert written["In-Reply-To"] == "<0@x.example>"
    assert written["Auto-Submitted"] == "auto-replied"


def test_too_many_mails_about_one_errand_wait_with_the_staff(sent, monkeypatch):
    monkeypatch.setattr(rules, "MAILS_ABOUT_ONE", 2)
    rows = [
        come(mail(Message_ID=f"<{n}@x>", From=f"a{n}@example.org", To=f"r+{sent.token}@stadt.example"))
        for n in range(3)
    ]
    assert [row.reason for row in rows] == ["", "", "too-many-here"]


def test_a_mail_that_is_too_big_is_answered_and_its_head_kept(monkeypatch):
    monkeypatch.setattr(rules, "MOST_BYTES", 2_000)
    row = come(mail("x" * 3_000))
    assert (row.state, row.reason, row.size > 3_000) == ("aside", "too-big", True)
    answer = Message.objects.get()
    assert (answer.address, answer.subject) == ("erika@example.org", "Ihre E-Mail war zu groß")
    assert not actions.take_anyway(row)


def test_a_mail_that_came_back_stops_further_mails_and_the_sender_hears_of_it(sent, guest, settings):
    settings.EMAIL_HOST = "mail.example"
    row = come(report_of(sent), envelope_sender="")
    assert (row.state, row.reason, row.answers) == ("returned", "failed", sent)
    sent.refresh_from_db()
    assert (sent.state, sent.error) == ("failed", "returned 5.1.1")
    assert [fact.keys["about"] for fact in facts("notifications.mail_returned")] == ["thing:7"]
    assert "erika" not in str(FailingAddress.objects.values_list())
    later = actions.notify(to=guest, template=TEMPLATE, context={"code": "2"}, reply_to="thing:7")
    assert (later.state, later.error) == ("failed", "address fails")
    code = actions.notify(to=guest, template=TEMPLATE, context={"code": "3"}, kind="security")
    assert code.state == "waiting"
    come(report_of(sent), envelope_sender="")
    assert len(facts("notifications.mail_returned")) == 1
    actions.forgive("Erika@Example.org")
    assert actions.notify(to=guest, template=TEMPLATE, context={"code": "4"}).state == "waiting"


def test_a_mail_that_is_only_late_and_a_report_about_a_strangers_mail_change_nothing(sent):
    late = come(report_of(sent, action="delayed", status="4.4.1"))
    foreign = come(report_of(sent, token="f" * 32))
    assert (late.reason, foreign.reason) == ("delayed", "other-report")
    assert not FailingAddress.objects.exists()
    sent.refresh_from_db()
    assert sent.state == "kept"


def test_a_mail_with_many_of_ours_before_it_stays_in_one_thread(sent, guest):
    more = [actions.notify(to=guest, template=TEMPLATE, context={"code": "1"}, reply_to="thing:7") for _n in range(8)]
    references = jobs.mail_of(more[-1]).message()["References"].split()
    assert len(references) == 5
    assert references[0].startswith(f"<{sent.token}.")


def test_what_does_not_arrive_comes_back_to_the_mail_it_was(sent, settings):
    settings.MAIL_IN = True
    written = jobs.mail_of(sent)
    assert f"+{sent.token}@" in written.from_email
    assert "+" not in written.message()["From"]


def test_the_mail_server_hands_mails_over_by_a_pipe(sent, monkeypatch, capsys):
    import io

    class Pipe:
        buffer = io.BytesIO(b"From erika Mon Nov  2 10:00:00 2026\n" + bytes(mail()))

    monkeypatch.setattr("sys.stdin", Pipe)
    call_command("mail_in", "--from", "erika@example.org", "--to", f"rathaus+{sent.token}@stadt.example")
    run_all()
    assert Incoming.objects.get().belongs_to == "thing:7"
    Pipe.buffer = io.BytesIO(b"")
    with pytest.raises(SystemExit) as ended:
        call_command("mail_in")
    assert ended.value.code == 65


def test_the_sender_gets_their_mails_and_has_them_erased(guest, django_capture_on_commit_callbacks):
    row = come(mail("Meine Worte."))
    assert [m["text"] for m in privacy.export(guest)["mails_to_the_city"]] == ["Meine Worte."]
    with django_capture_on_commit_callbacks(execute=True):
        privacy.erase(guest, by=None)
    path = row.path
    row.refresh_from_db()
    assert (row.text, row.original, row.sender, row.path) == ("", "", "", "")
    with pytest.raises(FileNotFoundError):
        media.read(path)


def test_mails_lose_their_words_with_time(sent, monkeypatch):
    aside = come(mail(Auto_Submitted="auto-replied"))
    read = come(mail("Anders."))
    real = clock.now()
    for days, left in ((31, ["", "Anders."]), (200, ["", ""])):
        monkeypatch.setattr(clock, "now", lambda days=days: real + timedelta(days=days))
        jobs.empty_old_mail()
        assert [Incoming.objects.get(pk=row.pk).text for row in (aside, read)] == left
