"""Real servers of other people for tests: started in a temporary folder on a free port of this machine, gone afterwards.

Their programs are installed from Debian if they are missing and we are root. Where that cannot be, the test is left out with a loud
line - except with CI=true, where a missing server is a failure.
"""

import fcntl
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

PREPARE = Path(__file__).with_name("prepare.sh")


def program(name: str, package: str) -> str:
    """Where the program lies; see above for what happens if it is missing."""
    if found := _find(name):
        return found
    with (Path(tempfile.gettempdir()) / "stadtplatz-prepare.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # two processes of one test run must not install at once
        if not _find(name):
            subprocess.run(["bash", PREPARE, package], check=False)
    if found := _find(name):
        return found
    words = f"{name} IS NOT HERE (Debian package for it: see tests/support/prepare.sh {package})."
    if os.environ.get("CI"):
        raise FileNotFoundError(words)
    print(f"\n{'!' * 78}\n!! {words} THESE TESTS WERE NOT RUN.\n{'!' * 78}\n", file=sys.stderr)
    pytest.skip(words)


def _find(name: str) -> str | None:
    return shutil.which(name, path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin")


@contextmanager
def folder(prefix: str) -> Iterator[Path]:
    """A temporary folder that other users of this machine may enter, for servers that give up being root."""
    path = Path(tempfile.mkdtemp(prefix=prefix))
    path.chmod(0o755)
    try:
        yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)


@contextmanager
def running(words: list[str], *, ready: Callable[[], bool], log: Path) -> Iterator[subprocess.Popen]:
    """The server, from the moment it is ready until the end of the block."""
    with log.open("w") as out:
        server = subprocess.Popen(words, stdout=out, stderr=out)
    try:
        for _try in range(600):
            if ready():
                break
            if server.poll() is not None:
                raise RuntimeError(f"{words[0]} ended: {log.read_text()[-2000:]}")
            time.sleep(0.05)
        else:
            raise RuntimeError(f"{words[0]} is not ready: {log.read_text()[-2000:]}")
        yield server
    finally:
        server.terminate()
        try:
            server.wait(10)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait(10)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def answers(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0
