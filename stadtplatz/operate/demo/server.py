"""Runs the demo's web server and worker side by side until somebody presses Ctrl-C."""

import errno
import fcntl
import os
import signal
import socket
import subprocess
import time
import urllib.request
from collections.abc import Callable
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from stadtplatz.operate import serving


class CannotStart(Exception):
    """The demo cannot start here; the message says what to do."""


@contextmanager
def only_one():
    """One demo per state folder: a second one would write into the same town."""
    settings.VAR.mkdir(parents=True, exist_ok=True)
    with (settings.VAR / "demo.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise CannotStart(
                f"A demo already runs on {settings.VAR}. Stop it, or choose another folder with VAR=..."
            ) from None
        yield


def refuse_taken_port(host: str, port: int) -> None:
    """Say early and clearly that the port is taken."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise
            raise CannotStart(f"Port {port} is taken. Choose another one with PORT={port + 1}.") from None


def run(*, host: str, port: int, tls: tuple[Path, Path] | None, when_ready: Callable[[], None]) -> None:
    """Start web and worker, call `when_ready` once pages are answered, wait for Ctrl-C or SIGTERM, stop both."""
    stopping = {"now": False}

    def stop(*_: object) -> None:
        stopping["now"] = True

    signal.signal(signal.SIGINT, stop)
    signal.signal(signal.SIGTERM, stop)
    commands = {"web": serving.web_command(host=host, port=port, tls=tls), "worker": serving.worker_command()}
    children = {name: _start(words) for name, words in commands.items()}
    try:
        if _ready(port, tls, stopping):
            when_ready()
        while not stopping["now"]:
            for name, child in children.items():
                if child.poll() is not None and not stopping["now"]:
                    print(f"The {name} stopped with code {child.returncode}; starting it again.", flush=True)
                    children[name] = _start(commands[name])
            time.sleep(0.5)
    finally:
        _stop(list(children.values()))


def _start(words: list[str]) -> subprocess.Popen:
    # A session of its own: Ctrl-C reaches only us, and we stop the children in order.
    return subprocess.Popen(words, env=os.environ | _environment(), start_new_session=True)  # noqa: S603 - our own words


def _environment() -> dict[str, str]:
    return {
        "VAR": str(settings.VAR),
        "STADTPLATZ_MODE": settings.MODE,
        "STADTPLATZ_LOG_LEVEL": "WARNING",
        "STADTPLATZ_BASE_URL": settings.BASE_URL,
    }


def _ready(port: int, tls: object, stopping: dict[str, bool]) -> bool:
    """Wait until /readyz answers; TLS is only checked to listen, since the certificate was made on the spot."""
    for _ in range(300):
        if stopping["now"]:
            return False
        try:
            if tls:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
            else:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=5).close()
            return True
        except OSError:
            time.sleep(0.1)
    raise CannotStart("The web server did not get ready within 30 seconds.")


def _stop(children: list[subprocess.Popen]) -> None:
    for child in children:
        if child.poll() is None:
            os.killpg(child.pid, signal.SIGTERM)
    for child in children:
        try:
            child.wait(timeout=8)
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)
            child.wait()
