"""`make setup` without root: what is missing from Debian is named, and nothing is half made."""

import subprocess
from pathlib import Path

import pytest

PREPARE = Path(__file__).parent / "support" / "prepare.sh"


@pytest.fixture
def prepare(tmp_path):
    """Runs the script as somebody who is not root, on a machine with only these programs beside the usual ones."""

    def run(*words: str, **programs: str) -> subprocess.CompletedProcess:
        folder = tmp_path / "bin"
        folder.mkdir()
        for name, body in ({"id": "echo 1000"} | programs).items():
            (folder / name).write_text(f"#!/bin/bash\n{body}\n")
            (folder / name).chmod(0o755)
        for name in ("bash", "rm", "ls"):
            (folder / name).symlink_to(f"/bin/{name}")
        return subprocess.run(
            ["/bin/bash", PREPARE, *words],
            cwd=tmp_path,
            env={"PATH": str(folder)},
            capture_output=True,
            text=True,
            check=False,
        )

    return run


def test_a_machine_without_python_is_told_its_packages(prepare):
    done = prepare("venv", "python3")
    assert done.returncode != 0
    assert "Please install these packages first: python3 python3-venv" in done.stderr


def test_a_python_that_cannot_make_environments_is_told_the_package_and_leaves_nothing(prepare, tmp_path):
    done = prepare("venv", "python3", python3='case "$*" in *venv*) mkdir -p .venv; exit 1;; esac')
    assert done.returncode != 0
    assert "Please install these packages first: python3-venv" in done.stderr
    assert not (tmp_path / ".venv").exists()


def test_an_old_python_is_refused_in_words(prepare):
    done = prepare("venv", "python3", python3='case "$*" in *version_info*) exit 1;; esac')
    assert done.returncode != 0
    assert "Python 3.11 or newer" in done.stderr


@pytest.mark.parametrize(
    ("what", "packages"), [("chromium", "chromium-headless-shell fonts-liberation"), ("gettext", "gettext")]
)
def test_each_tool_names_its_packages(prepare, what, packages):
    done = prepare(what)
    assert done.returncode != 0
    assert f"Please install these packages first: {packages}" in done.stderr
