"""What is read off a mail from outside."""

from email import policy
from email.message import EmailMessage

import pytest

from stadtplatz.notifications.incoming import letters
from stadtplatz.notifications.incoming.authentic import is_authentic
from stadtplatz.notifications.incoming.automatic import why_automatic
from stadtplatz.notifications.incoming.plaintext import text_of_html
from stadtplatz.notifications.incoming.trimming import without_quotes

TOKEN = "0123456789abcdef" * 2


def mail(text="Guten Tag, das Schlagloch ist noch da.", sender="Erika Muster <Erika@Example.org>", **headers):
    made = EmailMessage(policy=policy.default)
    made["From"], made["To"], made["Subject"] = sender, "rathaus@stadt.example", "Schlagloch"
    made["Message-ID"] = "<eins@example.org>"
    for name, value in headers.items():
        name = name.replace("_", "-")
        del made[name]
        made[name] = value
    made.set_content(text)
    return made


def as_read(made, **more):
    return letters.read(letters.parse(bytes(made)), **more)


@pytest.mark.parametrize(
    ("written", "own"),
    [
        ("Ja, dort.\n\nAm Mo., 2. Nov. 2026 um 10:00 schrieb Rathaus <r@stadt.example>:\n> Wo genau?", "Ja, dort."),
        ("Ja.\n\nAm 02.11.2026 um 10:00 schrieb\nRathaus Herrenberg:\n> Wo?\n> \n> Grüße", "Ja."),
        ("Yes.\n\nOn Mon, Nov 2, 2026 at 10:00 AM Town <r@stadt.example> wrote:\n\n> Where?\n", "Yes."),
        ("Ja.\n\n-----Ursprüngliche Nachricht-----\nVon: Rathaus\nGesendet: Montag\nBetreff: Wo?\n\nWo genau?", "Ja."),
        ("Ja.\n\nVon: Rathaus <r@x.example>\nGesendet: Montag, 2. November\nAn: Erika\nBetreff: Wo?\n\nWo?", "Ja."),
        ("Ja.\n________________________________\nVon: Rathaus\nWo?", "Ja."),
        ("Ja.\n-- \nErika Muster\nTel. 07032 1", "Ja."),
        ("Ja.\n\nVon meinem iPhone gesendet", "Ja."),
        ("Evet.\n\nRathaus <r@x.example>, 2 Kas 2026 Pzt, 10:00 tarihinde şunu yazdı:\n> Nerede?", "Evet."),
        (
            "Am 2.11. schrieb Rathaus:\n> Wo?\nVor Haus 3.\n> Wann?\nGestern.",
            "Am 2.11. schrieb Rathaus:\n> Wo?\nVor Haus 3.\n> Wann?\nGestern.",
        ),
        ("> Wo genau?", "> Wo genau?"),
        ("Von: der Marktstraße bis zur Kirche liegt Müll.", "Von: der Marktstraße bis zur Kirche liegt Müll."),
        ("", ""),
    ],
)
def test_only_what_the_person_wrote_is_left(written, own):
    assert without_quotes(written) == own


def test_html_becomes_plain_words_and_no_script_survives():
    html = (
        "<html><head><title>x</title><style>p{color:red}</style></head><body><p>Guten&nbsp;Tag,</p>"
        "<div>das <b>Loch</b> ist<br>noch da.</div><script>alert(1)</script><img src=x onerror=alert(2)>"
        "<div class='gmail_quote'>Am Montag schrieb Rathaus:<blockquote>Wo?</blockquote></div></body></html>"
    )
    words = text_of_html(html)
    assert without_quotes(words) == "Guten Tag,\n\ndas Loch ist\nnoch da."
    assert "alert" not in words
    assert "<" not in words


def test_html_alone_is_read_and_plain_text_is_preferred():
    made = mail("Der Text")
    made.add_alternative("<p>Das HTML</p>", subtype="html")
    assert as_read(made).text == "Der Text"
    only = mail()
    only.set_content("<p>Nur &lt;HTML&gt;</p>", subtype="html")
    assert as_read(only).text == "Nur <HTML>"


def test_the_token_is_found_in_the_address_and_in_the_answered_mail():
    assert as_read(mail(To=f"Rathaus <rathaus+{TOKEN.upper()}@stadt.example>")).tokens == (TOKEN,)
    assert as_read(mail(), recipient=f"rathaus+{TOKEN}@stadt.example").tokens == (TOKEN,)
    assert as_read(mail(In_Reply_To=f"<{TOKEN}.7@stadt.example>")).tokens == (TOKEN,)
    assert as_read(mail(References=f"<a@b.example> <{TOKEN}.7@stadt.example>")).tokens == (TOKEN,)
    assert as_read(mail()).tokens == ()


def test_who_wrote_is_one_address_without_line_breaks():
    letter = as_read(mail())
    assert (letter.sender, letter.sender_name) == ("erika@example.org", "Erika Muster")
    assert letters.sender_of(letters.parse(b'From: "x\r\n\t y" <a@b.example>\r\n\r\nx')) == ("x y", "a@b.example")
    assert letters.sender_of(letters.parse(b"From: nobody\r\n\r\nx"))[1] == ""
    assert letters.sender_of(letters.parse(b"\r\nx"))[1] == ""


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\x00\xff\xfe",
        b"no headers at all",
        b"From: a@b.example\r\nContent-Type: text/plain; charset=klingon\r\n\r\n\xe4\xf6",
        b'From: a@b.example\r\nContent-Type: text/html; charset="utf-8\r\nSubject: =?utf-8?b?!!!?=\r\n\r\n<p>x',
        b"From: a@b.example\r\nContent-Type: multipart/mixed; boundary=\r\n\r\n--\r\n",
        b"From: a@b.example\r\nContent-Type: multipart/mixed\r\n\r\nnothing",
        b"From: a@b.example\r\nContent-Transfer-Encoding: base64\r\n\r\n!!!!",
        b'From: "\r\nTo: <<<>>>@\r\nMessage-ID: <\r\nReferences: ' + b"<x@y>" * 5000 + b"\r\n\r\nx",
        b"Content-Type: multipart/mixed; boundary=a\r\n\r\n"
        + b"--a\r\nContent-Type: multipart/mixed; boundary=a\r\n\r\n" * 300,
        b"Content-Type: message/rfc822\r\n\r\n" * 60 + b"x",
    ],
)
def test_a_broken_mail_is_read_as_far_as_it_goes(raw):
    letter = letters.read(letters.parse(raw))
    assert isinstance(letter.text, str)
    assert list(letters.files_of(letters.parse(raw))) is not None
    assert len(letters.fingerprint(raw)) == 64


def test_the_same_mail_is_known_again_whichever_way_it_came():
    raw = bytes(mail())
    assert letters.fingerprint(b"Received: from a\r\nDelivered-To: x@y\r\n" + raw) == letters.fingerprint(raw)
    assert letters.fingerprint(bytes(mail("Etwas anderes."))) != letters.fingerprint(raw)


def test_files_come_out_and_the_logo_of_a_signature_is_a_decoration():
    made = mail()
    made.add_attachment(b"%PDF-1.4", maintype="application", subtype="pdf", filename="plan.pdf")
    made.add_attachment(
        b"x" * 900, maintype="image", subtype="png", filename="logo.png", disposition="inline", cid="<l>"
    )
    found = [(file.name, file.content_type, file.decoration) for file in letters.files_of(letters.parse(bytes(made)))]
    assert found == [("plan.pdf", "application/pdf", False), ("logo.png", "image/png", True)]


@pytest.mark.parametrize(
    ("headers", "reason"),
    [
        ({}, ""),
        ({"Auto_Submitted": "no"}, ""),
        ({"Auto_Submitted": "auto-replied (vacation)"}, "automatic"),
        ({"Precedence": "auto_reply"}, "automatic"),
        ({"Precedence": "bulk"}, "list"),
        ({"List_Id": "<news.example.org>"}, "list"),
        ({"X_Auto_Response_Suppress": "OOF, AutoReply"}, "automatic"),
        ({"X_Autoreply": "yes"}, "automatic"),
        ({"Subject": "Automatische Antwort: Ihr Anliegen"}, "automatic"),
        ({"Subject": "Abwesenheitsnotiz: Ihr Anliegen"}, "automatic"),
        ({"Subject": "Out of Office: your report"}, "automatic"),
        ({"Subject": "Abwesenheit der Müllabfuhr"}, ""),
        ({"Message_ID": f"<{TOKEN}.12@stadt.example>"}, "own"),
    ],
)
def test_what_nobody_wrote_is_told_apart(db, headers, reason):
    made = letters.parse(bytes(mail(**headers)))
    assert why_automatic(made, sender="erika@example.org", empty_envelope=False) == reason


def test_our_own_address_an_empty_envelope_and_a_robot_start_nothing(db, settings):
    settings.DEFAULT_FROM_EMAIL = "rathaus@stadt.example"
    made = letters.parse(bytes(mail()))
    assert why_automatic(made, sender=f"rathaus+{TOKEN}@stadt.example", empty_envelope=False) == "own"
    assert why_automatic(made, sender="erika@example.org", empty_envelope=True) == "automatic"
    assert why_automatic(made, sender="MAILER-DAEMON@example.org".lower(), empty_envelope=False) == "automatic"
    assert why_automatic(made, sender="", empty_envelope=False) == "sender"


@pytest.mark.parametrize(
    ("said", "believed"),
    [
        ("mx.stadt.example; dmarc=pass (p=none) header.from=example.org", True),
        ("mx.stadt.example; spf=pass smtp.mailfrom=erika@example.org; dkim=none", True),
        ("mx.stadt.example; dkim=pass header.d=example.org", True),
        ("mx.stadt.example; dkim=pass header.d=evil.example", False),
        ("mx.stadt.example; spf=pass smtp.mailfrom=bounce@evil.example", False),
        ("mx.stadt.example; dmarc=fail header.from=example.org", False),
        ("mx.evil.example; dmarc=pass header.from=example.org", False),
    ],
)
def test_only_our_own_mail_server_vouches_for_a_sender(settings, said, believed):
    settings.MAIL_SERVER = "mx.stadt.example"
    made = letters.parse(b"Authentication-Results: " + said.encode() + b"\r\n" + bytes(mail()))
    assert is_authentic(made, "erika@example.org") is believed
    below = b"Authentication-Results: mx.stadt.example; none\r\nAuthentication-Results: mx.stadt.example; dmarc=pass header.from=example.org\r\n"
    assert is_authentic(letters.parse(below + bytes(mail())), "erika@example.org") is False
    settings.MAIL_SERVER = ""
    assert is_authentic(made, "erika@example.org") is False
