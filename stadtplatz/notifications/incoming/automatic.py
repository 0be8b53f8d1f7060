"""Mails that nobody wrote, and mails that nobody should answer (RFC 3834). They are kept, and shown, and start nothing."""

import re
from email.message import EmailMessage
from email.utils import parseaddr

from django.conf import settings

from stadtplatz.notifications.incoming.letters import header, own_token
from stadtplatz.notifications.senders import MARKET, TOWNHALL, sender_of

_SUBJECT = re.compile(
    r"^\W*(automatische (antwort|r(ü|ue)ckantwort)|automatic reply|auto(matic|matische)?[ -]?(reply|response|antwort)"
    r"|out of (the )?office|abwesenheits(notiz|nachricht|meldung|assistent)|abwesend\b|ich bin (derzeit )?nicht im b(ü|ue)ro"
    r"|otomatik yan(ı|i)t|автоматична відповідь)",
    re.IGNORECASE,
)
_ROBOTS = re.compile(r"^(mailer-daemon|postmaster|no-?reply|donotreply|bounces?)([+.=-].*)?@", re.IGNORECASE)
_AUTOMATIC_HEADERS = (
    "X-Autoreply",
    "X-Autorespond",
    "X-Autoresponder",
    "X-Auto-Reply-From",
    "X-MS-Exchange-Inbox-Rules-Loop",
)
_LIST_HEADERS = ("List-Id", "List-Post", "List-Unsubscribe", "Feedback-ID", "X-Mailing-List")


def why_automatic(mail: EmailMessage, *, sender: str, empty_envelope: bool) -> str:
    """The reason for which this mail starts nothing: `own`, `sender`, `automatic` or `list`; empty for a mail by a person."""
    if own_token(mail) or bare(sender) in own_addresses():
        return "own"
    if not sender:
        return "sender"
    if empty_envelope or _says_automatic(mail) or _ROBOTS.match(sender):
        return "automatic"
    if any(header(mail, name) for name in _LIST_HEADERS) or _precedence(mail) in {"list", "bulk", "junk"}:
        return "list"
    return ""


def _says_automatic(mail: EmailMessage) -> bool:
    submitted = header(mail, "Auto-Submitted").split(";")[0].strip().lower()
    if submitted and submitted != "no":
        return True
    if any(header(mail, name) for name in _AUTOMATIC_HEADERS) or _precedence(mail) == "auto_reply":
        return True
    suppress = header(mail, "X-Auto-Response-Suppress").lower()
    if re.search(r"\b(all|autoreply|oof)\b", suppress) and "none" not in suppress:
        return True
    return bool(_SUBJECT.match(header(mail, "Subject")))


def _precedence(mail: EmailMessage) -> str:
    return header(mail, "Precedence").strip().lower()


def own_addresses() -> set[str]:
    """The addresses this installation writes from."""
    known = {sender_of(TOWNHALL).address, sender_of(MARKET).address, parseaddr(settings.DEFAULT_FROM_EMAIL)[1]}
    return {address.lower() for address in known if address}


def bare(address: str) -> str:
    """The address without what stands after a plus."""
    return re.sub(r"\+[^@]*@", "@", address.lower())
