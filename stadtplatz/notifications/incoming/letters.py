"""From the bytes of a mail to what a person wrote. Everything in it was written by strangers and is believed in nothing."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import getaddresses, parseaddr
from hashlib import sha256

from stadtplatz.notifications.incoming.plaintext import text_of_html
from stadtplatz.notifications.incoming.trimming import without_quotes
from stadtplatz.notifications.rendering import one_line

MOST_TEXT = 400_000
"""Characters of one mail that are read; more is only in the kept original."""
_OURS = re.compile(r"<([0-9a-f]{32})\.\d+@", re.IGNORECASE)
_PLUS = re.compile(r"\+([0-9a-f]{32})@", re.IGNORECASE)
_PARTS = 200


@dataclass(frozen=True)
class File:
    """A file in a mail. `decoration` is a small picture inside the text, such as the logo of a signature."""

    name: str
    content_type: str
    content: bytes
    decoration: bool = False


@dataclass(frozen=True)
class Letter:
    """A mail that was read. `tokens` are those of our mails that it claims to answer, the surest first."""

    message_id: str
    sender: str
    sender_name: str
    subject: str
    text: str
    original: str
    language: str
    tokens: tuple[str, ...]


def parse(raw: bytes) -> EmailMessage:
    """The mail taken apart; the standard library's parser makes something of everything."""
    return message_from_bytes(raw, policy=policy.default)  # type: ignore[return-value]  # this policy makes EmailMessage


def read(mail: EmailMessage, *, recipient: str = "") -> Letter:
    """Who wrote what, and to which mail of ours it belongs. Broken parts are left out, never an error."""
    name, address = sender_of(mail)
    original = _text(mail)
    return Letter(
        message_id=header(mail, "Message-ID")[:250],
        sender=address,
        sender_name=name,
        subject=header(mail, "Subject")[:250],
        text=without_quotes(original),
        original=original,
        language=header(mail, "Content-Language")[:2].lower(),
        tokens=tuple(dict.fromkeys(_tokens(mail, recipient))),
    )


def header(mail: EmailMessage, name: str) -> str:
    """The header as one line of text without control signs; empty where it is missing or cannot be read."""
    try:
        value = mail[name]
    except (ValueError, LookupError, AttributeError, TypeError):  # the parser of badly broken headers
        value = dict(mail.raw_items()).get(name, "")
    return one_line(str(value or "").encode("utf-8", "replace").decode())


def sender_of(mail: EmailMessage) -> tuple[str, str]:
    """Name and address of whoever the mail says wrote it; an empty address if it names none that can be one."""
    name, address = parseaddr(header(mail, "From"))
    address = address.strip().lower()
    if not re.fullmatch(r"[^\s@<>\"(),:;\\]{1,64}@[^\s@<>\"(),:;\\]{1,250}", address) or len(address) > 254:
        return one_line(name)[:120], ""
    return one_line(name)[:120], address


def fingerprint(raw: bytes) -> str:
    """What makes a mail the same mail: who, when, what; not the way it took, which each mail server writes above it."""
    head, _gap, body = raw.replace(b"\r\n", b"\n").partition(b"\n\n")
    mail = parse(head + b"\n\n")
    parts = [header(mail, name) for name in ("Message-ID", "From", "Date", "Subject")]
    return sha256("\n".join(parts).encode() + b"\n\n" + body.strip()).hexdigest()


def files_of(mail: EmailMessage) -> Iterator[File]:
    """The files that came with the mail, in its order."""
    body = _body(mail)
    for place, part in enumerate(mail.walk()):
        if place > _PARTS:
            return
        if part.is_multipart() or part is body:
            continue
        kind, name = part.get_content_type(), _name(part)
        if kind.startswith("text/") and not name:
            continue
        content = _bytes(part)
        if content:
            inside = bool(part["Content-ID"]) or part.get_content_disposition() == "inline"
            yield File(name or kind, kind, content, decoration=inside and len(content) < 24_000)


def _text(mail: EmailMessage) -> str:
    body = _body(mail)
    if body is None:
        return ""
    words = _bytes(body).decode(_charset(body), "replace")
    if body.get_content_subtype() == "html":
        words = text_of_html(words[: 4 * MOST_TEXT])
    words = words.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
    return words[:MOST_TEXT].strip()


def _body(mail: EmailMessage) -> EmailMessage | None:
    """The part a person reads: plain text if there is some, else HTML."""
    try:
        plain = mail.get_body(("plain",))
        if isinstance(plain, EmailMessage) and _bytes(plain).strip():
            return plain
        other = mail.get_body(("html", "plain"))
        return other if isinstance(other, EmailMessage) else None
    except (ValueError, LookupError, AttributeError, TypeError, RecursionError):
        return None


def _bytes(part: EmailMessage) -> bytes:
    try:
        content = part.get_payload(decode=True)
    except (ValueError, LookupError, AttributeError, TypeError):
        return b""
    return content if isinstance(content, bytes) else b""


def _charset(part: EmailMessage) -> str:
    charset = part.get_content_charset("utf-8") or "utf-8"
    try:
        "".encode(charset)
        b"".decode(charset)
    except (LookupError, UnicodeError):
        return "utf-8"
    return charset


def _name(part: EmailMessage) -> str:
    try:
        return one_line(part.get_filename() or "")[:120]
    except (ValueError, LookupError, AttributeError, TypeError):
        return ""


def _tokens(mail: EmailMessage, recipient: str) -> Iterator[str]:
    for name in ("Delivered-To", "X-Original-To", "To", "Cc"):
        addresses = [address for _name, address in getaddresses([recipient, header(mail, name)])]
        for address in addresses:
            if found := _PLUS.search(address):
                yield found[1].lower()
    for name in ("In-Reply-To", "References"):
        for token in reversed(_OURS.findall(header(mail, name))):
            yield token.lower()


def own_token(mail: EmailMessage) -> str:
    """The token in the mail's own Message-ID: then the mail is one of ours that came back."""
    found = _OURS.match(header(mail, "Message-ID"))
    return found[1].lower() if found else ""
