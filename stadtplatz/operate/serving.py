"""How the web server and the worker are started: the same for `serve` and `demo`."""

import shutil
import sys
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command

WORKERS, THREADS = 2, 4


def web_command(*, host: str, port: int, workers: int = WORKERS, tls: tuple[Path, Path] | None = None) -> list[str]:
    """The words that start granian with our application."""
    words = [sys.executable, "-m", "granian", "stadtplatz.wsgi:application", "--interface", "wsgi"]
    words += ["--host", host, "--port", str(port), "--workers", str(workers), "--blocking-threads", str(THREADS)]
    words += ["--backlog", "512", "--log-level", "warning", "--respawn-failed-workers"]
    if tls:
        words += ["--ssl-certificate", str(tls[0]), "--ssl-keyfile", str(tls[1])]
    return words


def worker_command() -> list[str]:
    return [sys.executable, "-m", "stadtplatz", "worker"]


def collect_static() -> bool:
    """Collect, hash and compress the static files unless nothing changed since the last time; True if there was work."""
    marker = settings.STATIC_ROOT / ".fingerprint"
    present = _fingerprint()
    if marker.exists() and marker.read_text() == present:
        return False
    shutil.rmtree(settings.STATIC_ROOT, ignore_errors=True)
    call_command("collectstatic", interactive=False, verbosity=0)
    marker.write_text(present)
    return True


def _fingerprint() -> str:
    digest = sha256()
    for finder in get_finders():
        for path, storage in finder.list([]):
            found = Path(storage.path(path)).stat()
            digest.update(f"{path}:{found.st_size}:{found.st_mtime_ns};".encode())
    return digest.hexdigest()
