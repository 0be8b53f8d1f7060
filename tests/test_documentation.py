"""Documents cannot lie: commands are marked and run, settings are documented, links lead somewhere."""

import os
import re
from pathlib import Path

import pytest

from stadtplatz.environment import DECLARED
from tests.support import warm

ROOT = Path(__file__).resolve().parents[1]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
FENCE = re.compile(r"^```(sh\b[^\n]*)\n(.*?)^```", re.MULTILINE | re.DOTALL)
CI = (ROOT / ".ci" / "run").read_text() + (ROOT / "tests" / "journeys" / "conftest.py").read_text()


def commands(mark: str) -> list[tuple[Path, str]]:
    return [
        (page, line.strip())
        for page in PAGES
        for info, body in FENCE.findall(page.read_text())
        if info == f"sh {mark}"
        for line in body.splitlines()
        if line.strip() and not line.startswith("#")
    ]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_shell_block_says_whether_it_is_run(page):
    marks = {info for info, _ in FENCE.findall(page.read_text())}
    assert marks <= {"sh run", "sh not-run"}


@pytest.mark.parametrize(("page", "command"), commands("run"), ids=lambda value: str(value)[-40:])
def test_commands_marked_run_are_run(page, command):
    if command.startswith("make "):
        assert command in CI or f'"make", "{command[5:]}"' in CI
        return
    words = command.split()
    assert words[0] == "stadtplatz", f"{command!r} in {page.name} is marked run but nothing runs it"
    done = warm.run_module(*words, environment=dict(os.environ))
    assert done.returncode == 0, done.stderr


def test_each_setting_has_its_line_and_each_line_its_setting():
    page = (ROOT / "docs" / "settings.md").read_text()
    documented = dict(re.findall(r"^\| `([A-Z_]+)` \| [^|]*\| (.*?) \|$", page, re.MULTILINE))
    assert documented == {name: variable.help for name, variable in DECLARED.items()}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_between_documents_lead_somewhere(page):
    for target in re.findall(r"\]\((?!https?://|#|mailto:)([^)#\s]+)", page.read_text()):
        assert (page.parent / target).exists(), f"{page.name} links to {target}"
