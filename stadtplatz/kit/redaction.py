"""Covering parts of a picture for good: what lay under a box is in no pixel of the new files."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageDraw, ImageStat

SMALL = 640
_MARGIN = 6
"""Pixels added on every side of a box, so that the encoder's blocks carry nothing over its edge."""

Box = tuple[float, float, float, float]
"""Left, top, width and height in percent of the picture."""


@dataclass(frozen=True)
class Redacted:
    """Two JPEG files without the covered parts, `small` up to 640 pixels a side, and the size of the large one."""

    jpeg: bytes
    small: bytes
    width: int
    height: int


def cover(jpeg: bytes, boxes: Iterable[Box]) -> Redacted:
    """A copy in which every box is one flat colour, the mean of what was there. Nothing can be computed back; no metadata stays."""
    image = Image.open(BytesIO(jpeg)).convert("RGB")
    pen = ImageDraw.Draw(image)
    for area in (_pixels(box, image.size) for box in boxes):
        colour = tuple(round(value) for value in ImageStat.Stat(image.crop(area)).mean)
        left, top, right, bottom = area
        pen.rectangle((left, top, right - 1, bottom - 1), fill=colour)
    small = image.copy()
    small.thumbnail((SMALL, SMALL), Image.Resampling.LANCZOS)
    return Redacted(_jpeg(image), _jpeg(small), image.width, image.height)


def _pixels(box: Box, size: tuple[int, int]) -> tuple[int, int, int, int]:
    left, top, width, height = box
    across, down = size
    return (
        max(0, int(left * across / 100) - _MARGIN),
        max(0, int(top * down / 100) - _MARGIN),
        min(across, int((left + width) * across / 100) + 1 + _MARGIN),
        min(down, int((top + height) * down / 100) + 1 + _MARGIN),
    )


def _jpeg(image: Image.Image) -> bytes:
    image.info.clear()
    out = BytesIO()
    image.save(out, "JPEG", quality=82, optimize=True, progressive=True)
    return out.getvalue()
