"""A backup comes back whole, or says why not and changes nothing."""

import json
import tarfile

import pytest

REMEMBER = """
from django.core.management import call_command
from stadtplatz.accounts.actions import leave_contact
leave_contact(name="Erika Beispiel", email="erika@example.org")
call_command("backup", {archive!r})
"""
NAMES = "from stadtplatz.accounts.models import Guest; print('names:', sorted(Guest.objects.values_list('name', flat=True)))"
FORGET_AND_RESTORE = """
from django.core.management import call_command
from stadtplatz.accounts.models import Guest
Guest.objects.all().delete()
call_command("restore", {archive!r}, yes=True)
"""
ERASE_AND_RESTORE = """
from django.core.management import call_command
call_command("person", "erase", "erika@example.org", yes=True)
call_command("restore", {archive!r}, yes=True)
"""
TRY_ALL = """
from pathlib import Path
from django.core.management import CommandError, call_command
def attempt(command, archive, **options):
    try:
        call_command(command, archive, **options)
        print(command, Path(archive).name, "was taken")
    except CommandError as refusal:
        print(f"{{command}} {{Path(archive).name}}: {{refusal}}")
for archive in {archives}:
    attempt("restore", archive, yes=True)
attempt("verify", {archives}[0])
"""
MOVE_AWAY = """
from pathlib import Path
from django.core.management import call_command
call_command("person", "erase", "erika@example.org", yes=True)
with Path({ledger!r}).open("w") as ledger:
    call_command("person", "ledger", stdout=ledger)
call_command("flush", interactive=False)
call_command("restore", {archive!r}, yes=True, erasures=Path({ledger!r}))
"""


@pytest.fixture(scope="module")
def monday(found):
    """A town that knows Erika and keeps one photo, and its backup."""
    town = found()
    photo = town.var / "media" / "private" / "photo.jpg"
    photo.parent.mkdir(parents=True)
    photo.write_bytes(b"a pothole")
    archive = town.var.parent / "monday.tar.gz"
    town.python(REMEMBER.format(archive=str(archive)))
    return town, archive


@pytest.fixture
def backup(monday):
    return monday[1]


@pytest.fixture
def town(monday, found):
    """The town of Monday, for one test."""
    return found(like=monday[0])


def test_a_restored_town_is_the_town_of_the_backup(town, backup):
    photo = town.var / "media" / "private" / "photo.jpg"
    photo.unlink()

    said = town.python(FORGET_AND_RESTORE.format(archive=str(backup)) + NAMES)

    assert "names: ['Erika Beispiel']" in said
    assert photo.read_bytes() == b"a pothole"


def test_who_was_erased_after_the_backup_stays_erased(town, backup):
    said = town.python(ERASE_AND_RESTORE.format(archive=str(backup)) + NAMES)

    assert "1 later erasures were repeated" in said
    assert "Erika" not in said


def test_a_ledger_carries_erasures_to_a_new_machine(town, backup, tmp_path):
    said = town.python(MOVE_AWAY.format(archive=str(backup), ledger=str(tmp_path / "erasures.json")) + NAMES)

    assert "1 later erasures were repeated" in said
    assert "Erika" not in said


def test_broken_cut_off_and_newer_archives_are_refused_and_change_nothing(town, backup, tmp_path):
    cut, nothing = tmp_path / "cut.tar.gz", tmp_path / "nothing.tar.gz"
    cut.write_bytes(backup.read_bytes()[:-200])
    damaged = rewritten(backup, tmp_path / "damaged.tar.gz", media=b"another pothole")
    newer = rewritten(backup, tmp_path / "newer.tar.gz", manifest={"format": 99})
    unknown = rewritten(backup, tmp_path / "unknown.tar.gz", manifest={"migrations": ["kit.9999_from_the_future"]})
    other = rewritten(backup, tmp_path / "other.tar.gz", manifest={"vendor": "oracle"})
    archives = [str(path) for path in (damaged, newer, unknown, other, nothing)]

    assert "Nothing was changed" in town.run("restore", str(cut), "--yes", fails=True)
    said = town.python(TRY_ALL.format(archives=archives) + NAMES)

    assert "restore damaged.tar.gz: " in said
    assert said.count("does not match its checksum") == 2  # restore and verify
    assert "newer Stadtplatz" in said
    assert "kit.9999_from_the_future is unknown here" in said
    assert "holds a oracle database" in said
    assert "cannot be read" in said
    assert "was taken" not in said
    assert "names: ['Erika Beispiel']" in said
    assert (town.var / "media" / "private" / "photo.jpg").read_bytes() == b"a pothole"


def rewritten(source, target, *, media: bytes | None = None, manifest: dict | None = None):
    """A copy of the archive with another photo or another manifest."""
    folder = target.with_suffix("")
    with tarfile.open(source) as archive:
        archive.extractall(folder, filter="data")
    if media:
        (folder / "media" / "private" / "photo.jpg").write_bytes(media)
    if manifest:
        path = folder / "manifest.json"
        path.write_text(json.dumps(json.loads(path.read_text()) | manifest))
    with tarfile.open(target, "w:gz") as archive:
        for path in sorted(folder.rglob("*"), key=lambda path: path.name == "manifest.json"):
            if path.is_file():
                archive.add(path, arcname=str(path.relative_to(folder)))
    return target
