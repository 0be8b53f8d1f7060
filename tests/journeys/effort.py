"""How long a person with a phone would need: counted taps, typed characters and pages, weighed by a keystroke-level model.

The model is that of Card, Moran and Newell (1983) with times for phones. It estimates somebody who knows what to say and makes no mistakes; so
the promise of ten minutes leaves room for one who does.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from playwright.sync_api import Locator

from tests.journeys.town import Visitor

TAP = 1.1
"""Seconds to point at something on the screen and tap it (operator P)."""
CHARACTER = 0.33
"""Seconds a typed character: 36 words a minute on a phone, the mean of 37,000 people (Palin and others, 2019)."""
THOUGHT = 1.35
"""Seconds to make up one's mind before a field or a button (operator M)."""
LOOK = 2.0
"""Seconds to see what a new page is about."""
PHOTO = 8.0
"""Seconds to take a picture and accept it."""
SCAN = 4.0
"""Seconds to hold a pack before the camera until its barcode is read."""


@dataclass
class Part:
    """What one part of the way took."""

    name: str
    taps: int = 0
    characters: int = 0
    thoughts: int = 0
    pages: int = 0
    other: float = 0.0
    machine: float = 0.0

    @property
    def seconds(self) -> float:
        """What the model says, with the machine's own time."""
        hands = TAP * self.taps + CHARACTER * self.characters + THOUGHT * self.thoughts + LOOK * self.pages
        return hands + self.other + self.machine

    def __str__(self) -> str:
        counted = f"{self.taps:3} taps  {self.characters:4} characters  {self.pages:2} pages"
        return f"{self.name:34} {counted}  machine {self.machine:4.1f} s  in all {self.seconds:5.0f} s"


@dataclass
class Effort:
    """A visitor whose hands are counted, part by part."""

    visitor: Visitor
    parts: list[Part] = field(default_factory=list)

    @property
    def page(self):
        return self.visitor.page

    @contextmanager
    def part(self, name: str) -> Iterator[Part]:
        self.parts.append(Part(name))
        yield self.parts[-1]

    @property
    def now(self) -> Part:
        return self.parts[-1]

    def opens(self, path: str) -> None:
        """A link in a mail or a code on paper leads here."""
        self._page(lambda: self.page.goto(path))

    def writes(self, label: str, words: str) -> None:
        self._decides(taps=1, characters=len(words))
        self.visitor.write(label, words)

    def chooses(self, label: str, option: str) -> None:
        """One of a list that opens under the thumb."""
        self._decides(taps=2)
        self.page.locator("main").get_by_label(label).locator("visible=true").first.select_option(label=option)

    def picks(self, name: str) -> None:
        """A button to choose, or a box to tick."""
        self._decides(taps=1)
        self.page.locator("main label:visible").filter(has_text=name).first.click()

    def takes_photo(self, label: str, picture: bytes) -> None:
        self._decides(taps=1)
        self.now.other += PHOTO
        file = {"name": "foto.jpg", "mimeType": "image/jpeg", "buffer": picture}
        self.page.locator("main").get_by_label(label).first.set_input_files([file])

    def presses(self, name: str, *, role: str = "button", within: Locator | None = None) -> None:
        """A button or link that leads to another page."""
        self._decides(taps=1)
        target = (within or self.page.locator("main")).get_by_role(role, name=name).locator("visible=true").first
        self._page(target.click)

    def _decides(self, *, taps: int, characters: int = 0) -> None:
        self.now.taps += taps
        self.now.characters += characters
        self.now.thoughts += 1

    def _page(self, go) -> None:
        begun = time.monotonic()
        with self.page.expect_navigation(wait_until="load"):
            go()
        self.now.machine += time.monotonic() - begun
        self.now.pages += 1

    def table(self) -> str:
        """Each part on a line, and the sum."""
        whole = sum(part.seconds for part in self.parts)
        return "\n".join([*map(str, self.parts), f"{'together':34} {whole / 60:.1f} minutes"])
