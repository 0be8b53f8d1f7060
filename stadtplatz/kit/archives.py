"""ZIP files from strangers: how much one of them lists is known before any of it is read."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

MOST_LISTED = 4_000_000
"""Bytes of the list at the end of an archive; some 40,000 files."""
_END = struct.Struct("<4s4H2LH")
UNREADABLE = (
    zipfile.BadZipFile,
    NotImplementedError,  # raised by zipfile for a way of packing it does not know
    RuntimeError,  # and for a file behind a password
    EOFError,
    OSError,
    KeyError,
    ValueError,
    zlib.error,
)
"""Whatever a broken or locked archive makes the library raise."""


@contextmanager
def opened(file: IO[bytes], *, most_listed: int = MOST_LISTED) -> Iterator[zipfile.ZipFile]:
    """The archive for reading. Refused (zipfile.BadZipFile) if it is none or lists more than so many bytes of names."""
    if _listed(file) > most_listed:
        raise zipfile.BadZipFile("This archive lists too many files.")
    file.seek(0)
    with zipfile.ZipFile(file) as archive:
        yield archive


def _listed(file: IO[bytes]) -> int:
    """How long the list at the end of the archive is by what stands behind it."""
    size = file.seek(0, 2)
    file.seek(max(0, size - _END.size - 65_535))
    tail = file.read()
    place = tail.rfind(b"PK\x05\x06")
    if place < 0 or len(tail) < place + _END.size:
        raise zipfile.BadZipFile("This is no archive.")
    return _END.unpack_from(tail, place)[5]
