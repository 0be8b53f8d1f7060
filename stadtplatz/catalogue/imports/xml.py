"""Walking through XML that strangers sent: no document types, no entities of their own, and never more than a piece of it in memory."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, Any
from xml.parsers import expat

PIECE = 1 << 16
PENDING = 2_000_000
"""Bytes of one tag that may wait for its end."""
DEPTH = 200
"""Tags within each other."""


class Broken(Exception):
    """This is no well-formed XML, or it asks for what no table needs."""


class Walker:
    """Told of every tag and text in turn; what it has made of them lies in `made` and is handed out piece by piece.

    Subclasses write `start` and `end`, and switch `most` on while they want text: so many signs of it are kept in `said`.
    Names come without what stands before a colon.
    """

    def __init__(self) -> None:
        self.made: list[Any] = []
        self.said: list[str] = []
        self.most = 0
        self.depth = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """A tag begins."""

    def end(self, name: str) -> None:
        """A tag ends."""

    def walk(self, file: IO[bytes]) -> Iterator[Any]:
        """What was made, in order, while reading. Refused (Broken): ill-formed, with a document type, nested or stretched without end."""
        parser, fed, broken = self._parser(), 0, None
        while broken is None and (piece := file.read(PIECE)):
            fed += len(piece)
            broken = self._fed(parser, piece)
            yield from self._handed_out()
            if broken is None and fed - parser.CurrentByteIndex > PENDING:
                broken = Broken("A tag never ends.")
        if broken := broken or self._fed(parser, b""):
            raise broken

    def _fed(self, parser: Any, piece: bytes) -> Broken | None:
        """What is wrong from here on; what was made before it is handed out all the same."""
        try:
            parser.Parse(piece, not piece)
        except Broken as broken:
            return broken
        except (expat.ExpatError, LookupError, UnicodeError, ValueError) as ill:
            return Broken(str(ill))
        return None

    def _handed_out(self) -> list[Any]:
        made, self.made = self.made, []
        return made

    def _parser(self) -> Any:
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler, parser.EndElementHandler = self._start, self._end
        parser.CharacterDataHandler = self._text
        parser.StartDoctypeDeclHandler = self._refuse
        return parser

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        if self.depth > DEPTH:
            raise Broken("Too many tags within each other.")
        self.start(name.rpartition(":")[2], attributes)

    def _end(self, name: str) -> None:
        self.depth -= 1
        self.end(name.rpartition(":")[2])

    def _text(self, text: str) -> None:
        if self.most > 0:
            self.said.append(text[: self.most])
            self.most -= len(text)

    def _refuse(self, *_asked: object) -> None:
        raise Broken("Document types are refused.")

    def listen(self, most: int) -> None:
        """Keep so many signs of the text that follows."""
        self.said, self.most = [], most

    def heard(self) -> str:
        """The text since `listen`; nothing more is kept."""
        self.most = 0
        return "".join(self.said)
