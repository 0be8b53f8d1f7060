"""Public pictures in modern formats and right sizes, made once in the background and laid beside the picture.

`media.public_url(path, width=640)` is the address of a rendition. Browsers that understand AVIF or WebP get it there; until the job has
run, everybody gets the picture itself. What is not smaller than the picture is not kept.
"""

from base64 import b64encode
from collections.abc import Iterable
from datetime import timedelta
from io import BytesIO
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image

from stadtplatz.kit import media
from stadtplatz.kit.jobs import job

PREVIEW_SIDE = 20
NO_PREVIEW = "-"
"""Kept where no preview can be made, so that nobody tries again."""
ENCODERS: dict[str, dict[str, Any]] = {
    ".avif": {"quality": 60, "speed": 8, "max_threads": 1},
    ".webp": {"quality": 78, "method": 4},
    ".jpg": {"quality": 80, "optimize": True, "progressive": True},
}
"""How each format is written. Measured at 1920 by 1440: AVIF 0.15 s and WebP 0.18 s of CPU; a slower AVIF is hardly smaller."""


@job(max_attempts=3, lease=timedelta(minutes=5))
def make(path: str) -> None:
    """The picture lies there in every width below its own, each as AVIF, WebP and JPEG, and in its own width as AVIF and WebP.

    What is there already stays; a picture that is gone meanwhile, or cannot be read, gets nothing.
    """
    try:
        content = media.read(path)
        with Image.open(BytesIO(content), formats=["JPEG"]) as opened:
            whole = opened.convert("RGB")
    except (OSError, ValueError):
        return
    for width in media.WIDTHS if whole.width > media.SMALL_ENOUGH else ():
        if width < whole.width:
            smaller = whole.resize((width, max(1, round(whole.height * width / whole.width))), Image.Resampling.LANCZOS)
            _keep(smaller, path, width, ENCODERS, len(content))
    _keep(whole, path, None, {ending: ENCODERS[ending] for ending in media.MODERN}, len(content))
    if not default_storage.exists(path):
        media.delete(path)  # taken away while we painted


def preview_of(image: Image.Image) -> str:
    """The picture in twenty pixels as WebP, in Base64: about a hundred signs that stand in the page while the picture is on its way."""
    tiny, out = image.copy(), BytesIO()
    tiny.thumbnail((PREVIEW_SIDE, PREVIEW_SIDE))
    tiny.convert("RGB").save(out, "WEBP", quality=40, method=6)
    return b64encode(out.getvalue()).decode()


def preview_of_kept(path: str) -> str:
    """As `preview_of`, of a picture that is kept already; NO_PREVIEW if it is gone or cannot be read."""
    try:
        with Image.open(BytesIO(media.read(path)), formats=["JPEG"]) as image:
            image.draft("RGB", (4 * PREVIEW_SIDE, 4 * PREVIEW_SIDE))
            return preview_of(image)
    except (OSError, ValueError):
        return NO_PREVIEW


def preview_url(preview: str) -> str:
    """The kept preview as an address for a picture; empty if there is none."""
    return f"data:image/webp;base64,{preview}" if preview and preview != NO_PREVIEW else ""


def srcset(path: str) -> str:
    """What a picture's `srcset` says: its address in every width."""
    if not path:
        return ""
    sized = ", ".join(f"{media.public_url(path, width=width)} {width}w" for width in media.WIDTHS)
    return f"{sized}, {media.public_url(path)} 1920w"


def _keep(image: Image.Image, path: str, width: int | None, encoders: dict[str, dict[str, Any]], most: int) -> None:
    for ending, said in encoders.items():
        name = media.rendition(path, width, ending)
        if default_storage.exists(name):
            continue
        out = BytesIO()
        image.save(out, {".jpg": "JPEG", ".webp": "WEBP", ".avif": "AVIF"}[ending], **said)
        if len(out.getvalue()) < most:
            default_storage.save(name, ContentFile(out.getvalue()))


def fill_in(rows: Iterable[Any], *, path: str, preview: str) -> int:
    """Pictures from before there were renditions and previews get both; `path` and `preview` name the fields. Returns how many."""
    count = 0
    for row in rows:
        make.enqueue(getattr(row, path), key=f"renditions:{getattr(row, path)}")
        type(row).objects.filter(pk=row.pk, **{path: getattr(row, path)}).update(
            **{preview: preview_of_kept(getattr(row, path))}
        )
        count += 1
    return count
