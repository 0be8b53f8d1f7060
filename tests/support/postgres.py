"""Runs a command beside a private PostgreSQL: `python -m tests.support.postgres pytest ...`.

The server is started in a temporary folder on a free port with DATABASE_URL set for the command, and is gone afterwards.
PostgreSQL's programs are installed from Debian if they are missing and we are root. Where that cannot be, the command is
left out with a loud line - except with CI=true, where a missing PostgreSQL is a failure.
"""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

FAST = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"


@contextmanager
def private_server(*, fast: bool = True) -> Iterator[str]:
    """Start a server, yield its DATABASE_URL, stop and forget it. `fast` gives up durability, which tests do not need."""
    programs = _programs()
    # PostgreSQL refuses to run as root, so root hands the folder to somebody else.
    user = _unprivileged_user() if os.geteuid() == 0 else None
    folder = Path(tempfile.mkdtemp(prefix="stadtplatz-pg-"))
    if user:
        shutil.chown(folder, user)
    run = _runner(user)
    port = _free_port()
    data = folder / "data"
    try:
        run(
            [programs / "initdb", "-D", data, "-A", "trust", "-U", "postgres", "-E", "UTF8", "--no-locale", "--no-sync"]
        )
        options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c max_connections=100 {FAST if fast else ''}"
        run([programs / "pg_ctl", "-D", data, "-w", "-o", options, "-l", folder / "log", "start"])
        run([programs / "createdb", "-h", "127.0.0.1", "-p", port, "-U", "postgres", "stadtplatz"])
        yield f"postgres://postgres@127.0.0.1:{port}/stadtplatz"
    finally:
        if (data / "postmaster.pid").exists():
            run([programs / "pg_ctl", "-D", data, "-m", "immediate", "stop"])
        shutil.rmtree(folder, ignore_errors=True)


def _programs() -> Path:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3].split(".")[0]))
    if found:
        return found[-1].parent
    if on_path := shutil.which("initdb"):
        return Path(on_path).resolve().parent
    prepare = Path(__file__).with_name("prepare.sh")
    if subprocess.run(["bash", prepare, "postgres"], check=False).returncode == 0:
        return _programs()
    raise FileNotFoundError("PostgreSQL is not installed.")


def _unprivileged_user() -> str:
    known = Path("/etc/passwd").read_text()
    return "postgres" if "\npostgres:" in known else "nobody"


def _runner(user: str | None):
    def run(command: list) -> None:
        words = [str(word) for word in command]
        if user:
            words = ["runuser", "-u", user, "--", *words]
        subprocess.run(words, check=True, stdout=subprocess.DEVNULL, cwd="/")

    return run


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def main() -> int:
    try:
        with private_server() as url:
            return subprocess.run(sys.argv[1:], env=os.environ | {"DATABASE_URL": url}, check=False).returncode
    except FileNotFoundError as missing:
        if os.environ.get("CI"):
            raise
        print(f"\n{'!' * 78}\n!! {missing} THE SUITE WAS NOT RUN ON POSTGRESQL.\n{'!' * 78}\n", file=sys.stderr)
        return 0


if __name__ == "__main__":
    sys.exit(main())
