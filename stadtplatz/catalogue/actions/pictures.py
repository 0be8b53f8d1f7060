"""Pictures that an import names: from a ZIP sent along, or fetched from an address a stranger typed."""

from __future__ import annotations

import io
import zipfile

from django.db import transaction
from django.utils.translation import gettext as _

from stadtplatz.catalogue import documents
from stadtplatz.catalogue.models import Import, ImportRow, Offer
from stadtplatz.kit import media, outside
from stadtplatz.kit.uploads import MAX_BYTES, AcceptedImage, UploadRefused, accept_image

AT_ONCE = 40
TYPES = ("image/jpeg", "image/png", "image/webp")


def fetch_some(run_id: int) -> bool:
    """The next pictures of this import hang at their offers, or the report says why not. True while more are waiting.

    An address is fetched only over https from the public internet, each redirect checked anew, up to 20 MB and of a picture's
    type; what arrives goes through the same checks as an upload.
    """
    run = Import.objects.get(pk=run_id)
    rows = run.rows.exclude(picture="").select_related("offer__shop").order_by("line")
    for row in list(rows[:AT_ONCE]):
        _one(run, row)
    return rows.exists()


def _one(run: Import, row: ImportRow) -> None:
    try:
        image = accept_image(io.BytesIO(_content(run, row.picture))) if row.offer else None
    except (outside.Undeliverable, UploadRefused, OSError, KeyError, ValueError, zipfile.BadZipFile) as refused:
        words = str(refused) if isinstance(refused, UploadRefused) else _("The picture could not be fetched.")
        row.faults = [*row.faults, ["picture", "picture-fetch", words]]
        image = None
        Import.objects.filter(pk=run.pk).update(hinted=run.hinted + 1)
        run.hinted += 1
    _hang(row, image)


@transaction.atomic
def _hang(row: ImportRow, image: AcceptedImage | None) -> None:
    offer = Offer.objects.select_for_update(of=("self",)).select_related("shop").filter(pk=row.offer_id).first()
    if image and offer:
        old = (offer.picture, offer.picture_small)
        offer.picture = media.save_public("offer.jpg", image.jpeg)
        offer.picture_small = media.save_public("offer.jpg", image.small)
        offer.version += 1
        offer.save(update_fields=["picture", "picture_small", "version"])
        documents.push_offer(offer)
        transaction.on_commit(lambda: media.delete_all(old))
    row.picture = ""
    row.save(update_fields=["picture", "faults"])


def _content(run: Import, name: str) -> bytes:
    if name.startswith("https://"):
        return outside.fetch(name, most=MAX_BYTES, types=TYPES)
    if not run.pictures_path:
        raise KeyError(name)
    with media.opened(run.pictures_path) as file, zipfile.ZipFile(file) as archive:
        entry = archive.getinfo(name)
        if entry.file_size > MAX_BYTES:
            raise ValueError(name)
        with archive.open(entry) as packed:
            return packed.read(MAX_BYTES + 1)
