"""Official graphics from the operator's hand: looked at by content, and kept byte for byte, because altered they are not official.

What could run, reach outside or hide something is refused, never taken out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from io import BytesIO
from xml.parsers import expat

from django.utils.translation import gettext as _
from PIL import Image, UnidentifiedImageError

from stadtplatz.kit import scanning
from stadtplatz.kit.refusals import ActionRefused

MOST_BYTES, MOST_PIXELS = 3_000_000, 40_000_000
LEAST_WIDTH = 600
"""Pixels; with fewer the words of the notice and its code cannot be read."""
SHAPES = {"notice": (0.68, 0.76), "label": (0.93, 0.97)}
"""Width by height: a standing sheet of about A4, and 95 by 100 millimetres (Annexes I and II)."""
ELEMENTS = frozenset(
    [
        "svg",
        "g",
        "path",
        "rect",
        "circle",
        "ellipse",
        "line",
        "polyline",
        "polygon",
        "defs",
        "clipPath",
        "mask",
        "use",
        "title",
        "desc",
        "style",
        "linearGradient",
        "radialGradient",
        "stop",
        "pattern",
        "image",
        "symbol",
        "metadata",
        "text",
        "tspan",
    ]
)
_PAINTED = re.compile(r"data:image/(png|jpeg);base64,[A-Za-z0-9+/=\s]*")
_REACHES_OUT = re.compile(r"@import|expression\s*\(|url\s*\(\s*['\"]?(?!['\"]?#)", re.I)
_PDF_ACTS = re.compile(rb"/(?:JavaScript|JS|Launch|EmbeddedFiles?|RichMedia|XFA|SubmitForm|Encrypt)\b")
_MEASURE = re.compile(r"\s*([0-9.]+)\s*(?:px|pt|mm)?\s*")


@dataclass(frozen=True)
class Accepted:
    """What kind of file it is, and how large it is painted."""

    form: str
    width: int = 0
    height: int = 0

    @property
    def is_pdf(self) -> bool:
        return self.form == "pdf"


def accept(content: bytes, kind: str) -> Accepted:
    """The file can be kept as it is. Refused: over 3 MB; anything but SVG, PNG, JPEG and PDF by content; SVG with script, links or parts
    from outside; PDF that does things; pictures that are grey, too small to be read or not of the shape that the annex shows."""
    if len(content) > MOST_BYTES:
        raise ActionRefused(_("The file is larger than 3 MB."), code="file")
    if scanning.scan(content).infected:
        raise ActionRefused(_("The virus scanner found malware in this file. It was not kept."), code="file")
    if content.startswith(b"%PDF-"):
        return _pdf(content, kind)
    found = (
        _raster(content)
        if content[:4] in (b"\x89PNG", b"\xff\xd8\xff\xe0", b"\xff\xd8\xff\xe1", b"\xff\xd8\xff\xdb")
        else _svg(content)
    )
    least, most = SHAPES[kind]
    if not least <= found.width / found.height <= most:
        raise ActionRefused(
            _("This is not the shape of the official graphic. Please put it in as the Commission publishes it, uncut."),
            code="file",
        )
    return found


def _raster(content: bytes) -> Accepted:
    try:
        with Image.open(BytesIO(content), formats=("PNG", "JPEG")) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise ActionRefused(_("The picture has too many pixels."), code="file")
            form, (width, height) = ("png" if picture.format == "PNG" else "jpg"), picture.size
            colourful = picture.convert("RGB").resize((64, 64)).convert("HSV").getchannel("S").histogram()
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError):
        raise ActionRefused(_("The picture is broken."), code="file") from None
    if width < LEAST_WIDTH:
        raise ActionRefused(_("The picture is less than 600 pixels wide; its words could not be read."), code="file")
    if not any(colourful[40:]):
        raise ActionRefused(_("On web pages the graphic has to be in colour; this one is grey."), code="file")
    return Accepted(form, width, height)


def _pdf(content: bytes, kind: str) -> Accepted:
    if kind != "notice":
        raise ActionRefused(_("The label is needed as SVG or PNG: it is filled in for each product."), code="file")
    if b"%%EOF" not in content[-2048:] or _PDF_ACTS.search(content):
        raise ActionRefused(_("This PDF is broken, locked or does more than show a page."), code="file")
    return Accepted("pdf")


def _svg(content: bytes) -> Accepted:
    reader = _Svg()
    try:
        reader.read(content)
    except expat.ExpatError:
        raise ActionRefused(_("Please choose an SVG, PNG, JPEG or PDF file."), code="file") from None
    if not reader.width or not reader.height:
        raise ActionRefused(_("The SVG does not say how large it is."), code="file")
    return Accepted("svg", round(reader.width), round(reader.height))


class _Svg:
    """Walks through an SVG and refuses what a drawing does not need."""

    def __init__(self) -> None:
        self.width = self.height = 0.0
        self.depth, self.styling = 0, False

    def read(self, content: bytes) -> None:
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartElementHandler, parser.EndElementHandler = self._start, self._end
        parser.CharacterDataHandler, parser.ProcessingInstructionHandler = self._words, self._instruction
        parser.EntityDeclHandler = self._entity
        parser.Parse(content, True)

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(" ")[2]
        if self.depth == 0 and tag != "http://www.w3.org/2000/svg svg":
            raise ActionRefused(_("Please choose an SVG, PNG, JPEG or PDF file."), code="file")
        if tag.startswith("http://www.w3.org/2000/svg ") and name not in ELEMENTS:
            self._refuse()
        if tag.startswith("http://www.w3.org/1999/xhtml "):
            self._refuse()
        for full, value in attributes.items():
            attribute = full.rpartition(" ")[2].lower()
            if attribute.startswith("on") or (
                attribute in ("href", "src") and not (value.startswith("#") or _PAINTED.fullmatch(value))
            ):
                self._refuse()
            if _REACHES_OUT.search(value):
                self._refuse()
        if self.depth == 0:
            self._measure(attributes)
        self.depth, self.styling = self.depth + 1, name == "style"

    def _end(self, tag: str) -> None:
        self.depth, self.styling = self.depth - 1, False

    def _words(self, words: str) -> None:
        if self.styling and _REACHES_OUT.search(words):
            self._refuse()

    def _instruction(self, target: str, data: str) -> None:
        self._refuse()

    def _entity(self, *_declared: object) -> None:
        self._refuse()

    def _refuse(self) -> None:
        raise ActionRefused(
            _("This SVG carries script, links or parts from elsewhere. The official one is a plain drawing."),
            code="file",
        )

    def _measure(self, attributes: dict[str, str]) -> None:
        box = attributes.get("viewBox", "").replace(",", " ").split()
        numbers = [
            _MEASURE.fullmatch(text)
            for text in (box[2:] if len(box) == 4 else [attributes.get("width", ""), attributes.get("height", "")])
        ]
        if all(numbers):
            self.width, self.height = (float(hit[1]) for hit in numbers if hit)
