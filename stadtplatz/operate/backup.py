"""Backup and restore of one installation: database and media in one archive that checks itself.

The archive is a gzipped tar: `database` (SQLite file or pg_dump custom format), `media/...`, and last `manifest.json` with the
SHA-256 of every member. An archive without its manifest was cut off and is refused.
"""

import gzip
import hashlib
import json
import shutil
import tarfile
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from stadtplatz import __version__
from stadtplatz.operate import databases, erasures

FORMAT = 1


class ArchiveRefused(Exception):
    """This archive cannot be used; the message says why and that nothing was changed."""


@dataclass(frozen=True)
class Manifest:
    format: int
    version: str
    created_at: str
    vendor: str
    migrations: list[str]
    files: dict[str, str]


def write(target: Path) -> Manifest:
    """Write the archive while the installation runs. The file appears under its name only when it is whole."""
    target.parent.mkdir(parents=True, exist_ok=True)
    partial = target.with_name(target.name + ".partial")
    files: dict[str, str] = {}
    with tempfile.TemporaryDirectory() as folder, gzip.open(partial, "wb", compresslevel=6) as packed:
        dump = Path(folder) / "database"
        databases.dump(dump)
        with tarfile.open(fileobj=packed, mode="w|") as archive:
            _add(archive, files, dump, "database")
            for path in sorted(Path(settings.MEDIA_ROOT).rglob("*")):
                if path.is_file():
                    _add(archive, files, path, f"media/{path.relative_to(settings.MEDIA_ROOT)}")
            manifest = Manifest(
                FORMAT, __version__, datetime.now(UTC).isoformat(), connection.vendor, _applied(), files
            )
            content = json.dumps(vars(manifest)).encode()
            entry = tarfile.TarInfo("manifest.json")
            entry.size = len(content)
            archive.addfile(entry, BytesIO(content))
    partial.chmod(0o600)
    partial.replace(target)
    return manifest


def verify(source: Path, *, into: Path | None = None) -> Manifest:
    """Read the whole archive and compare every checksum; unpack it into a folder if one is given. Refuses what is not whole."""
    seen: dict[str, str] = {}
    manifest: dict[str, Any] | None = None
    try:
        with tarfile.open(source, "r|gz") as archive:
            for entry in archive:
                if entry.name == "manifest.json":
                    manifest = json.load(_content(archive, entry))
                else:
                    seen[entry.name] = _read(archive, entry, into)
    except (tarfile.TarError, EOFError, OSError, ValueError) as error:
        raise ArchiveRefused(f"{source} cannot be read as a backup ({error}). Nothing was changed.") from error
    if manifest is None:
        raise ArchiveRefused(f"{source} was cut off: it has no manifest. Nothing was changed.")
    if manifest.get("format", 0) > FORMAT:
        raise ArchiveRefused(f"{source} was written by a newer Stadtplatz. Please update first. Nothing was changed.")
    if wrong := sorted(
        name for name in seen.keys() | manifest["files"].keys() if seen.get(name) != manifest["files"].get(name)
    ):
        raise ArchiveRefused(
            f"{source} is damaged: {', '.join(wrong[:3])} does not match its checksum. Nothing was changed."
        )
    return Manifest(**manifest)


def restore(source: Path, *, ledger: Path | None = None) -> tuple[Manifest, int]:
    """Bring the archive back: database, media, then later migrations and later erasures. Returns how many erasures were repeated.

    The erasures are those this installation knows, and those of a ledger file written by `stadtplatz person ledger`. Refused, with nothing changed, when the archive is broken, from a newer version, or from another kind of database.
    """
    with tempfile.TemporaryDirectory(dir=_beside_media()) as folder:
        unpacked = Path(folder)
        manifest = verify(source, into=unpacked)
        _refuse_unfit(source, manifest)
        keys = erasures.since(datetime.fromisoformat(manifest.created_at)) | erasures.read(ledger)
        databases.load(unpacked / "database")
        _swap_media(unpacked / "media")
    call_command("migrate", interactive=False, verbosity=0)
    return manifest, erasures.repeat(keys)


def _refuse_unfit(source: Path, manifest: Manifest) -> None:
    if manifest.vendor != connection.vendor:
        raise ArchiveRefused(
            f"{source} holds a {manifest.vendor} database, this installation uses {connection.vendor}. Nothing was changed."
        )
    known = {f"{app}.{name}" for app, name in (MigrationLoader(None).disk_migrations or {})}
    if unknown := sorted(set(manifest.migrations) - known):
        raise ArchiveRefused(
            f"{source} was written by a newer Stadtplatz ({unknown[0]} is unknown here). Please update first. Nothing was changed."
        )


def _add(archive: tarfile.TarFile, files: dict[str, str], path: Path, name: str) -> None:
    files[name] = _digest(path)
    archive.add(path, arcname=name, recursive=False)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _content(archive: tarfile.TarFile, entry: tarfile.TarInfo):
    file = archive.extractfile(entry)
    if file is None:
        raise ValueError(f"{entry.name} is not a file")
    return file


def _read(archive: tarfile.TarFile, entry: tarfile.TarInfo, into: Path | None) -> str:
    """Hash one member, and keep it if a folder is given. Names that leave the folder are refused."""
    file, digest = _content(archive, entry), hashlib.sha256()
    if ".." in Path(entry.name).parts or entry.name.startswith("/"):
        raise ValueError(f"{entry.name} leaves the archive")
    target = into / entry.name if into else None
    if target:
        target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("wb") if target else BytesIO() as out:
        while block := file.read(1 << 20):
            digest.update(block)
            if target:
                out.write(block)
    return digest.hexdigest()


def _swap_media(unpacked: Path) -> None:
    media = Path(settings.MEDIA_ROOT)
    unpacked.mkdir(exist_ok=True)
    old = media.with_name(media.name + ".before-restore")
    shutil.rmtree(old, ignore_errors=True)
    if media.exists():
        media.rename(old)
    unpacked.rename(media)
    shutil.rmtree(old, ignore_errors=True)


def _beside_media() -> Path:
    folder = Path(settings.MEDIA_ROOT).parent
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _applied() -> list[str]:
    loader = MigrationLoader(connection)
    return sorted(f"{app}.{name}" for app, name in loader.applied_migrations)
