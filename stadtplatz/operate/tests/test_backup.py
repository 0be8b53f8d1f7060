"""A backup comes back whole, or says why not and changes nothing."""

import json
import tarfile

import pytest

REMEMBER = """
from stadtplatz.accounts.actions import leave_contact
guest = leave_contact(name="Erika Beispiel", email="erika@example.org")
print(guest.key)
"""
WHO = "from stadtplatz.accounts.models import Guest; print(sorted(Guest.objects.values_list('name', flat=True)))"

WHO_IT_WAS = "['Erika Beispiel']"
TRY_ALL = """
from pathlib import Path
from django.core.management import CommandError, call_command
from stadtplatz.accounts.models import Guest
def names():
    return sorted(Guest.objects.values_list("name", flat=True))
before = names()
def attempt(command, archive, **options):
    try:
        call_command(command, archive, **options)
        print(command, Path(archive).name, "was taken")
    except CommandError as refusal:
        print(f"{{command}} {{Path(archive).name}}: {{refusal}}")
for archive in {archives}:
    attempt("restore", archive, yes=True)
attempt("verify", {archives}[0])
print("before and after:", before, names())
"""


@pytest.fixture
def backup(installation, tmp_path):
    """A backup of a town that knows Erika and keeps one photo."""
    installation.python(REMEMBER)
    photo = installation.var / "media" / "private" / "photo.jpg"
    photo.parent.mkdir(parents=True)
    photo.write_bytes(b"a pothole")
    archive = tmp_path / "monday.tar.gz"
    installation.run("backup", str(archive))
    return archive


@pytest.mark.django_db(transaction=True)
def test_a_restored_town_is_the_town_of_the_backup(installation, backup):
    installation.python("from stadtplatz.accounts.models import Guest; Guest.objects.all().delete()")
    (installation.var / "media" / "private" / "photo.jpg").unlink()

    installation.run("restore", str(backup), "--yes")

    assert "Erika Beispiel" in installation.python(WHO)
    assert (installation.var / "media" / "private" / "photo.jpg").read_bytes() == b"a pothole"


@pytest.mark.django_db(transaction=True)
def test_who_was_erased_after_the_backup_stays_erased(installation, backup):
    installation.run("person", "erase", "erika@example.org", "--yes")

    said = installation.run("restore", str(backup), "--yes")

    assert "1 later erasures were repeated" in said
    assert "Erika" not in installation.python(WHO)


@pytest.mark.django_db(transaction=True)
def test_a_ledger_carries_erasures_to_a_new_machine(installation, backup, tmp_path):
    installation.run("person", "erase", "erika@example.org", "--yes")
    ledger = tmp_path / "erasures.json"
    ledger.write_text(installation.run("person", "ledger"))
    installation.run("flush", "--no-input")

    installation.run("restore", str(backup), "--yes", "--erasures", str(ledger))

    assert "Erika" not in installation.python(WHO)


@pytest.mark.django_db(transaction=True)
def test_broken_cut_off_and_newer_archives_are_refused_and_change_nothing(installation, backup, tmp_path):
    cut, nothing = tmp_path / "cut.tar.gz", tmp_path / "nothing.tar.gz"
    cut.write_bytes(backup.read_bytes()[:-200])
    damaged = rewritten(backup, tmp_path / "damaged.tar.gz", media=b"another pothole")
    newer = rewritten(backup, tmp_path / "newer.tar.gz", manifest={"format": 99})
    unknown = rewritten(backup, tmp_path / "unknown.tar.gz", manifest={"migrations": ["kit.9999_from_the_future"]})
    other = rewritten(backup, tmp_path / "other.tar.gz", manifest={"vendor": "oracle"})

    said = installation.python(
        TRY_ALL.format(archives=[str(path) for path in (damaged, newer, unknown, other, nothing)])
    )

    assert "Nothing was changed" in installation.run("restore", str(cut), "--yes", fails=True)
    assert "restore damaged.tar.gz: " in said
    assert said.count("does not match its checksum") == 2  # restore and verify
    assert "newer Stadtplatz" in said
    assert "kit.9999_from_the_future is unknown here" in said
    assert "holds a oracle database" in said
    assert "cannot be read" in said
    assert "was taken" not in said
    assert f"before and after: {WHO_IT_WAS} {WHO_IT_WAS}" in said


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
