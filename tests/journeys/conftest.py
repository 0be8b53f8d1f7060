"""Browser journeys through the demo town, as people would walk it.

The town is started with the README's command. Every page a journey opens is checked: no request leaves the server, no error
stands in the console, the content security policy is never violated, and (through `visit`) axe finds nothing.
"""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import cache
from pathlib import Path

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, Page, StorageState, sync_playwright

from tests.journeys.town import Visitor, open_browser

ROOT = Path(__file__).resolve().parents[2]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def running_town(var: Path, **settings: str) -> Iterator[str]:
    """The address of a demo town started by the README's command."""
    port = free_port()
    environment = os.environ | {"VAR": str(var), "PORT": str(port), "STADTPLATZ_MODE": "demo", "DATABASE_URL": ""}
    environment["STADTPLATZ_TRUSTED_PROXIES"] = "127.0.0.1"  # visitors say where they come from; see town.py
    with (var / "demo.log").open("w") as log:
        process = subprocess.Popen(
            ["make", "demo"], cwd=ROOT, env=environment | settings, stdout=log, stderr=log, start_new_session=True
        )
    try:
        _wait_ready(f"http://127.0.0.1:{port}", process, var / "demo.log")
        yield f"http://localhost:{port}"
    finally:
        os.killpg(process.pid, signal.SIGINT)
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)


def pytest_configure(config):
    """Before the test processes start: what they share, a running town and a note of pages seen by axe.

    STADTPLATZ_JOURNEYS_STATE names the state folder of a built town to begin with, STADTPLATZ_JOURNEYS_TOWN a town that runs.
    """
    if hasattr(config, "workerinput") or config.option.collectonly:
        return
    shared = Path(tempfile.mkdtemp(prefix="stadtplatz-journeys-"))
    config.add_cleanup(lambda: shutil.rmtree(shared, ignore_errors=True))
    (shared / "seen").mkdir()
    os.environ["STADTPLATZ_JOURNEYS_SEEN"] = str(shared / "seen")
    if "STADTPLATZ_JOURNEYS_STATE" not in os.environ:
        _build(shared / "state")
        os.environ["STADTPLATZ_JOURNEYS_STATE"] = str(shared / "state")
    if "STADTPLATZ_JOURNEYS_TOWN" not in os.environ:
        town = ExitStack()
        config.add_cleanup(town.close)
        os.environ["STADTPLATZ_JOURNEYS_TOWN"] = town.enter_context(copied_town(shared / "town"))


def pytest_collection_modifyitems(items):
    """Who needs a town of their own begins, so that no two processes start one for stories of the same module."""
    items.sort(key=lambda item: "own_town" not in getattr(item, "fixturenames", ()))


def _build(var: Path) -> None:
    environment = os.environ | {"VAR": str(var), "STADTPLATZ_MODE": "demo", "DATABASE_URL": ""}
    words = [sys.executable, "-m", "stadtplatz", "demo", "--build-only"]
    subprocess.run(words, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, check=True)


@contextmanager
def copied_town(var: Path, **settings: str) -> Iterator[str]:
    """The address of a town of one's own, begun with a copy of the built one."""
    shutil.copytree(os.environ["STADTPLATZ_JOURNEYS_STATE"], var)
    with running_town(var, **settings) as address:
        yield address


@pytest.fixture(scope="session")
def town() -> str:
    """The demo town in which all journeys are walked."""
    return os.environ["STADTPLATZ_JOURNEYS_TOWN"]


def _wait_ready(address: str, process: subprocess.Popen, log: Path) -> None:
    for _ in range(600):
        if process.poll() is not None:
            break
        try:
            urllib.request.urlopen(f"{address}/readyz", timeout=5)
            return
        except OSError:
            time.sleep(0.3)
    pytest.fail(f"make demo did not get ready:\n{log.read_text()[-3000:]}")


@pytest.fixture(scope="session")
def browser():
    with sync_playwright() as playwright:
        browser = open_browser(playwright)
        yield browser
        browser.close()


@pytest.fixture
def visitor(browser: Browser, town: str):
    """Makes visitors: `visitor(width=360, dark=True, javascript=False)`. What their pages did wrong fails the test."""
    visitors: list[Visitor] = []

    def arrive(role: str = "", **options) -> Visitor:
        visitors.append(Visitor(browser, town, known=_signed_in(browser, town, role), **options))
        return visitors[-1]

    yield arrive
    for somebody in visitors:
        somebody.leave()
    complaints = [complaint for somebody in visitors for complaint in somebody.complaints]
    if complaints:
        pytest.fail("\n".join(dict.fromkeys(complaints)), pytrace=False)


@cache
def _signed_in(browser: Browser, town: str, role: str) -> StorageState | None:
    """What the browser of somebody in this role of the demo, or with this mail address, keeps; stepped into once per process."""
    if not role or role == "stranger":
        return None
    visitor = Visitor(browser, town)
    visitor.sign_in(role) if "@" in role else visitor.role(role)
    known = visitor.context.storage_state()
    visitor.leave()
    return known


@cache
def _resident(browser: Browser, town: str, role: str) -> Visitor:
    visitor = Visitor(browser, town, known=_signed_in(browser, town, role))
    visitor.context.add_init_script(AXE_SCRIPT)  # each page is looked at: nobody need send it there again
    return visitor


@pytest.fixture
def resident(browser: Browser, town: str):
    """Somebody of this role who stays for all tests of the process and only looks at pages; complains like a visitor."""
    looking: list[Visitor] = []

    def of(role: str) -> Visitor:
        looking.append(_resident(browser, town, role))
        looking[-1].complaints.clear()
        return looking[-1]

    yield of
    if complaints := [complaint for somebody in looking for complaint in somebody.complaints]:
        pytest.fail("\n".join(dict.fromkeys(complaints)), pytrace=False)


@pytest.fixture
def page(visitor) -> Page:
    return visitor().page
