"""The texts that the cells of a workbook share: in a temporary file, not in memory."""

from __future__ import annotations

import os
import re
import zipfile
from array import array
from functools import lru_cache
from tempfile import TemporaryFile

from stadtplatz.catalogue.imports.workbook.limits import TooMuch
from stadtplatz.catalogue.imports.xml import Broken, Walker

MOST_TEXTS = 5_000_000
_ESCAPED = re.compile(r"_x(00[01][0-9A-Fa-f]|005[Ff])_")


class _SharedTexts(Walker):
    """Each text of the workbook in its order; how it is read aloud (Japanese) is left out."""

    def __init__(self, signs: int) -> None:
        super().__init__()
        self.signs, self.parts, self.aloud = signs, [""], False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "si":
            self.parts = []
        elif name == "rPh":
            self.aloud = True
        elif name == "t" and not self.aloud:
            self.listen(self.signs)

    def end(self, name: str) -> None:
        if name == "t" and not self.aloud:
            if len(self.parts) < 1000:
                self.parts.append(self.heard())
        elif name == "rPh":
            self.aloud = False
        elif name == "si":
            self.made.append(plain("".join(self.parts)[: self.signs]))


class Texts:
    """The texts of a workbook by number, kept in a temporary file with only their places in memory."""

    def __init__(self, archive: zipfile.ZipFile, path: str, signs: int) -> None:
        self._file = TemporaryFile()  # noqa: SIM115 - closed with the object
        self._ends = array("Q", [0])
        if path:
            with archive.open(path) as part:
                for text in _SharedTexts(signs).walk(part):
                    self._keep(text)
        self._file.flush()
        self.text = lru_cache(20_000)(self._read)

    def __enter__(self) -> Texts:
        return self

    def __exit__(self, *_error: object) -> None:
        self._file.close()

    def _keep(self, text: str) -> None:
        if len(self._ends) > MOST_TEXTS:
            raise TooMuch
        self._ends.append(self._ends[-1] + self._file.write(text.encode("utf-8", "replace")))

    def _read(self, number: int) -> str:
        if not 0 <= number < len(self._ends) - 1:
            raise Broken("A cell means a text that is not there.")
        start, end = self._ends[number], self._ends[number + 1]
        return os.pread(self._file.fileno(), end - start, start).decode()


def plain(text: str) -> str:
    """Excel writes signs that XML cannot hold as `_x000D_`."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x00" in text else text
