"""Pictures that an import names: from a ZIP sent along, or fetched from an address a stranger typed."""

from __future__ import annotations

import io
import time
import unicodedata
import zipfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from stadtplatz.catalogue import documents
from stadtplatz.catalogue.models import Import, ImportRow, Offer
from stadtplatz.kit import archives, media, outside
from stadtplatz.kit.refusals import ActionRefused
from stadtplatz.kit.uploads import MAX_BYTES, AcceptedImage, UploadRefused, accept_image

AT_ONCE = 40
SECONDS = 60
"""After which the others wait for the next turn, so that slow servers do not keep the worker from everything else."""
TYPES = ("image/jpeg", "image/jpg", "image/png", "image/webp", "image/heic", "image/heif")


class NoPicture(ActionRefused):
    """There is no such picture. The message says why."""


def fetch_some(run_id: int) -> bool:
    """The next pictures of this import hang at their offers, or the report says why not. True while more are waiting.

    An address is fetched only over https from the public internet, each redirect checked anew, up to 20 MB and of a picture's
    type; what arrives goes through the same checks as an upload.
    """
    run = Import.objects.get(pk=run_id)
    rows = run.rows.exclude(picture="").select_related("offer__shop").order_by("line")
    begun = time.monotonic()
    with _packed(run) as packed:
        for row in list(rows[:AT_ONCE]):
            _one(row, packed)
            if time.monotonic() - begun > SECONDS:
                break
    return rows.exists()


def _one(row: ImportRow, packed: Packed) -> None:
    image = None
    try:
        if row.offer:
            image = accept_image(io.BytesIO(_content(row.picture, packed)))
    except (UploadRefused, NoPicture) as refused:
        _tell(row, str(refused))
    except outside.Undeliverable:
        _tell(row, _("The picture could not be fetched from this address."))
    _hang(row, image)


def _tell(row: ImportRow, words: str) -> None:
    row.faults = [*row.faults, ["picture", "picture-fetch", words]]
    Import.objects.filter(pk=row.run_id).update(hinted=F("hinted") + 1)


@transaction.atomic
def _hang(row: ImportRow, image: AcceptedImage | None) -> None:
    offer = Offer.objects.select_for_update(of=("self",)).select_related("shop").filter(pk=row.offer_id).first()
    if image and offer:
        old = (offer.picture, offer.picture_small)
        offer.picture = media.save_public("offer.jpg", image.jpeg)
        offer.picture_small = media.save_public("offer.jpg", image.small)
        offer.preview = image.preview
        offer.version += 1
        offer.save(update_fields=["picture", "picture_small", "preview", "version"])
        documents.push_offer(offer)
        transaction.on_commit(lambda: media.delete_all(old))
    row.picture = ""
    row.save(update_fields=["picture", "faults"])


def _content(name: str, packed: Packed) -> bytes:
    return outside.fetch(name, most=MAX_BYTES, types=TYPES) if name.startswith("https://") else packed.read(name)


class Packed:
    """The pictures of a ZIP by name: whatever folder they lie in, however the computer that packed them wrote umlauts and capitals.

    Nothing is ever unpacked to the disk, so that a name cannot lead anywhere.
    """

    def __init__(self, archive: zipfile.ZipFile | None) -> None:
        self._archive = archive
        self._by_path: dict[str, zipfile.ZipInfo] = {}
        self._by_name: dict[str, list[zipfile.ZipInfo]] = {}
        for entry in archive.infolist() if archive else []:
            path = _alike(_as_written(entry))
            if not entry.is_dir() and not path.startswith("__macosx/"):
                self._by_path[path] = entry
                self._by_name.setdefault(path.rpartition("/")[2], []).append(entry)

    def read(self, name: str) -> bytes:
        """The content of this file. Refused (NoPicture) if there is none of this name, two of it, or it cannot be unpacked."""
        if self._archive is None:
            raise NoPicture(_("The table names a picture file, but no readable ZIP with pictures came with it."))
        path = _alike(name)
        named = self._by_name.get(path.rpartition("/")[2], [])
        entry = self._by_path.get(path) or (named[0] if len(named) == 1 else None)
        if entry is None:
            words = _("“{name}” is in the ZIP more than once.") if named else _("“{name}” is not in the ZIP.")
            raise NoPicture(words.format(name=name[:60]))
        return self._unpacked(self._archive, entry)

    def _unpacked(self, archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
        if entry.file_size > MAX_BYTES:
            raise NoPicture(_("This picture is larger than 20 MB. Please choose a smaller one."))
        try:
            with archive.open(entry) as packed:
                return packed.read(MAX_BYTES + 1)
        except archives.UNREADABLE:
            raise NoPicture(_("This file of the ZIP cannot be unpacked. Is the ZIP locked with a password?")) from None


@contextmanager
def _packed(run: Import) -> Iterator[Packed]:
    """What came along with this import; nothing if it is gone or broken."""
    with ExitStack() as stack:
        archive = None
        with suppress(*archives.UNREADABLE):
            if run.pictures_path:
                archive = stack.enter_context(archives.opened(stack.enter_context(media.opened(run.pictures_path))))
        yield Packed(archive)


def _alike(name: str) -> str:
    """Names that mean the same file are written the same."""
    return unicodedata.normalize("NFC", name.replace("\\", "/")).casefold().strip("/ ")


def _as_written(entry: zipfile.ZipInfo) -> str:
    """Some programs write UTF-8 without saying so."""
    if entry.flag_bits & 0x800:
        return entry.filename
    try:
        return entry.filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return entry.filename
