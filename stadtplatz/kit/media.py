"""Files that belong to something: private ones behind a rule, public ones (a shop's picture) under an address nobody guesses.

Nothing in the media folder is reachable by its path alone. Names are 128 random bits, so that nothing can be overwritten,
guessed or counted; what a person called the file is kept by the owning domain if it needs it.
"""

import re
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import PurePosixPath
from typing import BinaryIO, cast

from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest
from django.urls import reverse
from django.utils.cache import patch_vary_headers

TYPES = {
    ".jpg": "image/jpeg",
    ".webp": "image/webp",
    ".avif": "image/avif",
    ".png": "image/png",
    ".pdf": "application/pdf",
    ".csv": "text/csv; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".json": "application/json",
    ".ics": "text/calendar; charset=utf-8",
    ".eml": "message/rfc822",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".zip": "application/zip",
}
"""What may be kept, and as what it is served. Never HTML or SVG: they can carry script."""
SHOWN = {".jpg", ".webp", ".avif", ".png"}
"""What a browser may show by itself; the rest is downloaded."""

WIDTHS = (320, 640, 1280)
"""Pixels; in these widths a public picture lies there beside its own. See kit.renditions."""
MODERN = {".avif": "image/avif", ".webp": "image/webp"}
"""What browsers may prefer to a JPEG, the best first."""
SMALL_ENOUGH = 640
"""A picture of this width needs no smaller ones."""
ALWAYS, FOR_NOW = "public, max-age=31536000, immutable", "public, max-age=600"

_PATH = re.compile(r"(private|public)/[0-9a-f]{2}/[0-9a-f]{32}\.[a-z]{3,4}")
_WIDE = f"(?:-(?:{'|'.join(map(str, WIDTHS))}))?"
_PICTURE = re.compile(rf"(public/[0-9a-f]{{2}}/[0-9a-f]{{32}}){_WIDE}\.jpg")
_RENDITION = re.compile(rf"public/[0-9a-f]{{2}}/[0-9a-f]{{32}}{_WIDE}\.(?:jpg|webp|avif)")


def save_private(name: str, content: bytes) -> str:
    """Keep the content under a random name and return its path. Of `name` only the ending matters (ValueError if unknown)."""
    return _save("private", name, content)


def save_private_file(name: str, file: BinaryIO) -> str:
    """Like `save_private` for something large: copied in pieces, never whole in memory."""
    file.seek(0)
    return _store("private", name, File(file))


@contextmanager
def opened(path: str) -> Iterator[BinaryIO]:
    """A kept file for reading piece by piece. FileNotFoundError if it is gone."""
    with default_storage.open(_checked(path)) as kept:
        yield cast(BinaryIO, kept.file)


def save_public(name: str, content: bytes) -> str:
    """Like `save_private` for what everybody may see, such as a shop's picture; `public_url` gives its address.

    A JPEG is laid beside it in modern formats and further widths by a job, `kit.renditions.make`.
    """
    from stadtplatz.kit import renditions

    path = _save("public", name, content)
    if path.endswith(".jpg"):
        renditions.make.enqueue(path)
    return path


def public_url(path: str, *, width: int | None = None) -> str:
    """The address of a public file, without language, cacheable for ever; of a picture in one of WIDTHS. Empty for an empty path."""
    named = rendition(path, width, ".jpg") if width and path.endswith(".jpg") else path
    return reverse("media", args=[named.removeprefix("public/")]) if path else ""


def rendition(path: str, width: int | None, ending: str) -> str:
    """Where the picture of this path lies in this width (None: its own) and format."""
    return path.removesuffix(".jpg") + (f"-{width}" if width else "") + ending


def read(path: str) -> bytes:
    """The content of a kept file. FileNotFoundError if it is gone."""
    with default_storage.open(_checked(path)) as file:
        return file.read()


def delete(path: str) -> None:
    """Remove a kept file; nothing happens if it is gone or the path is empty. Call it after commit."""
    if path:
        default_storage.delete(_checked(path))
        if path.startswith("public/") and path.endswith(".jpg"):
            for width in (None, *WIDTHS):
                for ending in (*MODERN, ".jpg"):
                    default_storage.delete(rendition(path, width, ending))


def delete_all(paths: Iterable[str]) -> None:
    """Remove several kept files, like `delete`."""
    for path in paths:
        delete(path)


def serve(path: str, *, allowed: bool, name: str = "") -> FileResponse:
    """Answer with a private file after the caller asked its rule: `serve(photo.path, allowed=rules.may_see(actor, ticket))`.

    Not allowed, unknown and gone look the same (404). Pictures are shown, anything else is downloaded as `name`; no answer
    can run script, be framed elsewhere or stay in a shared cache.
    """
    if not allowed:
        raise Http404
    return _answer(path, name, "private, max-age=3600")


def public(request: HttpRequest, path: str) -> FileResponse:
    """The view behind `public_url`: a picture in the most modern format that the browser accepts and that lies there.

    Until the job has made them, everybody gets the picture itself, and keeps it only for ten minutes.
    """
    whole, accepted = f"public/{path}", request.headers.get("Accept", "")
    asked = _PICTURE.fullmatch(whole)
    if asked is None:
        return _answer(whole, "", ALWAYS)
    wanted = [whole.removesuffix(".jpg") + ending for ending, kind in MODERN.items() if kind in accepted]
    shown = next((name for name in (*wanted, whole) if default_storage.exists(name)), f"{asked[1]}.jpg")
    answer = _answer(shown, "", ALWAYS if shown in (wanted or [whole]) else FOR_NOW)
    patch_vary_headers(answer, ["Accept"])
    return answer


def _save(area: str, name: str, content: bytes) -> str:
    return _store(area, name, ContentFile(content))


def _store(area: str, name: str, content: File) -> str:
    ending = PurePosixPath(name).suffix.lower().replace(".jpeg", ".jpg")
    if ending not in TYPES:
        raise ValueError(f"Files of the kind {ending or name!r} are not kept.")
    key = secrets.token_hex(16)
    return default_storage.save(f"{area}/{key[:2]}/{key}{ending}", content)


def _answer(path: str, name: str, caching: str) -> FileResponse:
    if not (_PATH.fullmatch(path) or _RENDITION.fullmatch(path)):
        raise Http404
    try:
        file = default_storage.open(path)
    except FileNotFoundError:
        raise Http404 from None
    ending = PurePosixPath(path).suffix
    response = FileResponse(
        file, as_attachment=ending not in SHOWN, filename=name or PurePosixPath(path).name, content_type=TYPES[ending]
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = caching
    return response


def _checked(path: str) -> str:
    if not _PATH.fullmatch(path):
        raise ValueError(f"{path!r} is not a path of kept media.")
    return path
