"""A real clamd that knows two signatures, both ours: no download, no real malware."""

from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import md5
from pathlib import Path

from tests.support.servers import folder, program, running

MALICIOUS = b"STADTPLATZ-TEST-SIGNATURE-OF-NO-REAL-MALWARE"
KNOWN_FILE = b"a file that is known by its sum alone" * 3
MOST = 1_000_000
"""Bytes that this scanner takes at once."""


@contextmanager
def scanner() -> Iterator[Path]:
    """The path of its socket. `STADTPLATZ.Test` is found anywhere in a file, `STADTPLATZ.Sum` is one whole file."""
    clamd = program("clamd", "clamd")
    with folder("stadtplatz-clamd-") as place:
        base = place / "db"
        base.mkdir()
        (base / "own.ndb").write_text(f"STADTPLATZ.Test:0:*:{MALICIOUS.hex()}\n")
        digest = md5(KNOWN_FILE).hexdigest()  # noqa: S324 - the format of the signature file
        (base / "own.hdb").write_text(f"{digest}:{len(KNOWN_FILE)}:STADTPLATZ.Sum\n")
        line = place / "clamd.sock"
        settings = {
            "LocalSocket": line,
            "DatabaseDirectory": base,
            "TemporaryDirectory": place,
            "Foreground": "yes",
            "StreamMaxLength": MOST,
            "MaxThreads": 2,
            "SelfCheck": 0,
        }
        config = place / "clamd.conf"
        config.write_text("".join(f"{name} {value}\n" for name, value in settings.items()))
        with running([clamd, "-c", str(config)], ready=line.exists, log=place / "log"):
            yield line
