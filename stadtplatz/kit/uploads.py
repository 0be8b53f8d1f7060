"""Pictures from strangers: looked at by content, measured before decoding, painted anew, relieved of what they tell.

What comes out was written by our own encoder: no metadata, no second file hidden behind the first, no script.
Position and time are read from the EXIF data before it is dropped, because a report of a pothole wants them.
"""

import threading
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from typing import BinaryIO

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps, UnidentifiedImageError
from pillow_heif import register_heif_opener

from stadtplatz.kit import renditions, scanning
from stadtplatz.kit.clock import BERLIN
from stadtplatz.kit.refusals import ActionRefused

MAX_BYTES = 20_000_000
MAX_PIXELS = {"JPEG": 52_000_000, "MPO": 52_000_000, "PNG": 25_000_000, "WEBP": 25_000_000, "HEIF": 52_000_000}
"""A JPEG is decoded at a fraction of its size; the others need four bytes a pixel. MPO is the JPEG of some phones. HEIF has no small
version to decode, but new phones make such pictures of up to 48 megapixels; two at once need 400 MB for a moment."""
MAX_SIDE = 16_000
LARGE, SMALL = 1920, 640
ACCEPT = "image/jpeg,image/png,image/webp,.heic,.heif"
"""For the `accept` attribute. The endings let a computer offer pictures that were copied from an iPhone."""

register_heif_opener(thumbnails=False, depth_images=False, aux_images=False)
_decoding = threading.Semaphore(2)  # so that eight threads cannot hold eight huge pictures in memory
_BROKEN = (OSError, SyntaxError, ValueError, ArithmeticError, TypeError, KeyError, IndexError, EOFError, MemoryError)


class UploadRefused(ActionRefused):
    """A file that is not accepted. Codes: `too-big`, `too-many-pixels`, `not-a-picture`, `broken`, `infected`."""

    status = 400


@dataclass(frozen=True)
class AcceptedImage:
    """Two clean JPEG files of one picture (`jpeg` up to 1920, `small` up to 640 pixels a side) and what its EXIF told."""

    jpeg: bytes
    small: bytes
    width: int
    height: int
    preview: str = ""
    """The picture in twenty pixels; see kit.renditions."""
    lon: float | None = None
    lat: float | None = None
    taken_at: datetime | None = None


def accept_image(uploaded_file: BinaryIO) -> AcceptedImage:
    """Check, turn upright, shrink and re-encode a JPEG, PNG, WebP or HEIC picture; of an animation only the first picture stays.

    Refused (UploadRefused): over 20 MB; over 52 megapixels for JPEG and HEIC or 25 for PNG and WebP, or over 16,000 pixels a side,
    before anything is decoded; anything else than these four kinds by content, whatever its name says; broken files; and what the
    virus scanner knows, where there is one. A silent scanner refuses nothing here: what it has not seen stays closed with its owner.
    """
    content = _read(uploaded_file)
    if scanning.scan(content).infected:
        raise UploadRefused(_("The virus scanner found malware in this file. It was not kept."), code="infected")
    image = _open(content)
    lon, lat, taken_at = read_exif(image)
    with _decoding:
        large = _upright(image)
        preview = renditions.preview_of(large)
        return AcceptedImage(
            _jpeg(large, LARGE), _jpeg(large, SMALL), *_fitted(large, LARGE), preview, lon, lat, taken_at
        )


class PictureField(forms.FileField):
    """A form field whose cleaned value is an AcceptedImage (or None)."""

    widget = forms.ClearableFileInput(attrs={"accept": ACCEPT})

    def clean(self, data, initial=None):
        uploaded = super().clean(data, initial)
        if not uploaded or isinstance(uploaded, AcceptedImage):
            return uploaded or None
        try:
            return accept_image(uploaded)
        except UploadRefused as refusal:
            raise ValidationError(str(refusal), code=refusal.code) from refusal


class ManyFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class PhotosField(forms.FileField):
    """Several files at once; each is checked on its own later, so that a bad one does not lose the rest."""

    widget = ManyFiles(attrs={"accept": ACCEPT, "multiple": True})

    def clean(self, data, initial=None):
        if not data:
            return []
        return list(data) if isinstance(data, (list, tuple)) else [data]


def read_exif(image: Image.Image) -> tuple[float | None, float | None, datetime | None]:
    """Longitude, latitude and the moment of taking, as far as the EXIF data says them believably."""
    try:
        exif = image.getexif()
        lon, lat = _position(exif.get_ifd(0x8825))
        return lon, lat, _taken_at(exif.get_ifd(0x8769))
    except _BROKEN:
        return None, None, None


def _read(uploaded_file: BinaryIO) -> bytes:
    too_big = UploadRefused(_("This picture is larger than 20 MB. Please choose a smaller one."), code="too-big")
    if (getattr(uploaded_file, "size", 0) or 0) > MAX_BYTES:
        raise too_big
    uploaded_file.seek(0)
    content = uploaded_file.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise too_big
    return content


def _open(content: bytes) -> Image.Image:
    """Read the head of the file alone: kind and size."""
    try:
        image = Image.open(BytesIO(content), formats=["JPEG", "PNG", "WEBP", "HEIF"])
    except Image.DecompressionBombError:
        raise _too_many_pixels() from None
    except (UnidentifiedImageError, *_BROKEN):
        raise UploadRefused(
            _("Only pictures (JPEG, PNG, WebP or HEIC) can be sent here."), code="not-a-picture"
        ) from None
    width, height = image.size
    if width * height > MAX_PIXELS.get(image.format or "", 0) or max(width, height) > MAX_SIDE:
        raise _too_many_pixels()
    return image


def _too_many_pixels() -> UploadRefused:
    return UploadRefused(_("This picture has too many pixels. Please choose a smaller one."), code="too-many-pixels")


def _upright(image: Image.Image) -> Image.Image:
    """The pixels, decoded not larger than needed, turned as the camera was held, on white where they were transparent."""
    try:
        image.draft("RGB", (2 * LARGE, 2 * LARGE))
        image.load()
        image.thumbnail((LARGE, LARGE), Image.Resampling.LANCZOS)
        image = ImageOps.exif_transpose(image)
        if image.mode in {"RGBA", "LA", "PA", "P"} or "transparency" in image.info:
            image = image.convert("RGBA")
            image = Image.alpha_composite(Image.new("RGBA", image.size, "white"), image)
        return image.convert("RGB")
    except _BROKEN:
        raise UploadRefused(
            _("This picture is damaged and cannot be read. Please try another one."), code="broken"
        ) from None


def _jpeg(image: Image.Image, side: int) -> bytes:
    copy = image.copy()
    copy.thumbnail((side, side), Image.Resampling.LANCZOS)
    copy.info.clear()
    out = BytesIO()
    copy.save(out, "JPEG", quality=82, optimize=True, progressive=True)
    return out.getvalue()


def _fitted(image: Image.Image, side: int) -> tuple[int, int]:
    copy_scale = min(1.0, side / max(image.size))
    return round(image.width * copy_scale), round(image.height * copy_scale)


def _position(gps: dict) -> tuple[float | None, float | None]:
    if not {1, 2, 3, 4} <= gps.keys():
        return None, None
    lat = _degrees(gps[2]) * (-1 if str(gps[1]).upper().startswith("S") else 1)
    lon = _degrees(gps[4]) * (-1 if str(gps[3]).upper().startswith("W") else 1)
    believable = -90 <= lat <= 90 and -180 <= lon <= 180 and (lon, lat) != (0, 0)
    return (lon, lat) if believable else (None, None)


def _degrees(parts: tuple) -> float:
    degrees, minutes, seconds = (float(part) for part in parts)
    return degrees + minutes / 60 + seconds / 3600


def _taken_at(camera: dict) -> datetime | None:
    """DateTimeOriginal with OffsetTimeOriginal; a camera without a zone is thought to stand in Berlin."""
    if not (written := str(camera.get(0x9003, "")).strip("\0 ")):
        return None
    offset = str(camera.get(0x9011, "")).strip("\0 ")
    if offset:
        return datetime.strptime(written + offset, "%Y:%m:%d %H:%M:%S%z").astimezone(UTC)
    return datetime.strptime(written, "%Y:%m:%d %H:%M:%S").replace(tzinfo=BERLIN).astimezone(UTC)
