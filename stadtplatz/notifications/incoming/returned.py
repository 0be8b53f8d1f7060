"""Reports about mails of ours that could not be delivered (delivery status notifications, RFC 3464)."""

import re
from dataclasses import dataclass
from email.message import EmailMessage
from email.message import Message as Part

from stadtplatz.notifications.incoming.letters import header

_TOKEN = re.compile(r"(?:<|\+)([0-9a-f]{32})(?:\.\d+)?@", re.IGNORECASE)


@dataclass(frozen=True)
class Returned:
    """What such a report says: `failed` for good or only late, the other server's code, and the tokens of our mail."""

    failed: bool
    code: str
    recipients: tuple[str, ...]
    tokens: tuple[str, ...]


def read_report(mail: EmailMessage, *, recipient: str = "") -> Returned | None:
    """The report, or None if the mail is none."""
    if mail.get_content_type() != "multipart/report" or "delivery-status" not in str(mail.get_param("report-type", "")):
        return None
    blocks = [
        block for part in mail.walk() if part.get_content_type() == "message/delivery-status" for block in _blocks(part)
    ]
    fields = [block for block in blocks if block["Action"]]
    failed = [
        block for block in fields if _word(block, "Action") == "failed" and _word(block, "Status").startswith("5")
    ]
    told = failed or fields
    return Returned(
        failed=bool(failed),
        code=_word(told[0], "Status")[:12] if told else "",
        recipients=tuple(_word(block, "Final-Recipient").split(";")[-1].strip() for block in told),
        tokens=tuple(dict.fromkeys(_tokens(mail, recipient))),
    )


def _blocks(part: Part) -> list[Part]:
    payload = part.get_payload()
    return [block for block in payload if isinstance(block, Part)] if isinstance(payload, list) else []


def _word(block: Part, name: str) -> str:
    return str(block[name] or "").strip().lower()


def _tokens(mail: EmailMessage, recipient: str) -> list[str]:
    """Ours are in the address the report was sent to, and in the Message-ID of the mail that is attached to it."""
    found = _TOKEN.findall(f"{recipient} {header(mail, 'To')} {header(mail, 'Delivered-To')}")
    for part in mail.walk():
        if part.get_content_type() in {"message/rfc822", "text/rfc822-headers"}:
            inner = part.get_payload()
            first = inner[0] if isinstance(inner, list) and inner else None
            words = str(first["Message-ID"]) if isinstance(first, Part) else _head(str(inner))
            found += _TOKEN.findall(words)
    return [token.lower() for token in found]


def _head(text: str) -> str:
    found = re.search(r"^Message-ID:\s*(\S+)", text, re.IGNORECASE | re.MULTILINE)
    return found[1] if found else ""
