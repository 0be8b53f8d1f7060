"""Fetching mails from the city's mail server over IMAP. What was fetched is remembered by number, whoever else reads the folder."""

import imaplib
import logging
import re
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from django.conf import settings

from stadtplatz.kit import clock
from stadtplatz.notifications import rules
from stadtplatz.notifications.actions import take_in
from stadtplatz.notifications.models import Incoming, MailFolder

log = logging.getLogger("stadtplatz.mail")
AT_ONCE = 100
"""Mails fetched in one go; the rest comes a minute later."""


def fetch() -> int:
    """Take in what is new in the folder; returns how many mails were looked at. Trouble is noted for the operator, not raised.

    A mail counts as fetched only after it is kept: a crash in between fetches it again, and it is known again.
    """
    name = f"{settings.IMAP_USER}@{settings.IMAP_HOST}/{settings.IMAP_FOLDER}"[:250]
    folder, _made = MailFolder.objects.get_or_create(name=name)
    try:
        with _connected() as server:
            count = _fetch_new(server, folder)
    except (imaplib.IMAP4.error, OSError) as problem:
        log.warning("incoming mail cannot be fetched", extra={"problem": type(problem).__name__})
        MailFolder.objects.filter(pk=folder.pk).update(error=type(problem).__name__)
        return 0
    MailFolder.objects.filter(pk=folder.pk).update(error="", read_at=clock.now())
    return count


@contextmanager
def _connected() -> Iterator[imaplib.IMAP4]:
    address = (settings.IMAP_HOST, settings.IMAP_PORT)
    server: imaplib.IMAP4
    if settings.IMAP_SECURITY == "tls":
        server = imaplib.IMAP4_SSL(*address, ssl_context=ssl.create_default_context(), timeout=30)
    else:
        server = imaplib.IMAP4(*address, timeout=30)
    try:
        if settings.IMAP_SECURITY == "starttls":
            server.starttls(ssl.create_default_context())
        server.login(settings.IMAP_USER, settings.IMAP_PASSWORD)
        yield server
    finally:
        with suppress(imaplib.IMAP4.error, OSError):
            server.logout()


def _fetch_new(server: imaplib.IMAP4, folder: MailFolder) -> int:
    _ok(server.select(_quoted(settings.IMAP_FOLDER)))
    validity = _text(server.response("UIDVALIDITY")[1][0])
    if validity != folder.validity:
        folder.validity, folder.last_uid = validity, 0  # the server numbers anew; what we know already stays one row
    found = _ok(server.uid("SEARCH", f"UID {folder.last_uid + 1}:*"))
    new = sorted(uid for uid in map(int, _text(found[0]).split()) if uid > folder.last_uid)[:AT_ONCE]
    for uid in new:
        _take(server, uid)
        folder.last_uid = uid
        folder.save(update_fields=["validity", "last_uid"])
    return len(new)


def _take(server: imaplib.IMAP4, uid: int) -> None:
    told = re.search(r"RFC822\.SIZE (\d+)", _text(_ok(server.uid("FETCH", str(uid), "(RFC822.SIZE)"))[0]))
    size = int(told[1]) if told else 0
    part = "BODY.PEEK[HEADER]" if size > rules.MOST_BYTES else "BODY.PEEK[]"
    answer = _ok(server.uid("FETCH", str(uid), f"({part})"))
    raw = next((item[1] for item in answer if isinstance(item, tuple)), None)
    if raw is None:
        return  # deleted meanwhile
    take_in(raw, way=Incoming.IMAP, size=size or None)
    server.uid("STORE", str(uid), "+FLAGS", r"(\Seen)")
    if settings.IMAP_DONE:
        _move(server, uid)


def _move(server: imaplib.IMAP4, uid: int) -> None:
    """Into the folder for what was read. A server that cannot do it leaves the mail where it is."""
    if "MOVE" in server.capabilities:
        server.uid("MOVE", str(uid), _quoted(settings.IMAP_DONE))
    elif server.uid("COPY", str(uid), _quoted(settings.IMAP_DONE))[0] == "OK":
        server.uid("STORE", str(uid), "+FLAGS", r"(\Deleted)")
        server.expunge()


def _ok(answer: tuple) -> list:
    if answer[0] != "OK":
        raise imaplib.IMAP4.error(f"The mail server answered {answer[0]}.")
    return [item for item in answer[1] if item is not None] or [b""]


def _text(item: object) -> str:
    if isinstance(item, tuple):
        item = item[0]
    return item.decode("ascii", "replace") if isinstance(item, bytes) else str(item or "")


def _quoted(folder: str) -> str:
    return '"' + folder.replace("\\", "\\\\").replace('"', '\\"') + '"'
