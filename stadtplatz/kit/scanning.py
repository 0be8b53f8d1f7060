"""Asking the virus scanner of this installation (clamd) about files from strangers.

Three answers and no fourth: clean, infected, not scanned. Whatever goes wrong - nobody there, too slow, too big for the scanner, an
answer that nobody understands - is "not scanned" and never "clean".
"""

import re
import socket
import struct
from dataclasses import dataclass
from enum import Enum

from django.conf import settings

CHUNK = 64 * 1024
CONNECT_SECONDS, ANSWER_SECONDS = 3, 60


class Result(Enum):
    CLEAN = "clean"
    INFECTED = "infected"
    NOT_SCANNED = "not-scanned"


@dataclass(frozen=True)
class Verdict:
    """What the scanner said; `words` is the name of what it found, or why nothing is known."""

    result: Result
    words: str = ""

    @property
    def clean(self) -> bool:
        return self.result is Result.CLEAN

    @property
    def infected(self) -> bool:
        return self.result is Result.INFECTED


def is_configured() -> bool:
    """Whether this installation names a scanner (STADTPLATZ_CLAMD)."""
    return bool(settings.CLAMD)


def scan(content: bytes) -> Verdict:
    """Ask the scanner about this file. Without a scanner nothing is scanned."""
    if not is_configured():
        return Verdict(Result.NOT_SCANNED, "no scanner")
    try:
        with _connected(settings.CLAMD) as line:
            return _read(_ask(line, content))
    except (OSError, ValueError) as trouble:
        return Verdict(Result.NOT_SCANNED, type(trouble).__name__)


def _connected(address: str) -> socket.socket:
    """A path is a socket on this machine; else host and port."""
    if address.startswith("/"):
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        line.settimeout(CONNECT_SECONDS)
        line.connect(address)
    else:
        host, _colon, port = address.rpartition(":")
        line = socket.create_connection((host.strip("[]"), int(port)), CONNECT_SECONDS)
    line.settimeout(ANSWER_SECONDS)
    return line


def _ask(line: socket.socket, content: bytes) -> bytes:
    """INSTREAM: the file in pieces with their lengths, an empty one at the end. A scanner that has heard enough hangs up or answers early."""
    try:
        line.sendall(b"zINSTREAM\0")
        for start in range(0, len(content), CHUNK):
            piece = content[start : start + CHUNK]
            line.sendall(struct.pack("!L", len(piece)) + piece)
        line.sendall(struct.pack("!L", 0))
    except (BrokenPipeError, ConnectionResetError):
        pass  # its reason, if it gave one, can still be read
    answer = b""
    while b"\0" not in answer and len(answer) < 4096:
        piece = line.recv(1024)
        if not piece:
            break
        answer += piece
    return answer.partition(b"\0")[0].strip()


def _read(answer: bytes) -> Verdict:
    words = answer.decode("utf-8", "replace")
    if words == "stream: OK":
        return Verdict(Result.CLEAN)
    if found := re.fullmatch(r"stream: (.+) FOUND", words):
        return Verdict(Result.INFECTED, found[1][:120])
    return Verdict(Result.NOT_SCANNED, words[:120] or "no answer")
