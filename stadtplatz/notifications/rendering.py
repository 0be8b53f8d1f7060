"""From one template file to subject, HTML and readable plain text.

A mail template extends `notifications/mail.html` and fills the blocks `subject` and `body`. The plain text is read off the
rendered body, so that both parts always say the same.
"""

import re
import textwrap
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from stadtplatz.kit import colours
from stadtplatz.kit.identity import city

WIDTH = 72


@dataclass(frozen=True)
class Rendered:
    subject: str
    text: str
    html: str


def render(template: str, context: dict[str, Any], *, language: str) -> Rendered:
    """Render the mail in this language. `template` is a name with or without `.html`."""
    name = template if template.endswith(".html") else f"{template}.html"
    with translation.override(language):
        html = render_to_string(
            name, {"city": city(), "ink": _ink(), "BASE_URL": settings.BASE_URL, "LANG": language, **context}
        )
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return Rendered(subject=one_line(reader.subject)[:200], text=reader.text(), html=html)


def _ink() -> dict[str, str]:
    """The city's colour as mails use it: for links and buttons, what is read on it, and the same in the dark."""
    used = colours.readable(city().colours)
    return {"light": used["primary"], "on_light": used["on-primary"], "dark": used["primary-dark"]}


def one_line(text: str) -> str:
    """Without line breaks and control signs, so that nothing typed becomes a header."""
    return " ".join(re.sub(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+", " ", text).split())


@dataclass
class _Block:
    """A paragraph-like piece of text on its way to the plain version."""

    words: str = ""
    first: str = ""
    rest: str = ""
    tight: bool = False

    def lines(self) -> str:
        parts = [re.sub(r"[ \t\r\n]+", " ", part).strip() for part in self.words.split("\x00")]
        wrapped = [
            textwrap.fill(
                part,
                WIDTH,
                initial_indent=self.first if i == 0 else self.rest,
                subsequent_indent=self.rest,
                break_long_words=False,
                break_on_hyphens=False,
            )
            for i, part in enumerate(parts)
            if part
        ]
        return "\n".join(wrapped)


class _Reader(HTMLParser):
    """Reads subject (`title`) and the text of everything inside `body`."""

    BLOCKS = frozenset(
        {"p", "div", "h1", "h2", "h3", "li", "tr", "dt", "dd", "blockquote", "table", "ul", "ol", "dl", "td", "th"}
    )
    SILENT = frozenset({"style", "script", "svg", "head"})

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.subject = ""
        self._in_title = self._in_body = False
        self._silent = self._quote = 0
        self._blocks: list[_Block] = [_Block()]
        self._href = ""
        self._anchor = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "title":
            self._in_title = True
        elif tag == "body":
            self._in_body = True
        elif tag in self.SILENT:
            self._silent += 1
        elif tag == "br":
            self._say("\x00")
        elif tag == "hr":
            self._open(_Block(words="-" * 24))
            self._open(_Block())
        elif tag == "a":
            self._href, self._anchor = given.get("href") or "", ""
        elif tag in self.BLOCKS:
            self._start_block(tag)

    def _start_block(self, tag: str) -> None:
        if tag == "blockquote":
            self._quote += 1
        mark = "> " * self._quote
        if tag == "li":
            self._open(_Block(first=f"{mark}- ", rest=f"{mark}  ", tight=True))
        elif tag == "dd":
            self._open(_Block(first=f"{mark}  ", rest=f"{mark}  ", tight=True))
        elif tag in {"td", "th"}:
            self._say("  ")
        else:
            self._open(_Block(first=mark, rest=mark, tight=tag in {"tr"}))

    def handle_endtag(self, tag: str) -> None:
        if tag == "title":
            self._in_title = False
        elif tag == "body":
            self._in_body = False
        elif tag in self.SILENT:
            self._silent = max(0, self._silent - 1)
        elif tag == "a":
            self._end_anchor()
        elif tag in self.BLOCKS and tag not in {"td", "th"}:
            if tag == "blockquote":
                self._quote = max(0, self._quote - 1)
            mark = "> " * self._quote
            self._open(_Block(first=mark, rest=mark))

    def _end_anchor(self) -> None:
        href, seen = self._href, " ".join(self._anchor.split())
        self._href = ""
        if "://" in href and href.rstrip("/") != seen.rstrip("/"):
            self._say(f": {href}" if seen else href)

    def handle_data(self, data: str) -> None:
        if self._in_title:
            self.subject += data
        elif self._in_body and not self._silent:
            self._say(data)
            if self._href:
                self._anchor += data

    def _say(self, words: str) -> None:
        self._blocks[-1].words += words

    def _open(self, block: _Block) -> None:
        if self._in_body:
            self._blocks.append(block)

    def text(self) -> str:
        """The plain version: blocks one under the other, an empty line between those that are not tight."""
        result = ""
        for block in self._blocks:
            lines = block.lines()
            if lines:
                result += ("\n" if block.tight else "\n\n") + lines
        return result.strip() + "\n"
