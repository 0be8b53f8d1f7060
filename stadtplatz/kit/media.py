"""Files that belong to something: private ones behind a rule, public ones (a shop's picture) under an address nobody guesses.

Nothing in the media folder is reachable by its path alone. Names are 128 random bits, so that nothing can be overwritten,
guessed or counted; what a person called the file is kept by the owning domain if it needs it.
"""

import re
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import PurePosixPath
from typing import BinaryIO, cast

from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from PIL import Image

TYPES = {
    ".jpg": "image/jpeg",
    ".webp": "image/webp",
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
SHOWN = {".jpg", ".webp", ".png"}
"""What a browser may show by itself; the rest is downloaded."""

_PATH = re.compile(r"(private|public)/[0-9a-f]{2}/[0-9a-f]{32}\.[a-z]{3,4}")


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

    Beside a JPEG lies the same picture as WebP if that is smaller: browsers that understand it get it at the same address.
    """
    path = _save("public", name, content)
    if path.endswith(".jpg") and (smaller := _as_webp(content)):
        default_storage.save(_webp_of(path), ContentFile(smaller))
    return path


def public_url(path: str) -> str:
    """The address of a public file, without language, cacheable for ever. Empty for an empty path."""
    return reverse("media", args=[path.removeprefix("public/")]) if path else ""


def read(path: str) -> bytes:
    """The content of a kept file. FileNotFoundError if it is gone."""
    with default_storage.open(_checked(path)) as file:
        return file.read()


def delete(path: str) -> None:
    """Remove a kept file; nothing happens if it is gone or the path is empty. Call it after commit."""
    if path:
        default_storage.delete(_checked(path))
        if path.startswith("public/") and path.endswith(".jpg"):
            default_storage.delete(_webp_of(path))


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
    """The view behind `public_url`: the modern form of a picture for whoever accepts it."""
    whole, caching = f"public/{path}", "public, max-age=31536000, immutable"
    modern = _webp_of(whole) if _PATH.fullmatch(whole) and "image/webp" in request.headers.get("Accept", "") else ""
    shown = modern if modern and modern != whole and default_storage.exists(modern) else whole
    answer = _answer(shown, "", caching)
    if whole.endswith(".jpg"):
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
    if not _PATH.fullmatch(path):
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


def _webp_of(path: str) -> str:
    return path.removesuffix(".jpg") + ".webp"


def _as_webp(jpeg: bytes) -> bytes:
    """The picture as WebP; empty if that is not smaller, or if this is no picture."""
    out = BytesIO()
    try:
        with Image.open(BytesIO(jpeg), formats=["JPEG"]) as image:
            image.save(out, "WEBP", quality=78, method=4)
    except (OSError, ValueError):
        return b""
    found = out.getvalue()
    return found if len(found) < len(jpeg) else b""


def _checked(path: str) -> str:
    if not _PATH.fullmatch(path):
        raise ValueError(f"{path!r} is not a path of kept media.")
    return path
