"""Four mails in the demo's post: a report, a note on a report, an out-of-office notice, a newsletter."""

from __future__ import annotations

from datetime import datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime

from stadtplatz.cases.models import Case
from stadtplatz.notifications.actions import take_in

NEW = (
    "Guten Tag,\n\nauf dem Fußweg hinter der Schule flackert seit Tagen die Laterne. Abends ist es dort ganz dunkel.\n\n"
    "Viele Grüße\nKarin Beispiel\n\n-- \nKarin Beispiel\nTel. 07032 0000"
)


def build(now: datetime) -> None:
    """They lie in the post and are read when the jobs run; the same ones a second time change nothing."""
    sent = now - timedelta(minutes=50)
    _send("Karin Beispiel <karin.beispiel@example.org>", "Dunkle Laterne", NEW, sent)
    asked = Case.objects.filter(kind="ticket", closed_at=None).exclude(applicant_guest=None)
    rows = asked.exclude(applicant_guest__email="").select_related("applicant_guest")
    case = rows.order_by("-received_at").first()
    if case and case.applicant_guest:
        words = "Guten Tag,\n\nheute früh war es noch schlimmer als gestern.\n\nGesendet mit der Mail-App"
        _send(
            case.applicant_guest.email if case.applicant_guest else "",
            f"Zu {case.number}",
            words,
            sent + timedelta(minutes=9),
        )
    away = {"Auto-Submitted": "auto-replied"}
    words = "Ich bin bis Montag nicht im Büro. Ihre Nachricht wird nicht weitergeleitet."
    _send("Bernd Beispiel <bernd@example.org>", "Abwesenheitsnotiz", words, sent + timedelta(minutes=20), away)
    newsletter = {"List-Id": "<neues.beispiel.example>", "Precedence": "bulk"}
    words = "Unsere Angebote für Kommunen in diesem Monat ..."
    _send(
        "Beispiel-Verlag <neues@beispiel.example>",
        "Angebote für Kommunen",
        words,
        sent + timedelta(minutes=33),
        newsletter,
    )


def _send(sender: str, subject: str, words: str, at: datetime, more: dict[str, str] | None = None) -> None:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = sender, "rathaus@herrenberg.example", subject
    mail["Date"], mail["Message-ID"] = format_datetime(at), f"<{subject.split()[0].lower()}.{at:%H%M}@example.org>"
    for name, value in (more or {}).items():
        mail[name] = value
    mail.set_content(words)
    take_in(bytes(mail), at=at)
